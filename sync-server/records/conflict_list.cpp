#include "sync-server/records/conflict_list.hpp"

#include <algorithm>

#include "shared/merge/settle.hpp"
#include "sync-server/records/edit_log.hpp"

namespace anketa::server::records {
namespace {

constexpr int most_parked = 500;

Json side_json(Reader& reader, Names& names, const merge::Side& side) {
  const auto row = reader.journal(side.mutation);
  return {{"mutation", side.mutation.text()},
          {"value", side.value},
          {"user", names.user(side.user)},
          {"device", row ? names.device(row->device) : Json(nullptr)},
          {"at", side.at},
          {"consumed", side.consumed}};
}

Json conflict_json(Reader& reader, const Sight& sight, Names& names, const RecordState& record) {
  const auto conflict = merge::conflict_from_json(record.body);
  const auto head = reader.head(conflict.record);
  const auto about = head ? sight.part(*head) : std::nullopt;
  Json sides = Json::array();
  for (const auto& side : conflict.sides) sides.push_back(side_json(reader, names, side));
  return {{"id", record.id.text()},
          {"record", conflict.record.text()},
          {"collection", conflict.collection},
          {"path", conflict.path},
          {"client", names.client(record.scope)},
          {"title", about ? title_of(*about) : std::string()},
          {"deleted", about && about->deleted},
          {"state", conflict.open ? "open" : "resolved"},
          {"base", conflict.base},
          {"now", about ? about->at(conflict.path) : Json(nullptr)},
          {"sides", std::move(sides)}};
}

/// Open sides as the viewer saw them, against those that are open now.
bool saw_all(const Json& seen, const merge::Conflict& conflict) {
  if (!seen.is_array()) return true;
  for (const auto& side : conflict.sides)
    if (!side.consumed && std::find(seen.begin(), seen.end(), Json(side.mutation.text())) == seen.end()) return false;
  return true;
}

}  // namespace

Json conflict_list(Reader& reader, const Sight& sight, Names& names, const reports::Query& query) {
  const auto state = reports::parameter(query, "state").value_or("open");
  const auto client = reports::filter_from(query).client;
  std::vector<RecordState> found;
  for (const auto& head : reader.heads_of("conflict", client)) {
    if (head.deleted) continue;
    auto record = sight.part(head);
    if (record && string_or_empty(record->body, "state") == state) found.push_back(std::move(*record));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.seq > b.seq; });
  Json items = Json::array();
  for (const auto& record : found) items.push_back(conflict_json(reader, sight, names, record));
  return {{"total", found.size()}, {"items", std::move(items)}};
}

Settlement settlement(Reader& reader, const Sight& sight, const Uuid& id, const Json& wish) {
  const auto record = sight.need(reader, id);
  if (record.collection != "conflict") throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  const auto conflict = merge::conflict_from_json(record.body);
  if (!conflict.open || !saw_all(wish.value("seen", Json()), conflict))
    throw ProblemError(ProblemCode::ConflictNotOpen, {}, id.text());
  Settlement settled{sight.need(reader, conflict.record), {}};
  const auto side = Uuid::parse(string_or_empty(wish, "side"));
  if (side) {
    const auto found = std::find_if(conflict.sides.begin(), conflict.sides.end(),
                                    [&](const merge::Side& one) { return one.mutation == *side; });
    if (found == conflict.sides.end()) throw ProblemError(ProblemCode::InvalidValue, {{"value", side->text()}}, "side");
    settled.op = merge::settle_with_side(conflict, *found, settled.record);
  } else if (wish.contains("value")) {
    settled.op = merge::settle_with_value(conflict, wish.at("value"));
  } else {
    throw ProblemError(ProblemCode::RequiredMissing, {{"field", "side"}}, "side");
  }
  return settled;
}

Json parked_list(Reader& reader, const Sight& sight, Names& names, text::Language language) {
  Json items = Json::array();
  for (const auto& row : reader.journal_with(protocol::ResultStatus::Parked, most_parked)) {
    if (!sight.controls() && !(row.user == sight.author().user)) continue;
    if (reader.journal(accepted_id(row.id))) continue;
    Json changes = Json::array();
    std::string collection;
    try {
      const auto mutation = mutation_of(row);
      collection = mutation.collection;
      RecordState record;
      record.id = row.record;
      record.scope = row.scope;
      record.collection = collection;
      changes = changes_of(sight, record, mutation);
    } catch (const ProblemError&) {
      // No valid mutation: there is nothing to show of it but why.
    }
    const auto head = reader.head(row.record);
    const auto record = head ? sight.part(*head) : std::nullopt;
    items.push_back({{"mutation", row.id.text()},
                     {"record", row.record.text()},
                     {"collection", collection},
                     {"client", names.client(row.scope)},
                     {"title", record ? title_of(*record) : std::string()},
                     {"user", names.user(row.user)},
                     {"device", names.device(row.device)},
                     {"received_at", row.received_at},
                     {"problem", row.result.problem ? row.result.problem->to_json(language) : Json(nullptr)},
                     {"changes", std::move(changes)},
                     {"quarantine", (row.marks & QuarantineMark) != 0}});
  }
  return {{"total", items.size()}, {"items", std::move(items)}};
}

Uuid accepted_id(const Uuid& parked) {
  return Uuid::derived(parked, "accepted");
}

}  // namespace anketa::server::records
