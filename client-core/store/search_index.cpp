#include "client-core/store/search_index.hpp"

#include "client-core/store/sql.hpp"
#include "shared/schema/schema.hpp"
#include "shared/text/search.hpp"

namespace anketa::client {

bool SearchIndex::indexes(std::string_view collection) {
  static const std::set<std::string, std::less<>> searchable = [] {
    std::set<std::string, std::less<>> names;
    for (const auto& declared : schema::collections())
      if (std::any_of(declared.fields.begin(), declared.fields.end(), [](const auto& f) { return f.searchable; }))
        names.insert(declared.name);
    return names;
  }();
  return searchable.find(collection) != searchable.end();
}

void SearchIndex::put(RecordKey key, const RecordState& visible) {
  const auto* collection = schema::collection(visible.collection);
  if (!collection || !indexes(visible.collection)) return;
  const auto words = visible.deleted ? std::string() : text::index_text(schema::search_text(*collection, visible.body));
  if (words.empty())
    erase(key);
  else
    database_.run("INSERT OR REPLACE INTO search(rowid, words) VALUES(?, ?)", key, words);
}

void SearchIndex::erase(RecordKey key) {
  database_.run("DELETE FROM search WHERE rowid = ?", key);
}

std::vector<SearchIndex::Hit> SearchIndex::find(std::string_view query,
                                                const std::vector<std::string_view>& collections, int limit) const {
  std::vector<Hit> hits;
  const auto match = text::match_expression(query);
  if (match.empty()) return hits;
  auto found = database_.statement(
      "SELECT r.key, r.scope, r.collection FROM search s JOIN record r ON r.key = s.rowid "
      "WHERE s.search MATCH ? AND r.hidden = 0 ORDER BY s.rank, r.key");
  found.bind(match);
  while (hits.size() < static_cast<std::size_t>(limit) && found.step()) {
    const auto collection = found.text(2);
    if (std::find(collections.begin(), collections.end(), collection) == collections.end()) continue;
    hits.push_back({found.integer(0), uuid_at(found, 1)});
  }
  return hits;
}

}  // namespace anketa::client
