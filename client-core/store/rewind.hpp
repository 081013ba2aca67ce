// Beginning anew with a server that was restored from a backup, without losing an edit (design, rule 8).
#pragma once

#include "client-core/store/store.hpp"

namespace anketa::client {

/// The server's history is another one after `common`: what the device has of the server from later on becomes stale,
/// and every mutation acknowledged later is pushed again. Records stay visible meanwhile; what the server turns out not
/// to have goes at the end of the next complete sync, by forget_stale(). Within the caller's transaction.
void rewind(ClientStore& store, std::uint64_t common);

/// Mutations acknowledged after that place of history, and refused ones, are pending again. Within the caller's
/// transaction.
void send_again(ClientStore& store, std::uint64_t after);

/// After a complete sync in which all stale records were asked for: erases those that the server has not sent. A record
/// the user has added to stays until nothing of that is pending any more.
void forget_stale(ClientStore& store);

}  // namespace anketa::client
