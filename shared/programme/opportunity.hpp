// The size of opportunity of a client (объём возможностей, R30b): possible income next year, in three and in five.
//
// Thread safety: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace anketa::programme {

/// Money is in minor units, per year, at the horizons of one, three and five years.
using Horizons = std::array<std::int64_t, 3>;

/// Open opportunities added up.
struct OpportunitySum {
  Horizons possible{};
  /// By its chance each; one without a chance counts in full.
  Horizons expected{};
  int count = 0;

  /// A chance outside 0 to 100 counts as the nearer bound.
  void add(const Horizons& amounts, std::optional<std::int64_t> chance_percent);
};

}  // namespace anketa::programme
