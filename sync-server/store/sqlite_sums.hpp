// The tables scope_sum and class_view of the embedded store.
//
// Model: a writer notes what each change of a record adds to the sum of its scope; flush() adds the notes up and puts
// them down, one row for each scope and class set. Notes belong to the savepoint in which they were made: the owner
// flushes before opening one and forgets them when it is rolled back. Thread safety: as its database's.
#pragma once

#include <vector>

#include "shared/sqlite/database.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

protocol::ContentSum read_scope_sum(sqlite::Database& database, const Scope& scope, ClassMask mask);
void read_scope_sums(sqlite::Database& database, ClassMask mask,
                     const std::function<void(const protocol::ScopeSum&)>& visit);
std::vector<protocol::RecordSum> read_record_sums(sqlite::Database& database, const Scope& scope, ClassMask mask);
std::optional<ClassView> read_class_view(sqlite::Database& database, const Uuid& record, ClassMask mask);

/// For verify(): what does not add up, in plain words.
void check_sums(sqlite::Database& database, std::vector<std::string>& found);

class SqliteSums {
 public:
  explicit SqliteSums(sqlite::Database& database) : database_(database) {}

  /// Takes the class sets in use from the database.
  void reload();
  bool registered(ClassMask mask) const;
  /// Notes the change from `before` to `head`, whose sum is set already.
  void changed(const Head& head, const Head* before);
  void register_mask(ClassMask mask, Reader& heads, std::uint64_t upto);
  /// A record goes for good; deleted ones have no part in sums.
  void forget(const Uuid& record);
  void flush();
  void discard() { notes_.clear(); }

 private:
  struct Note {
    Scope scope;
    ClassMask mask;
    std::int64_t count;
    std::uint64_t sum;
  };
  void update_view(ClassMask mask, const Head& head, const RecordState& record);
  sqlite::Database& database_;
  std::vector<ClassMask> masks_;
  std::vector<Note> notes_;
};

}  // namespace anketa::server
