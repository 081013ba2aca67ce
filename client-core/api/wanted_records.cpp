#include "client-core/api/wanted_records.hpp"

#include <algorithm>

#include "shared/merge/merge.hpp"

namespace anketa::client {

Json& WantedRecords::of(const Uuid& id, std::string_view collection) {
  for (const auto& each : wanted_)
    if (each->id == id) return each->body;
  wanted_.push_back(std::make_unique<Wanted>(Wanted{id, std::string(collection), Json::object()}));
  return wanted_.back()->body;
}

bool WantedRecords::exists(const Uuid& id) const {
  return find_record(parts_, id).has_value();
}

Json WantedRecords::known(const Uuid& id) const {
  auto body = Json::object();
  if (const auto record = find_record(parts_, id)) body = record->view.body;
  for (const auto& each : wanted_)
    if (each->id == id) body.merge_patch(each->body);
  return body;
}

void WantedRecords::move(const Uuid& id, std::string_view from, std::string_view to, Json facts) {
  Json value{{"from", from}, {"to", to}, {"facts", std::move(facts)}};
  moves_.push_back({id, {}, {}, {{OpKind::Transition, "status", std::move(value), {}, {}}}});
}

std::optional<RecordEdit> WantedRecords::edit_of(Wanted& wanted, const Classes& seen) const {
  const auto& collection = *schema::collection(wanted.collection);
  if (const auto record = find_record(parts_, wanted.id)) {
    auto ops = merge::diff(record->view, collection, wanted.body);
    if (seen) std::erase_if(ops, [&](const Op& op) { return schema::permit_sight(collection, op, *seen).has_value(); });
    return ops.empty() ? std::nullopt : std::optional(RecordEdit{wanted.id, {}, {}, std::move(ops)});
  }
  wanted.body["client"] = client_.text();
  if (seen) wanted.body = schema::visible(collection, wanted.body, *seen);
  if (schema::validate_complete(collection, wanted.body)) return std::nullopt;
  return RecordEdit{wanted.id, wanted.collection, client_, LocalEdits::creation(std::move(wanted.body))};
}

std::vector<RecordEdit> WantedRecords::edits() && {
  const auto seen = LocalEdits(parts_.store).classes_seen(client_);
  std::vector<RecordEdit> edits;
  for (auto& each : wanted_)
    if (auto edit = edit_of(*each, seen)) edits.push_back(std::move(*edit));
  for (auto& move : moves_) {
    const bool is_known = exists(move.record) || std::any_of(edits.begin(), edits.end(), [&](const RecordEdit& edit) {
                            return edit.record == move.record;
                          });
    if (is_known) edits.push_back(std::move(move));
  }
  return edits;
}

std::string with_paragraph(std::string text, const std::string& paragraph) {
  if (text.find(paragraph) != std::string::npos) return text;
  if (!text.empty()) text += "\n\n";
  return text + paragraph;
}

}  // namespace anketa::client
