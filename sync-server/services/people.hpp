// What records say of a person of ours beyond his account: his time for the programme (R4, R8), the clients he answers
// for (R37).
#pragma once

#include <map>
#include <string>

#include "sync-server/store/store.hpp"

namespace anketa::server {

struct PersonFacts {
  /// "part", "full"; empty: not said, which counts as part.
  std::string share;
  /// Clients he owns, and those in whose team he is.
  std::int64_t owned = 0, helped = 0;
};

/// Of everybody of whom records say something.
std::map<Uuid, PersonFacts> facts_of_people(Reader& reader);

/// Throws ProblemError(InvalidValue) for anything but "part" and "full".
void check_share(const std::string& share);
void set_share(Writer& writer, const Uuid& user, const std::string& share, Instant now);

}  // namespace anketa::server
