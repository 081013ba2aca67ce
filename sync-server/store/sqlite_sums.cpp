#include "sync-server/store/sqlite_sums.hpp"

#include <algorithm>
#include <unordered_map>

#include "sync-server/store/class_view.hpp"
#include "sync-server/store/sqlite_session.hpp"

namespace anketa::server {
namespace {

std::uint64_t whole(std::int64_t low, std::int64_t high) {
  return (static_cast<std::uint64_t>(high) << 32) + static_cast<std::uint64_t>(low);
}

std::int64_t low_of(std::uint64_t sum) {
  return static_cast<std::int64_t>(sum & 0xffffffffU);
}

std::int64_t high_of(std::uint64_t sum) {
  return static_cast<std::int64_t>(sum >> 32);
}

/// Whether the stored sum of a scope is that of its records.
class SumCheck {
 public:
  explicit SumCheck(std::vector<std::string>& found) : found_(found) {}

  void record(const sqlite::Statement& row) {
    const auto id = id_column(row, 0);
    const auto due =
        protocol::record_sum(id, static_cast<std::uint64_t>(row.integer(2)), protocol::hash64(row.text(4)));
    if (static_cast<std::uint64_t>(row.integer(3)) != due)
      found_.push_back("record " + id.text() + " does not match its sum");
    const protocol::ContentSum one{1, due};
    scopes_[id_column(row, 1)] += one;
    scopes_[every_scope] += one;
  }
  void scope(const Scope& scope, const protocol::ContentSum& stored) {
    if (!(scopes_[scope] == stored))
      found_.push_back("the sum of scope " + scope_text(scope) + " is not that of its records");
    scopes_.erase(scope);
  }
  void finish() {
    for (const auto& [scope, sum] : scopes_)
      if (sum.count > 0) found_.push_back("scope " + scope_text(scope) + " has no sum");
  }

 private:
  std::vector<std::string>& found_;
  std::unordered_map<Scope, protocol::ContentSum> scopes_;
};

}  // namespace

void check_sums(sqlite::Database& database, std::vector<std::string>& found) {
  SumCheck check(found);
  auto head = database.statement("SELECT id, scope, version, sum, body FROM head WHERE deleted = 0");
  while (head.step()) check.record(head);
  auto row = database.statement("SELECT scope, count, low, high FROM scope_sum WHERE mask = ?1");
  row.bind(std::int64_t{all_classes});
  while (row.step())
    check.scope(id_column(row, 0), {static_cast<std::uint64_t>(row.integer(1)), whole(row.integer(2), row.integer(3))});
  check.finish();
}

protocol::ContentSum read_scope_sum(sqlite::Database& database, const Scope& scope, ClassMask mask) {
  auto row = database.statement("SELECT count, low, high FROM scope_sum WHERE scope = ?1 AND mask = ?2");
  row.bind(blob(scope), std::int64_t{mask});
  if (!row.step()) return {};
  return {static_cast<std::uint64_t>(row.integer(0)), whole(row.integer(1), row.integer(2))};
}

void read_scope_sums(sqlite::Database& database, ClassMask mask,
                     const std::function<void(const protocol::ScopeSum&)>& visit) {
  auto row = database.statement("SELECT scope, count, low, high FROM scope_sum WHERE mask = ?1 AND scope <> ?2");
  row.bind(std::int64_t{mask}, blob(every_scope));
  while (row.step())
    visit({id_column(row, 0), {static_cast<std::uint64_t>(row.integer(1)), whole(row.integer(2), row.integer(3))}});
}

std::vector<protocol::RecordSum> read_record_sums(sqlite::Database& database, const Scope& scope, ClassMask mask) {
  auto row = mask == all_classes
                 ? database.statement("SELECT id, version, sum FROM head WHERE scope = ?1 AND deleted = 0")
                 : database.statement(
                       "SELECT record, version, sum FROM class_view WHERE scope = ?1 AND mask = ?2 AND sum <> 0");
  row.bind_one(1, blob(scope));
  if (mask != all_classes) row.bind_one(2, std::int64_t{mask});
  std::vector<protocol::RecordSum> sums;
  while (row.step())
    sums.push_back(
        {id_column(row, 0), static_cast<std::uint64_t>(row.integer(1)), static_cast<std::uint64_t>(row.integer(2))});
  return sums;
}

std::optional<ClassView> read_class_view(sqlite::Database& database, const Uuid& record, ClassMask mask) {
  auto row = database.statement("SELECT version, seq FROM class_view WHERE mask = ?1 AND record = ?2");
  row.bind(std::int64_t{mask}, blob(record));
  if (!row.step()) return std::nullopt;
  return ClassView{static_cast<std::uint64_t>(row.integer(0)), static_cast<std::uint64_t>(row.integer(1))};
}

void SqliteSums::reload() {
  notes_.clear();
  masks_.clear();
  auto row = database_.statement("SELECT mask FROM class_mask");
  while (row.step()) masks_.push_back(static_cast<ClassMask>(row.integer(0)));
}

bool SqliteSums::registered(ClassMask mask) const {
  return mask == all_classes || std::find(masks_.begin(), masks_.end(), mask) != masks_.end();
}

void SqliteSums::changed(const Head& head, const Head* before) {
  const bool counted = before && !before->deleted, counts = !head.deleted;
  notes_.push_back(
      {head.scope, all_classes, std::int64_t{counts} - std::int64_t{counted}, head.sum - (before ? before->sum : 0)});
  if (masks_.empty()) return;
  const auto record = parse_head(head);
  for (const auto mask : masks_) update_view(mask, head, record);
}

void SqliteSums::update_view(ClassMask mask, const Head& head, const RecordState& record) {
  const auto part = visible_part(record, mask);
  if (!part) return;
  const bool of_company = head.scope == company_scope;
  ClassView view{of_company ? head.version : 1, head.seq};
  std::uint64_t old_sum = 0;
  {
    auto row = database_.statement("SELECT version, sum, seen FROM class_view WHERE mask = ?1 AND record = ?2");
    row.bind(std::int64_t{mask}, blob(head.id));
    if (row.step()) {
      if (static_cast<std::uint64_t>(row.integer(2)) == digest_of(*part)) return;
      if (!of_company) view.version = static_cast<std::uint64_t>(row.integer(0)) + 1;
      old_sum = static_cast<std::uint64_t>(row.integer(1));
    }
  }
  const auto sum =
      head.deleted ? 0 : protocol::record_sum(head.id, view.version, protocol::hash64(canonical(part->body)));
  database_.run(
      "INSERT OR REPLACE INTO class_view (mask, record, scope, version, seq, sum, seen) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
      std::int64_t{mask}, blob(head.id), blob(head.scope), view.version, view.seq, sum, digest_of(*part));
  notes_.push_back({head.scope, mask, std::int64_t{sum != 0} - std::int64_t{old_sum != 0}, sum - old_sum});
}

void SqliteSums::register_mask(ClassMask mask, Reader& heads, std::uint64_t upto) {
  if (registered(mask)) return;
  database_.run("INSERT INTO class_mask (mask) VALUES (?1)", std::int64_t{mask});
  heads.feed(0, upto, 0, [&](const Head& head) {
    update_view(mask, head, parse_head(head));
    return true;
  });
  masks_.push_back(mask);
}

void SqliteSums::forget(const Uuid& record) {
  database_.run("DELETE FROM class_view WHERE record = ?1 AND mask IN (SELECT mask FROM class_mask)", blob(record));
}

void SqliteSums::flush() {
  if (notes_.empty()) return;
  std::sort(notes_.begin(), notes_.end(),
            [](const Note& a, const Note& b) { return a.mask != b.mask ? a.mask < b.mask : a.scope < b.scope; });
  const auto put = [&](const Scope& scope, ClassMask mask, std::int64_t count, std::uint64_t sum) {
    database_.run(
        "INSERT INTO scope_sum (scope, mask, count, low, high) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (scope, mask) "
        "DO UPDATE SET count = count + excluded.count, low = low + excluded.low, high = high + excluded.high",
        blob(scope), std::int64_t{mask}, count, low_of(sum), high_of(sum));
  };
  for (auto note = notes_.begin(); note != notes_.end();) {
    const auto mask = note->mask;
    std::int64_t count_of_all = 0;
    std::uint64_t sum_of_all = 0;
    while (note != notes_.end() && note->mask == mask) {
      auto one = *note++;
      for (; note != notes_.end() && note->mask == mask && note->scope == one.scope; ++note) {
        one.count += note->count;
        one.sum += note->sum;
      }
      put(one.scope, mask, one.count, one.sum);
      count_of_all += one.count;
      sum_of_all += one.sum;
    }
    put(every_scope, mask, count_of_all, sum_of_all);
  }
  notes_.clear();
}

}  // namespace anketa::server
