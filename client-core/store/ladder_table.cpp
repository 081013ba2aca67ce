#include "client-core/store/ladder_table.hpp"

#include "shared/protocol/limits.hpp"

namespace anketa::client {
namespace {

/// Points as far from the newest as each other but for a factor of two share a step.
int step_of(std::uint64_t distance) {
  int step = 0;
  for (; distance > 0; distance >>= 1) ++step;
  return step;
}

}  // namespace

void LadderTable::add(const protocol::HistoryPoint& point) {
  if (point.seq == 0) return;
  database_.run("INSERT OR REPLACE INTO ladder(epoch, seq, salt) VALUES(?, ?, ?)", point.epoch, point.seq, point.salt);
  const auto points = all();
  for (std::size_t i = 0; i < points.size(); ++i) {
    // The oldest of each step stays: it is the one that moves on to the next.
    const bool older_in_step =
        i + 1 < points.size() && step_of(point.seq - points[i].seq) == step_of(point.seq - points[i + 1].seq);
    if (older_in_step) database_.run("DELETE FROM ladder WHERE epoch = ? AND seq = ?", points[i].epoch, points[i].seq);
  }
}

std::vector<protocol::HistoryPoint> LadderTable::all() const {
  auto row = database_.statement("SELECT epoch, seq, salt FROM ladder ORDER BY seq DESC LIMIT ?");
  row.bind(std::uint64_t{protocol::max_ladder});
  std::vector<protocol::HistoryPoint> points;
  while (row.step())
    points.push_back(
        {row.string(0), static_cast<std::uint64_t>(row.integer(1)), static_cast<std::uint64_t>(row.integer(2))});
  return points;
}

void LadderTable::cut(std::uint64_t seq) {
  database_.run("DELETE FROM ladder WHERE seq > ?", seq);
}

}  // namespace anketa::client
