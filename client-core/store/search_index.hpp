// The full-text index over what the user sees, kept in the same transaction as the records.
#pragma once

#include <string_view>
#include <vector>

#include "client-core/store/record_table.hpp"
#include "shared/record/record_state.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

class SearchIndex {
 public:
  explicit SearchIndex(sqlite::Database& database) : database_(database) {}

  /// Whether records of the collection have words to index at all.
  static bool indexes(std::string_view collection);
  /// Indexes a record as the user sees it; a deleted one leaves the index.
  void put(RecordKey key, const RecordState& visible);
  void erase(RecordKey key);

  struct Hit {
    RecordKey key = 0;
    Scope scope;
  };
  /// Records that have all the words of the query (shared/text/search.hpp), best first, of the collections named.
  std::vector<Hit> find(std::string_view query, const std::vector<std::string_view>& collections, int limit) const;

 private:
  sqlite::Database& database_;
};

}  // namespace anketa::client
