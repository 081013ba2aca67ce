// What follows from a quality case: when its questionnaire may go on (R17), and what the server does of its own when the
// case moves (R18).
#pragma once

#include "sync-server/store/store.hpp"

namespace anketa::server {

/// A paused questionnaire goes on once the client has confirmed a repair, however the edit comes; nullopt: it may. Cases that
/// the server does not know yet are not asked for.
std::optional<Problem> resume_problem(Reader& reader, const RecordState& before, const RecordState& after);

/// A repair that the client has confirmed makes a task: agree a new meeting, at which the questionnaire goes on. Its id
/// follows from the case, so that one case has one such task, however often and by whomever it is confirmed. A
/// confirmation that is taken back (two people had brought different answers) cancels it, a new one opens it again.
/// `cause`: the mutation that moved the case. Does nothing where the case did not move.
void follow_case(Writer& writer, const RecordState& before, const RecordState& after, const Uuid& cause, Instant now);

/// A questionnaire that goes on after its pause has had its new meeting: the open tasks of its cases are done.
void follow_questionnaire(Writer& writer, const RecordState& before, const RecordState& after, const Uuid& cause,
                          Instant now);

}  // namespace anketa::server
