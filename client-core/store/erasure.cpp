#include "client-core/store/erasure.hpp"

#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"
#include "shared/merge/erase.hpp"
#include "shared/merge/merge.hpp"
#include "shared/record/mutant.hpp"

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

/// What of the paths the record shows from before the erasure. Its place in history does not always say: an edit of the
/// user's own that was acknowledged later stands on top of what the device had. Each cell says who gave it its value.
std::vector<std::string> to_erase(const RecordState& state, const std::vector<std::string>& paths,
                                  const std::vector<Uuid>& mutations, bool older) {
  if (older) return paths;
  const auto is_named = [&](const Uuid& by, const std::string& cell) {
    return std::any_of(mutations.begin(), mutations.end(),
                       [&](const Uuid& id) { return id == by || merge::merged_id(id, cell) == by; });
  };
  if (is_whole(paths)) return is_named(state.by, {}) ? paths : std::vector<std::string>();
  std::vector<std::string> cells;
  for (const auto& path : paths)
    each_cell(value_at(state.body, path), path, [&](const std::string& cell, const Json&) {
      if (const auto by = state.provenance(cell); by && is_named(*by, cell)) cells.push_back(cell);
    });
  return cells;
}

/// The device's copy of the record; its new state comes as any other.
void erase_record(ClientStore& store, const Uuid& id, const std::vector<std::string>& paths,
                  const std::vector<Uuid>& mutations, std::uint64_t place) {
  auto row = store.records().find(id);
  if (!row) return;
  if (row->server) {
    auto state = store.records().load_server(*row);
    const auto cells = to_erase(state, paths, mutations, row->seq < place);
    if (!cells.empty() && merge::erase_from(state, cells)) {
      // Its deletion comes with another page, or not any more where the server has forgotten it by now.
      state.deleted = state.deleted || is_whole(cells);
      store.records().put_server(*row, state);
    }
  }
  row->pending = static_cast<int>(store.outbox().pending_of(row->key).size());
  // One that the server had never acknowledged, and that a restored one has forgotten: no deletion of it will come.
  rebuild_or_drop(store, *row);
}

}  // namespace

void take_erasure(ClientStore& store, const protocol::RecordView& erasure) {
  if (ANKETA_MUTANT("erasure_ignored")) return;
  const auto body = Json::parse(erasure.body, nullptr, false);
  const auto record = Uuid::parse(string_or_empty(body, "record"));
  if (!record) return;
  auto paths = texts(body, "paths");
  if (paths.empty()) paths.emplace_back();
  std::vector<Uuid> mutations;
  for (const auto& text : texts(body, "mutations"))
    if (const auto id = Uuid::parse(text)) mutations.push_back(*id);
  for (const auto& id : mutations) erase_mutation(store, id, paths);
  const auto place = body.find("place");
  const bool known = place != body.end() && place->is_number_unsigned();
  erase_record(store, *record, paths, mutations, known ? place->get<std::uint64_t>() : 0);
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
