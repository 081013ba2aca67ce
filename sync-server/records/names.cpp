#include "sync-server/records/names.hpp"

namespace anketa::server::records {

Json Names::reference(const Uuid& id, std::map<Uuid, Json>& known, Json (Names::*look_up)(const Uuid&)) {
  if (id.is_nil()) return nullptr;
  auto found = known.find(id);
  if (found == known.end()) found = known.emplace(id, Json{{"id", id.text()}, {"name", (this->*look_up)(id)}}).first;
  return found->second;
}

Json Names::user(const Uuid& id) {
  return reference(id, records_, &Names::name_of_record);
}

Json Names::device(const Uuid& id) {
  return reference(id, devices_, &Names::name_of_device);
}

Json Names::client(const Scope& scope) {
  return scope == company_scope ? Json(nullptr) : reference(scope, records_, &Names::name_of_record);
}

Json Names::name_of_record(const Uuid& id) {
  const auto head = reader_.head(id);
  const auto name = head ? string_or_empty(parse_head(*head).body, "name") : std::string();
  return name.empty() ? Json(nullptr) : Json(name);
}

Json Names::name_of_device(const Uuid& id) {
  const auto device = accounts_.device(id);
  return device ? Json(device->name) : Json(nullptr);
}

std::string title_of(const RecordState& record) {
  for (const auto* field : {"name", "title", "what", "company", "service", "summary"})
    if (const auto& value = record.at(field); value.is_string()) return excerpt(value.get<std::string>());
  return {};
}

}  // namespace anketa::server::records
