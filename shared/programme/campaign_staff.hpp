// Who takes part in a campaign, as changes of its list of staff (R4).
//
// Thread safety: belongs to one piece of work.
#pragma once

#include <map>
#include <string>

#include "shared/record/environment.hpp"
#include "shared/record/json.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::programme {

/// Who is named stays the item of the list that he is; whoever is new goes behind the others.
class StaffList {
 public:
  /// `now`: the list as the campaign has it, items by id; null for a new campaign.
  StaffList(const Json& now, Environment& environment);

  /// `share`: "part", "full". Throws ProblemError(InvalidValue) for another.
  void put(const Uuid& user, const std::string& share);
  /// Throws ProblemError(RecordNotFound) for who is not on it.
  void take_out(const Uuid& user);
  /// Only these are on it: [{"user", "share"}]. Throws as put(), and WrongType.
  void become(const Json& people);

  /// By item; null for one that goes.
  const Json& changes() const { return changes_; }

 private:
  Environment& environment_;
  std::map<std::string, std::string> items_;
  std::string last_;
  Json changes_ = Json::object();
};

}  // namespace anketa::programme
