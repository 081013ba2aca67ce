#include "client-core/wasm/pool.hpp"

#include <algorithm>
#include <array>
#include <cstring>

// pool.js. Sizes and positions are doubles: exact to 2^53, and what JavaScript has.
extern "C" {
int anketa_pool_slots();
double anketa_pool_size(int slot);
int anketa_pool_read(int slot, void* into, int size, double at);
int anketa_pool_write(int slot, const void* from, int size, double at);
int anketa_pool_truncate(int slot, double size);
int anketa_pool_flush(int slot);
}

namespace anketa::client {
namespace {

constexpr std::string_view magic = "ANKETA POOL 1\n";
using HeaderBytes = std::array<char, magic.size() + Pool::longest_name + sizeof(std::uint64_t)>;

PoolResult result(int code) {
  return code == 0 ? PoolResult::Good : code == 1 ? PoolResult::Full : PoolResult::Failed;
}

/// FNV-1a: enough to tell a torn header.
std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  return hash;
}

HeaderBytes header_of(std::string_view name) {
  HeaderBytes header{};
  std::copy(magic.begin(), magic.end(), header.begin());
  std::copy(name.begin(), name.end(), header.begin() + magic.size());
  const auto sum = checksum({header.data(), header.size() - sizeof(std::uint64_t)});
  std::memcpy(header.data() + header.size() - sizeof sum, &sum, sizeof sum);
  return header;
}

std::string name_in(const HeaderBytes& header) {
  const auto* name = header.data() + magic.size();
  const std::string found(name, std::find(name, name + Pool::longest_name, '\0'));
  return header == header_of(found) ? found : std::string();
}

}  // namespace

Pool::Pool() {
  names_.resize(static_cast<std::size_t>(std::max(anketa_pool_slots(), 0)));
  for (std::size_t slot = 0; slot < names_.size(); ++slot) {
    HeaderBytes header{};
    const int read = anketa_pool_read(static_cast<int>(slot), header.data(), static_cast<int>(header.size()), 0);
    if (read == static_cast<int>(header.size())) names_[slot] = name_in(header);
  }
}

std::optional<int> Pool::find(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (name.empty() || found == names_.end()) return std::nullopt;
  return static_cast<int>(found - names_.begin());
}

PoolResult Pool::claim(std::string_view name, int& slot) {
  const auto free = std::find(names_.begin(), names_.end(), std::string());
  if (free == names_.end() || name.size() >= longest_name) return PoolResult::Full;
  slot = static_cast<int>(free - names_.begin());
  const auto header = header_of(name);
  // The old content goes before the new name comes.
  if (const auto cut = result(anketa_pool_truncate(slot, 0)); cut != PoolResult::Good) return cut;
  if (const auto written = result(anketa_pool_write(slot, header.data(), static_cast<int>(header.size()), 0));
      written != PoolResult::Good)
    return written;
  if (const auto flushed = flush(slot); flushed != PoolResult::Good) return flushed;
  *free = name;
  return PoolResult::Good;
}

PoolResult Pool::release(int slot) {
  const auto cut = result(anketa_pool_truncate(slot, 0));
  if (cut != PoolResult::Good) return cut;
  names_[static_cast<std::size_t>(slot)].clear();
  return flush(slot);
}

std::optional<std::size_t> Pool::read(int slot, void* into, std::size_t size, std::int64_t at) const {
  const int read = anketa_pool_read(slot, into, static_cast<int>(size), static_cast<double>(at + header_size));
  if (read < 0) return std::nullopt;
  return static_cast<std::size_t>(read);
}

PoolResult Pool::write(int slot, const void* from, std::size_t size, std::int64_t at) {
  return result(anketa_pool_write(slot, from, static_cast<int>(size), static_cast<double>(at + header_size)));
}

PoolResult Pool::truncate(int slot, std::int64_t size) {
  return result(anketa_pool_truncate(slot, static_cast<double>(size + header_size)));
}

PoolResult Pool::flush(int slot) {
  return result(anketa_pool_flush(slot));
}

std::optional<std::int64_t> Pool::size(int slot) const {
  const double whole = anketa_pool_size(slot);
  if (whole < 0) return std::nullopt;
  return std::max<std::int64_t>(static_cast<std::int64_t>(whole) - header_size, 0);
}

}  // namespace anketa::client
