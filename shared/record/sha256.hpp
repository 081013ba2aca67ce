// SHA-256 (FIPS 180-4). Here because the core proper must not depend on OpenSSL: it also runs in a browser.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace anketa {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view data);
/// 64 lower-case hex digits.
std::string hex(const Digest& digest);

}  // namespace anketa
