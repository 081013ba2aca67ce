// Making a store as good as new: what a revoked device does once its unsent work is with the server.
#pragma once

#include "client-core/store/store.hpp"

namespace anketa::client {

/// Deletes everything, account, keys and tokens included, and writes the file anew, so that nothing is left in its free
/// space. What remains is an empty store of a device with a new id. Outside any transaction. Throws ProblemError.
void wipe(ClientStore& store);

}  // namespace anketa::client
