#include "sync-server/http/shard.hpp"

namespace anketa::server::http {
namespace {

/// What counts as one address. A single IPv6 client has a whole /64 to choose from.
std::string key_of(const asio::ip::address& address) {
  if (address.is_v4() || address.to_v6().is_v4_mapped()) return address.to_string();
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return asio::ip::address_v6(bytes).to_string();
}

}  // namespace

Hub::Hub(const Limits& with_limits, Dispatcher& with_dispatcher, Registry& metrics)
    : limits(with_limits),
      dispatcher(with_dispatcher),
      connections(metrics.gauge("anketa_http_connections", "Open connections.")),
      refused(metrics.counter("anketa_http_refused_connections_total", "Connections over a limit.")),
      handshakes_failed(metrics.counter("anketa_http_failed_handshakes_total", "TLS handshakes that failed.")) {}

Admission::Admission(Hub& hub, const asio::ip::address& address)
    : hub_(&hub), peer_(address.to_string()), key_(key_of(address)) {
  const std::lock_guard lock(hub.mutex);
  hub.connections.add(1);
  const int here = ++hub.by_address[key_];
  if (hub.connections.value() > hub.limits.connections) {
    verdict_ = Verdict::ServerFull;
  } else if (here > hub.limits.connections_per_address) {
    verdict_ = Verdict::AddressFull;
  }
  if (verdict_ != Verdict::Welcome) hub.refused.add();
}

Admission::Admission(Admission&& other) noexcept
    : hub_(std::exchange(other.hub_, nullptr)),
      peer_(std::move(other.peer_)),
      key_(std::move(other.key_)),
      verdict_(other.verdict_) {}

Admission::~Admission() {
  if (hub_ == nullptr) return;
  const std::lock_guard lock(hub_->mutex);
  hub_->connections.add(-1);
  if (const auto found = hub_->by_address.find(key_); --found->second == 0) hub_->by_address.erase(found);
}

}  // namespace anketa::server::http
