// Which clients are key by income: the smallest set of them that gives 80 % of it (R20), and the lead's own decisions.
//
// Model: the split follows from income alone. A client whose status the lead has set himself keeps it, whatever the
// split says; one that a split has made key bears the sign below and loses the status with the next split that leaves
// it out. So the lead's word stands, and the rest follows the figures.
// Thread safety: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/record/uuid.hpp"

namespace anketa::programme {

/// Among a client's key signs: its status comes from the split by income.
inline constexpr std::string_view income_sign = "pareto";

struct ClientIncome {
  Uuid client;
  /// A year's, in minor units; unknown and negative count as 0.
  std::int64_t income = 0;
  /// "", "ordinary", "key", "top".
  std::string status;
  /// The status comes from an earlier split.
  bool by_split = false;
};

struct ParetoRow {
  Uuid client;
  std::int64_t income = 0;
  /// What this client and all before it give together, in hundredths of a per cent of the whole.
  int running_share = 0;
  /// Belongs to the smallest set.
  bool in_set = false;
  std::string status;
  /// The lead's own decision stands.
  bool own_decision = false;
  /// What the status is to be; the same as `status` where nothing changes. A split never makes a client "top", and
  /// whom it leaves out has no status, as an ordinary client has none.
  std::string wanted;
};

struct ParetoSplit {
  /// Largest income first, equal ones by id.
  std::vector<ParetoRow> rows;
  std::int64_t total = 0;
  int in_set = 0;
};

/// `percent` 1 to 100; what lies outside is brought to the nearer end. Without any income the set is empty.
ParetoSplit pareto(std::vector<ClientIncome> clients, int percent);

}  // namespace anketa::programme
