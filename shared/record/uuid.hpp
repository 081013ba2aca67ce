// Ids of records, mutations, list items, devices and users.
//
// UUIDv7 where an id is minted (ordered by time); where it is derived from its cause, a name-based UUIDv8 over SHA-256,
// so that making the same thing again gives the same id. The nil id stands for the scope "company".
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace anketa {

class Environment;

class Uuid {
 public:
  constexpr Uuid() = default;
  explicit constexpr Uuid(const std::array<std::uint8_t, 16>& bytes) : bytes_(bytes) {}

  /// A new UUIDv7 from the environment's clock and randomness.
  static Uuid v7(Environment& environment);
  /// The id of a name within another id's space: the same cause gives the same id for ever.
  static Uuid derived(const Uuid& space, std::string_view name);
  /// Lower- or upper-case text with hyphens; nullopt for anything else.
  static std::optional<Uuid> parse(std::string_view text);
  /// As parse, but throws ProblemError(InvalidValue).
  static Uuid from(std::string_view text);

  /// "01890c5e-3b2f-7c4a-9a41-0123456789ab".
  std::string text() const;
  const std::array<std::uint8_t, 16>& bytes() const noexcept { return bytes_; }
  bool is_nil() const noexcept { return *this == Uuid(); }

  friend bool operator==(const Uuid& a, const Uuid& b) noexcept { return a.bytes_ == b.bytes_; }
  friend bool operator<(const Uuid& a, const Uuid& b) noexcept { return a.bytes_ < b.bytes_; }

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

/// A scope is a client's account (the client's record id) or the whole company (the nil id).
using Scope = Uuid;
inline constexpr Scope company_scope{};
/// Stands in a grant for every scope there is (lead, manager); no record lives in it.
inline constexpr Scope every_scope{
    std::array<std::uint8_t, 16>{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}};
/// "company", "every" or the id's text.
std::string scope_text(const Scope& scope);
std::optional<Scope> parse_scope(std::string_view text);

}  // namespace anketa

template <>
struct std::hash<anketa::Uuid> {
  std::size_t operator()(const anketa::Uuid& id) const noexcept {
    // The last eight bytes of every kind of id here are random or a hash.
    std::uint64_t tail = 0;
    std::memcpy(&tail, id.bytes().data() + 8, sizeof tail);
    return static_cast<std::size_t>(tail);
  }
};
