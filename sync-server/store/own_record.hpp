// What the server writes on its own account: users, conflicts and whatever else follows from a cause. It goes through
// the journal like everybody's mutations, with ids derived from the cause, so that doing it again changes nothing.
#pragma once

#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Brings a record of the server's own to the wanted body (members absent from it are left alone) by a journalled
/// mutation. `cause` names why, and with the record gives the mutation's id. Gives the record's seq.
std::uint64_t put_own_record(Writer& writer, std::string_view collection, const Uuid& id, const Scope& scope,
                             const Json& wanted, std::string_view cause, Instant now);

}  // namespace anketa::server
