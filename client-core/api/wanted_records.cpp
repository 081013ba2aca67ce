#include "client-core/api/wanted_records.hpp"

#include "shared/merge/merge.hpp"
#include "shared/schema/schema.hpp"

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

std::vector<RecordEdit> WantedRecords::edits() && {
  std::vector<RecordEdit> edits;
  for (auto& each : wanted_) {
    const auto record = find_record(parts_, each->id);
    if (!record) {
      each->body["client"] = client_.text();
      edits.push_back({each->id, each->collection, client_, LocalEdits::creation(std::move(each->body))});
    } else if (auto ops = merge::diff(record->view, *schema::collection(each->collection), each->body); !ops.empty()) {
      edits.push_back({each->id, {}, {}, std::move(ops)});
    }
  }
  std::move(moves_.begin(), moves_.end(), std::back_inserter(edits));
  return edits;
}

std::string with_paragraph(std::string text, const std::string& paragraph) {
  if (text.find(paragraph) != std::string::npos) return text;
  if (!text.empty()) text += "\n\n";
  return text + paragraph;
}

}  // namespace anketa::client
