#include "shared/merge/merge.hpp"

namespace anketa::merge {

Json to_json(const Conflict& conflict) {
  Json body{{"record", conflict.record.text()},
            {"collection", conflict.collection},
            {"state", conflict.open ? "open" : "resolved"}};
  if (!conflict.path.empty()) body["path"] = conflict.path;
  if (!conflict.base.is_null()) body["base"] = {{"value", conflict.base}};
  auto& sides = body["sides"] = Json::object();
  int order = 0;
  for (const auto& side : conflict.sides) {
    Json row{{"user", side.user.text()}, {"at", side.at}, {"order", order++}};
    if (!side.value.is_null()) row["value"] = side.value;
    if (side.consumed) row["consumed"] = true;
    sides[side.mutation.text()] = std::move(row);
  }
  return body;
}

Conflict conflict_from_json(const Json& body) {
  Conflict conflict;
  conflict.record = Uuid::from(string_or_empty(body, "record"));
  conflict.collection = string_or_empty(body, "collection");
  conflict.path = string_or_empty(body, "path");
  conflict.base = value_at(body, "base/value");
  conflict.open = string_or_empty(body, "state") == "open";
  std::map<std::int64_t, Side> ordered;
  for (const auto& [mutation, row] : value_at(body, "sides").items()) {
    Side side;
    side.mutation = Uuid::from(mutation);
    side.user = Uuid::from(string_or_empty(row, "user"));
    side.at = row.value("at", Instant{0});
    side.consumed = row.value("consumed", false);
    side.value = row.value("value", Json());
    ordered[row.value("order", std::int64_t{0})] = std::move(side);
  }
  for (auto& [order, side] : ordered) conflict.sides.push_back(std::move(side));
  return conflict;
}

Uuid conflict_id(const Uuid& record, std::string_view path) {
  return Uuid::derived(record, "conflict:" + std::string(path));
}

}  // namespace anketa::merge
