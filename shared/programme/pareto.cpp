#include "shared/programme/pareto.hpp"

#include <algorithm>

namespace anketa::programme {
namespace {

/// That percentage of a sum, rounded up, without overflow.
std::int64_t part_of(std::int64_t sum, int percent) {
  return sum / 100 * percent + (sum % 100 * percent + 99) / 100;
}

int basis_points(std::int64_t part, std::int64_t total) {
  if (total == 0) return 0;
  // Beyond this the product would overflow, and the last digits of money do not matter.
  constexpr std::int64_t large = std::int64_t{1} << 48;
  if (total > large) part /= 10'000, total /= 10'000;
  return static_cast<int>(part * 10'000 / total);
}

std::string wanted_status(const ParetoRow& row) {
  if (row.own_decision) return row.status;
  return row.in_set ? "key" : std::string();
}

}  // namespace

ParetoSplit pareto(std::vector<ClientIncome> clients, int percent) {
  ParetoSplit split;
  for (auto& client : clients) {
    client.income = std::max<std::int64_t>(client.income, 0);
    split.total += client.income;
  }
  std::sort(clients.begin(), clients.end(), [](const ClientIncome& a, const ClientIncome& b) {
    return a.income != b.income ? a.income > b.income : a.client < b.client;
  });
  const auto enough = part_of(split.total, std::clamp(percent, 1, 100));
  std::int64_t sum = 0;
  for (const auto& client : clients) {
    ParetoRow row;
    row.client = client.client;
    row.income = client.income;
    row.in_set = client.income > 0 && sum < enough;
    sum += client.income;
    row.running_share = basis_points(sum, split.total);
    row.status = client.status;
    row.own_decision = !client.status.empty() && !client.by_split;
    row.wanted = wanted_status(row);
    split.in_set += row.in_set ? 1 : 0;
    split.rows.push_back(std::move(row));
  }
  return split;
}

}  // namespace anketa::programme
