#include "shared/record/uuid.hpp"

#include "shared/problem/problem.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/sha256.hpp"

namespace anketa {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void stamp(std::array<std::uint8_t, 16>& bytes, unsigned version) {
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0fu) | (version << 4));
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3fu) | 0x80u);
}

}  // namespace

Uuid Uuid::v7(Environment& environment) {
  std::array<std::uint8_t, 16> bytes{};
  environment.random(std::as_writable_bytes(std::span(bytes)));
  auto time = static_cast<std::uint64_t>(environment.now());
  for (std::size_t i = 6; i-- > 0; time >>= 8) bytes[i] = static_cast<std::uint8_t>(time & 0xff);
  stamp(bytes, 7);
  return Uuid(bytes);
}

Uuid Uuid::derived(const Uuid& space, std::string_view name) {
  std::string input(reinterpret_cast<const char*>(space.bytes_.data()), space.bytes_.size());
  input += name;
  const auto digest = sha256(input);
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(digest.begin(), bytes.size(), bytes.begin());
  stamp(bytes, 8);
  return Uuid(bytes);
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  std::size_t at = 0;
  for (auto& byte : bytes) {
    if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
    const int high = hex_value(text[at]), low = hex_value(text[at + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    byte = static_cast<std::uint8_t>(high * 16 + low);
    at += 2;
  }
  return Uuid(bytes);
}

Uuid Uuid::from(std::string_view text) {
  if (const auto id = parse(text)) return *id;
  throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(text)}});
}

std::string Uuid::text() const {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(36, '-');
  std::size_t at = 0;
  for (const auto byte : bytes_) {
    if (at == 8 || at == 13 || at == 18 || at == 23) ++at;
    out[at++] = digits[byte >> 4];
    out[at++] = digits[byte & 15];
  }
  return out;
}

std::string scope_text(const Scope& scope) {
  return scope.is_nil() ? "company" : scope.text();
}

std::optional<Scope> parse_scope(std::string_view text) {
  if (text == "company") return company_scope;
  if (text == "every") return every_scope;
  return Uuid::parse(text);
}

}  // namespace anketa
