// When a client was met in person, and what is new in our range since then (R19). Private to client-core/api.
#pragma once

#include "client-core/api/parts.hpp"
#include "shared/programme/meeting.hpp"

namespace anketa::client {

/// "2025-06-10" in a field of a record; nullopt for anything else.
std::optional<programme::Day> day_at(const Json& body, std::string_view field);
/// The day of an instant where the user is.
std::optional<programme::Day> day_of(Instant at, int offset_minutes);

/// Days on which questionnaires were filled in and visits held.
std::vector<programme::Day> meeting_days(ClientParts& parts, const Uuid& client, int offset_minutes);

/// A service that is news to a client.
struct RangeNews {
  Uuid item;
  std::string code, name;
};

/// For a talk that began on that day: services we have today that came since the personal meeting before it, without
/// what the client has by contract. Names in the language, or in whichever there is.
std::vector<RangeNews> range_news(ClientParts& parts, const Uuid& client, programme::Day talk, int offset_minutes,
                                  std::string_view language);

}  // namespace anketa::client
