// The chain of nonces by which two copies of one device are told apart.
//
// Model: a device sends (nonce, next) until an answer to what it pushed has arrived; then next becomes its nonce. Two
// copies go on from one nonce to different ones: that is a fork, and whoever comes second is told. A place off the
// chain is a device that was set back to an old copy of itself: the same. Pure.
#pragma once

#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Nonces of a request.
struct Links {
  std::uint64_t generation = 0;
  std::string nonce;
  std::string next;
};

/// Whether the request is of a copy of the device the server knows. In another epoch nothing is known.
bool is_fork(const DeviceState& known, const std::string& epoch, const Links& links);

/// Whether the request repeats the link before the last: a duplicate the network delayed. It brings nothing new, or it is
/// of another copy.
bool is_late_duplicate(const DeviceState& known, const std::string& epoch, const Links& links);

/// The state after that request. Not for a fork. A late duplicate of the last request but one changes nothing.
void follow(DeviceState& state, const std::string& epoch, const Links& links);

}  // namespace anketa::server
