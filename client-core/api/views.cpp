// Search, the client card, and the JSON of what is shown.
#include "anketa/client.hpp"
#include "client-core/api/parts.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

/// Collections whose words lead to a client.
const std::vector<std::string_view> about_clients{"client",         "contact",    "dossier_part",
                                                  "relation_actor", "competitor", "opportunity",
                                                  "interaction",    "referral",   "offer"};

Json to_json(const ConflictSide& side) {
  Json json{{"value", side.value},
            {"mutation", side.mutation.text()},
            {"user", side.user.text()},
            {"at", side.at},
            {"in_effect", side.in_effect}};
  if (!side.user_name.empty()) json["user_name"] = side.user_name;
  if (side.consumed) json["consumed"] = true;
  return json;
}

}  // namespace

std::vector<LocalRecord> Client::search_clients(std::string_view query, int limit) const {
  const auto wanted = static_cast<std::size_t>(std::max(limit, 0));
  if (query.find_first_not_of(" \t\n") == std::string_view::npos) {
    std::vector<LocalRecord> first;
    if (wanted > 0)
      each("client", {}, [&](const LocalRecord& client) {
        first.push_back(client);
        return first.size() < wanted;
      });
    return first;
  }
  // Several contacts of one client may match.
  constexpr int hits_per_client = 8;
  const auto hits = guarded([&] { return parts_->store.search().find(query, about_clients, limit * hits_per_client); });
  std::vector<LocalRecord> found;
  std::set<Uuid> seen;
  for (const auto& hit : hits) {
    if (found.size() == wanted) break;
    if (!seen.insert(hit.scope).second) continue;
    if (auto client = get(hit.scope)) found.push_back(std::move(*client));
  }
  return found;
}

std::vector<LocalRecord> Client::search(std::string_view query, std::string_view collection, int limit) const {
  return guarded([&] {
    auto& store = parts_->store;
    std::vector<LocalRecord> found;
    for (const auto& hit : store.search().find(query, {collection}, limit)) {
      if (const auto row = store.records().find(hit.key))
        found.push_back(local_record(store, *row, store.records().load_visible(*row)));
    }
    return found;
  });
}

ClientCard Client::client_card(const Uuid& client) const {
  ClientCard card{need(client), {}};
  if (card.client.view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, client.text());
  guarded([&] {
    auto& store = parts_->store;
    for (const auto& row : store.records().of_scope(client)) {
      if (row.hidden || row.id == client || !row.visible()) continue;
      auto view = store.records().load_visible(row);
      if (!view.deleted) card.records[row.collection].push_back(local_record(store, row, std::move(view)));
    }
  });
  return card;
}

Json to_json(const LocalRecord& record) {
  const auto& view = record.view;
  Json json{{"id", view.id.text()},
            {"collection", view.collection},
            {"scope", scope_text(view.scope)},
            {"version", view.version},
            {"seq", view.seq},
            {"body", view.body}};
  if (record.unsynced) json["unsynced"] = record.unsynced;
  if (record.parked) json["parked"] = true;
  if (view.deleted) json["deleted"] = true;
  return json;
}

Json to_json(const ClientCard& card) {
  Json json{{"client", to_json(card.client)}};
  auto& all = json["records"] = Json::object();
  for (const auto& [collection, records] : card.records)
    for (const auto& record : records) all[collection].push_back(to_json(record));
  return json;
}

Json to_json(const ConflictView& conflict) {
  Json json{{"id", conflict.id.text()},
            {"record", conflict.record.text()},
            {"collection", conflict.collection},
            {"path", conflict.path},
            {"base", conflict.base}};
  auto& sides = json["sides"] = Json::array();
  for (const auto& side : conflict.sides) sides.push_back(to_json(side));
  return json;
}

Json to_json(const ParkedEdit& edit, text::Language language) {
  return {{"mutation", edit.mutation.text()},
          {"record", edit.record.text()},
          {"collection", edit.collection},
          {"at", edit.at},
          {"problem", edit.problem.to_json(language)},
          {"ops", edit.ops}};
}

}  // namespace anketa::client
