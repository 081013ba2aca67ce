#include "client-core/store/erasure.hpp"

#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"
#include "shared/merge/erase.hpp"

namespace anketa::client {
namespace {

std::vector<std::string> texts(const Json& body, const char* member) {
  std::vector<std::string> all;
  const auto found = body.find(member);
  if (found == body.end() || !found->is_array()) return all;
  for (const auto& text : *found)
    if (text.is_string()) all.push_back(text.get<std::string>());
  return all;
}

bool is_whole(const std::vector<std::string>& paths) {
  return std::find(paths.begin(), paths.end(), std::string()) != paths.end();
}

void erase_mutation(ClientStore& store, const Uuid& id, const std::vector<std::string>& paths) {
  const auto row = store.outbox().find(id);
  if (!row) return;
  auto mutation = mutation_from_json(Json::parse(row->text));
  if (!merge::erase_from(mutation, paths)) return;
  // Of a whole record nothing is to be pushed again.
  if (is_whole(paths))
    store.outbox().erase(row->counter);
  else
    store.outbox().replace_text(row->counter, canonical(to_json(mutation)));
}

/// The device's copy of the record, where it is from before the erasure; the new state comes as any other.
void erase_record(ClientStore& store, const Uuid& id, const std::vector<std::string>& paths, std::uint64_t place) {
  auto row = store.records().find(id);
  if (!row) return;
  if (row->server && row->seq < place) {
    auto state = store.records().load_server(*row);
    if (merge::erase_from(state, paths)) store.records().put_server(*row, state);
  }
  row->pending = static_cast<int>(store.outbox().pending_of(row->key).size());
  rebuild_view(store, *row);
}

}  // namespace

void take_erasure(ClientStore& store, const protocol::RecordView& erasure) {
  const auto body = Json::parse(erasure.body, nullptr, false);
  const auto record = Uuid::parse(string_or_empty(body, "record"));
  if (!record) return;
  auto paths = texts(body, "paths");
  if (paths.empty()) paths.emplace_back();
  for (const auto& text : texts(body, "mutations"))
    if (const auto id = Uuid::parse(text)) erase_mutation(store, *id, paths);
  const auto place = body.find("place");
  const bool known = place != body.end() && place->is_number_unsigned();
  erase_record(store, *record, paths, known ? place->get<std::uint64_t>() : 0);
  store.database().run("INSERT OR IGNORE INTO due_scrub(one) VALUES(1)");
}

void scrub_if_due(ClientStore& store) {
  guarded([&] {
    auto& database = store.database();
    if (!database.query_integer("SELECT 1 FROM due_scrub")) return;
    database.run("INSERT INTO search(search) VALUES('optimize')");
    database.execute("VACUUM");
    database.query_integer("PRAGMA wal_checkpoint(TRUNCATE)");
    database.run("DELETE FROM due_scrub");
  });
}

}  // namespace anketa::client
