#include "tools/anketa/lookup.hpp"

#include <algorithm>

namespace anketa::cli {

client::LocalRecord find_client(App& app, const std::string& typed) {
  auto& client = app.client();
  if (const auto id = Uuid::parse(typed)) {
    auto record = client.need(*id);
    if (record.view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, typed);
    return record;
  }
  auto found = client.search_clients(typed, 20);
  if (found.empty()) throw ProblemError(ProblemCode::RecordNotFound, {}, typed);
  const auto exact = std::find_if(found.begin(), found.end(), [&](const client::LocalRecord& record) {
    return string_or_empty(record.view.body, "name") == typed;
  });
  if (exact != found.end()) return *exact;
  if (found.size() == 1) return found.front();
  std::string names;
  for (const auto& record : found) {
    if (!names.empty()) names += ", ";
    names += "«" + harmless(string_or_empty(record.view.body, "name")) + "»";
  }
  throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.clients.several"}, {"names", names}});
}

Uuid record_id(const std::string& typed) {
  return Uuid::from(typed);
}

}  // namespace anketa::cli
