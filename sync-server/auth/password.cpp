#include "sync-server/auth/password.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "shared/problem/problem.hpp"
#include "sync-server/auth/base64url.hpp"

namespace anketa::server {
namespace {

constexpr std::size_t salt_bytes = 16;
constexpr std::size_t hash_bytes = 32;
/// Bound on what a stored hash may make us allocate.
constexpr std::uint64_t max_memory = std::uint64_t{256} << 20;

struct Encoded {
  ScryptCost cost;
  std::string salt;
  std::string hash;
};

std::string derive(std::string_view password, std::string_view salt, const ScryptCost& cost) {
  std::string out(hash_bytes, '\0');
  const int done = EVP_PBE_scrypt(password.data(), password.size(), reinterpret_cast<const unsigned char*>(salt.data()),
                                  salt.size(), std::uint64_t{1} << cost.log_n, static_cast<std::uint64_t>(cost.block),
                                  static_cast<std::uint64_t>(cost.parallel), max_memory,
                                  reinterpret_cast<unsigned char*>(out.data()), out.size());
  if (done != 1) throw std::runtime_error("scrypt failed");
  return out;
}

std::optional<int> number(std::string_view text, std::string_view name, int most) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 1 || value > most) return std::nullopt;
  return value;
}

std::string_view take(std::string_view& text, char until) {
  const auto part = text.substr(0, text.find(until));
  text.remove_prefix(std::min(text.size(), part.size() + 1));
  return part;
}

std::optional<Encoded> parse(std::string_view text) {
  if (take(text, '$') != "" || take(text, '$') != "scrypt") return std::nullopt;
  const auto log_n = number(take(text, ','), "ln=", 20);
  const auto block = number(take(text, ','), "r=", 32);
  const auto parallel = number(take(text, '$'), "p=", 16);
  auto salt = parse_base64url(take(text, '$'));
  auto hash = parse_base64url(text);
  if (!log_n || !block || !parallel || !salt || !hash || hash->size() != hash_bytes) return std::nullopt;
  return Encoded{{*log_n, *block, *parallel}, std::move(*salt), std::move(*hash)};
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::string hash_password(std::string_view password, Environment& environment, const ScryptCost& cost) {
  if (characters(password) < min_password || password.size() > max_password)
    throw ProblemError(ProblemCode::InvalidValue, {{"value", "…"}}, "password");
  std::array<std::byte, salt_bytes> random{};
  environment.random(random);
  const std::string salt(reinterpret_cast<const char*>(random.data()), random.size());
  return "$scrypt$ln=" + std::to_string(cost.log_n) + ",r=" + std::to_string(cost.block) +
         ",p=" + std::to_string(cost.parallel) + "$" + base64url(salt) + "$" + base64url(derive(password, salt, cost));
}

bool verify_password(std::string_view password, std::string_view encoded) {
  const auto stored = parse(encoded);
  if (!stored || password.size() > max_password) return false;
  const auto hash = derive(password, stored->salt, stored->cost);
  return CRYPTO_memcmp(hash.data(), stored->hash.data(), hash.size()) == 0;
}

std::string normalise_login(std::string_view login) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!login.empty() && is_blank(login.front())) login.remove_prefix(1);
  while (!login.empty() && is_blank(login.back())) login.remove_suffix(1);
  std::string out(login);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    const auto next = i + 1 < out.size() ? static_cast<unsigned char>(out[i + 1]) : 0U;
    if (c >= 'A' && c <= 'Z') out[i] = static_cast<char>(c + 32);
    if (c != 0xd0) continue;
    // Cyrillic in UTF-8: А–П are D0 90–9F, Р–Я D0 A0–AF; their small letters D0 B0–BF and D1 80–8F; Ё is D0 81, ё
    // D1 91.
    if (next >= 0x90 && next <= 0x9f) out[i + 1] = static_cast<char>(next + 0x20);
    if ((next >= 0xa0 && next <= 0xaf) || next == 0x81) {
      out[i] = static_cast<char>(0xd1);
      out[i + 1] = static_cast<char>(next == 0x81 ? 0x91 : next - 0x20);
    }
  }
  return out;
}

}  // namespace anketa::server
