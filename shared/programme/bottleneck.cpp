#include "shared/programme/bottleneck.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "shared/programme/quality.hpp"
#include "shared/text/search.hpp"

namespace anketa::programme {
namespace {

struct Group {
  Bottleneck sum;
  std::set<Uuid> clients;
  bool worst_is_open = false;
};

/// Sums of many estimates stay what they are, or the most there is.
void add(std::int64_t& sum, std::int64_t amount) {
  amount = std::max<std::int64_t>(0, amount);
  sum =
      amount > std::numeric_limits<std::int64_t>::max() - sum ? std::numeric_limits<std::int64_t>::max() : sum + amount;
}

void take(Group& group, const BottleneckCase& row) {
  auto& sum = group.sum;
  const auto rank = severity_rank(row.severity);
  if (sum.cases.empty()) {
    sum.cause = row.cause;
    sum.place = row.place;
  }
  if (sum.cases.empty() || (row.open && !group.worst_is_open) ||
      (row.open == group.worst_is_open && rank < sum.worst_severity)) {
    sum.worst_severity = rank;
    group.worst_is_open = row.open;
  }
  sum.cases.push_back(row.id);
  group.clients.insert(row.client);
  sum.clients = static_cast<int>(group.clients.size());
  if (row.open) ++sum.open;
  sum.reopenings += row.reopenings;
  add(sum.fix_cost, row.fix_cost);
  add(sum.extra_profit_month, row.extra_profit_month);
}

bool comes_first(const Bottleneck& a, const Bottleneck& b) {
  const auto key = [](const Bottleneck& each) {
    return std::tuple(-each.open, -static_cast<std::int64_t>(each.cases.size()),
                      each.payback_tenths.value_or(std::numeric_limits<std::int64_t>::max()));
  };
  return key(a) < key(b);
}

}  // namespace

std::optional<std::int64_t> payback_tenths(std::int64_t fix_cost, std::int64_t extra_profit_month) {
  // Sums beyond any company's are no estimate; and below that nothing overflows.
  constexpr auto most = std::numeric_limits<std::int64_t>::max() / 20;
  if (fix_cost <= 0 || extra_profit_month <= 0 || fix_cost > most || extra_profit_month > most) return std::nullopt;
  return (fix_cost * 10 + extra_profit_month - 1) / extra_profit_month;
}

std::vector<Bottleneck> bottlenecks(const std::vector<BottleneckCase>& cases) {
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const auto& row : cases) {
    auto key = std::pair(text::normalise(row.cause), text::normalise(row.place));
    if (key.first.empty() && key.second.empty()) continue;
    take(groups[std::move(key)], row);
  }
  std::vector<Bottleneck> all;
  for (auto& [key, group] : groups) {
    group.sum.payback_tenths = payback_tenths(group.sum.fix_cost, group.sum.extra_profit_month);
    all.push_back(std::move(group.sum));
  }
  std::stable_sort(all.begin(), all.end(), comes_first);
  return all;
}

}  // namespace anketa::programme
