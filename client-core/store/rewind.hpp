// Beginning anew with a server that was restored from a backup, without losing an edit (design, rule 8).
#pragma once

#include "client-core/store/store.hpp"

namespace anketa::client {

/// The server does not know the history the device has followed: the device forgets where it stood and pushes every
/// mutation it has kept since the last backup again. Records stay visible meanwhile; what the server turns out not to
/// have goes at the end of the next complete sync, by forget_unconfirmed().
void rewind(ClientStore& store);

/// After a complete sync: erases records that the server has not sent or confirmed since rewind().
void forget_unconfirmed(ClientStore& store);

}  // namespace anketa::client
