// The net promoter score: would you recommend us to colleagues, 0 to 10.
//
// Thread safety: plain values.
#pragma once

#include <optional>

namespace anketa::programme {

struct Nps {
  /// 9 and 10.
  int promoters = 0;
  /// 7 and 8.
  int passives = 0;
  /// 0 to 6.
  int detractors = 0;

  /// Counts an answer; one outside 0 to 10 counts nowhere.
  void add(long long answer, int times = 1);
  int answers() const { return promoters + passives + detractors; }
  /// Percentage of promoters less that of detractors, -100 to 100, rounded to the nearest (half away from zero);
  /// nullopt where nobody answered.
  std::optional<int> score() const;
};

}  // namespace anketa::programme
