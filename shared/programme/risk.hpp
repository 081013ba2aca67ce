// Warning pattern (R2): a client with whom one only speaks of payments and faults, or where nobody we know is left.
//
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "shared/programme/calendar.hpp"

namespace anketa::programme {

/// Contacts this old say nothing any more.
inline constexpr int risk_days = 365;

/// What is known of a client.
struct RiskFacts {
  /// Contacts with the client within risk_days, of any kind, and how many of them were about a payment or a fault.
  int talks = 0;
  int talks_of_trouble = 0;
  /// Key persons in our books, and those of them who are still there and whom somebody of us has met.
  int persons = 0;
  int persons_known = 0;
};

struct Risk {
  bool only_trouble = false;
  bool nobody_known = false;

  bool any() const { return only_trouble || nobody_known; }
};

/// Whether what one speaks of is a payment or a fault ("payment", "fault"); nothing said is no trouble.
bool is_trouble(std::string_view about);

/// A client of whom nothing at all is known is not at risk by this pattern, but untouched: that is coverage's matter.
Risk risk_of(const RiskFacts& facts);

}  // namespace anketa::programme
