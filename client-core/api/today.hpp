// The day of a rep as his device knows it: what "Сегодня" shows.
//
// Model: everything is read from the user's own view, so it is right without a network as of the last sync plus what
// he has done since. Thread safety: the Client's.
#pragma once

#include "anketa/client.hpp"

namespace anketa::client {

/// {date, week, visits, calls, resume, drafts, norm, clients}. `offset_minutes`: minutes east of UTC where the rep is.
///   visits   booked ones of today and of the week ahead, by time (R9)
///   calls    cases whose repair service has reported: the rep asks the client to check in person (R17)
///   resume   paused questionnaires whose case the client has confirmed (R18)
///   drafts   questionnaires he has begun and neither paused nor completed
///   norm     {done, waiting, norm, due, pace} of the ISO week (R8): `done` has reached the server, `waiting` is on the
///            device alone. A questionnaire counts in the week of its date here; the office counts it in the week it
///            came.
///   clients  how far the pass has come: {done, paused, booked, untouched, total} over a year (R20)
/// Entries are {id, client: {id, name, address?, phone?}, …}. Throws NotLoggedIn.
Json today(Client& client, int offset_minutes);

}  // namespace anketa::client
