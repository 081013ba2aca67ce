#include "sync-server/services/chain.hpp"

namespace anketa::server {
namespace {

bool begins(const DeviceState& known, const std::string& epoch, const Links& links) {
  return known.epoch != epoch || links.generation > known.generation;
}

}  // namespace

bool is_fork(const DeviceState& known, const std::string& epoch, const Links& links) {
  if (begins(known, epoch, links)) return false;
  if (links.generation < known.generation) return true;
  if (links.nonce == known.nonce) return links.next != known.next_nonce;
  if (links.nonce == known.next_nonce) return false;
  return !is_late_duplicate(known, epoch, links);
}

bool is_late_duplicate(const DeviceState& known, const std::string& epoch, const Links& links) {
  if (begins(known, epoch, links) || links.nonce == known.nonce || links.nonce == known.next_nonce) return false;
  return links.nonce == known.older_nonce && links.next == known.nonce;
}

void follow(DeviceState& state, const std::string& epoch, const Links& links) {
  const bool anew = begins(state, epoch, links);
  const bool next = !anew && links.nonce == state.next_nonce && links.nonce != state.nonce;
  if (!anew && !next) return;
  state.older_nonce = next ? state.nonce : std::string();
  state.epoch = epoch;
  state.generation = links.generation;
  state.nonce = links.nonce;
  state.next_nonce = links.next;
}

}  // namespace anketa::server
