// What the outside world gives to the core and the services: time and randomness. Everything that needs them takes an
// Environment, so that a simulator can replay a run exactly. Nothing in shared or the core calls now() itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace anketa {

/// Milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::int64_t;

/// Source of time and randomness. Implementations used by several threads must be thread-safe.
class Environment {
 public:
  virtual ~Environment() = default;
  virtual Instant now() = 0;
  /// Fills the span with random bytes fit for ids and secrets.
  virtual void random(std::span<std::byte> into) = 0;
};

/// "2025-06-10T09:30:00.000Z".
std::string format_instant(Instant instant);
/// The instant of such a text. Throws ProblemError(InvalidValue) on any other.
Instant parse_instant(std::string_view text);

/// Calendar date of an instant at an offset in minutes east of UTC: "2025-06-10".
std::string format_date(Instant instant, int offset_minutes);

}  // namespace anketa
