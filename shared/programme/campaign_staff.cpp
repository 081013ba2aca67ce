#include "shared/programme/campaign_staff.hpp"

#include <algorithm>
#include <set>

#include "shared/form/position_key.hpp"
#include "shared/problem/problem.hpp"

namespace anketa::programme {

StaffList::StaffList(const Json& now, Environment& environment) : environment_(environment) {
  if (!now.is_object()) return;
  for (const auto& [item, body] : now.items()) {
    items_[string_or_empty(body, "user")] = item;
    last_ = std::max(last_, string_or_empty(body, "pos"));
  }
}

void StaffList::put(const Uuid& user, const std::string& share) {
  if (share != "part" && share != "full")
    throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(share)}}, "staff");
  if (const auto known = items_.find(user.text()); known != items_.end()) {
    changes_[known->second]["share"] = share;
    return;
  }
  last_ = form::position_between(last_, {});
  const auto item = items_[user.text()] = Uuid::v7(environment_).text();
  changes_[item] = {{"user", user.text()}, {"share", share}, {"pos", last_}};
}

void StaffList::take_out(const Uuid& user) {
  const auto known = items_.find(user.text());
  if (known == items_.end()) throw ProblemError(ProblemCode::RecordNotFound, {}, user.text());
  changes_[known->second] = nullptr;
}

void StaffList::become(const Json& people) {
  if (!people.is_array()) throw ProblemError(ProblemCode::WrongType, {}, "staff");
  std::set<std::string> named;
  for (const auto& one : people) {
    const auto user = Uuid::from(string_or_empty(one, "user"));
    put(user, string_or_empty(one, "share"));
    named.insert(user.text());
  }
  for (const auto& [user, item] : items_)
    if (!named.contains(user)) changes_[item] = nullptr;
}

}  // namespace anketa::programme
