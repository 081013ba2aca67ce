// Bottlenecks (узкие места) behind many complaints: cases grouped by cause and place, what mending that would cost and
// bring, and when it pays back (R22).
//
// Money is in minor units, an integer; a payback is counted in tenths of a month, rounded up, so that nothing is said
// to pay back earlier than it does.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/record/uuid.hpp"

namespace anketa::programme {

/// What of a case says something of a bottleneck.
struct BottleneckCase {
  Uuid id;
  Uuid client;
  /// As people typed them; "Узел 4 " and "узел 4" are one place.
  std::string cause, place;
  std::string severity;
  bool open = true;
  int reopenings = 0;
  std::int64_t fix_cost = 0;
  std::int64_t extra_profit_month = 0;
};

struct Bottleneck {
  /// As the first case of the group has them; empty: not named yet.
  std::string cause, place;
  std::vector<Uuid> cases;
  int open = 0;
  /// Different clients that complain.
  int clients = 0;
  int reopenings = 0;
  /// Place in `severities` of the worst open complaint, or of the worst where none is open.
  std::size_t worst_severity = 0;
  std::int64_t fix_cost = 0;
  std::int64_t extra_profit_month = 0;
  /// Tenths of a month; none where mending brings nothing or its cost is not known.
  std::optional<std::int64_t> payback_tenths;
};

/// Tenths of a month until `extra_profit_month` has earned `fix_cost`, rounded up; none unless both are positive.
std::optional<std::int64_t> payback_tenths(std::int64_t fix_cost, std::int64_t extra_profit_month);

/// Groups, those with most open cases first, then the quickest payback. Cases with neither cause nor place are left
/// out: nothing is known of what is behind them.
std::vector<Bottleneck> bottlenecks(const std::vector<BottleneckCase>& cases);

}  // namespace anketa::programme
