// Points of the server's history that the device has passed: by them it finds the common point with a server that was
// restored from a backup.
//
// Model: spaced by doubling distances from the newest, so that few are kept and a restore of whatever age loses at most
// half of the way back. All writes belong into a transaction of the caller.
#pragma once

#include <vector>

#include "shared/protocol/reconcile.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

class LadderTable {
 public:
  explicit LadderTable(sqlite::Database& database) : database_(database) {}

  void add(const protocol::HistoryPoint& point);
  /// Newest first, at most protocol::max_ladder.
  std::vector<protocol::HistoryPoint> all() const;
  /// Points after that place are of a history that is no more.
  void cut(std::uint64_t seq);

 private:
  sqlite::Database& database_;
};

}  // namespace anketa::client
