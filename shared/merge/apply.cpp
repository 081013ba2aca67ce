// Carrying a plan out on a record: values, provenance, tombstones of list items.
#include "shared/merge/merge.hpp"

namespace anketa::merge {
namespace {

std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string last_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

Json* find_value(Json& body, std::string_view path) {
  const auto& found = value_at(body, path);
  return found.is_null() ? nullptr : const_cast<Json*>(&found);
}

class Applier {
 public:
  Applier(RecordState& record, const Uuid& mutation) : record_(record), mutation_(mutation) {}

  void run(const CellChange& change) {
    using Kind = CellChange::Kind;
    switch (change.kind) {
      case Kind::Set:
        return set(change.path, change.value);
      case Kind::Clear:
        put_value(record_.body, change.path, nullptr);
        record_.cells[change.path] = mutation_;
        return;
      case Kind::AddElement:
        return element(change.path, true);
      case Kind::RemoveElement:
        return element(change.path, false);
      case Kind::RemoveItem:
        return remove_item(change.path);
      case Kind::RestoreItem:
        return restore_item(change.path);
      case Kind::DeleteRecord:
        record_.deleted = true;
        record_.cells[""] = mutation_;
        return;
      case Kind::RestoreRecord:
        record_.deleted = false;
        record_.cells.erase("");
        return;
    }
  }

 private:
  void set(const std::string& path, const Json& value) {
    forget_removed_above(path);
    if (path.empty() && record_.body.empty() && record_.cells.empty()) {
      record_.body = value;
      record_.by = mutation_;
      return;
    }
    put_value(record_.body, path, value);
    each_cell(value, path, [this](const std::string& cell, const Json&) { credit(cell); });
  }

  void credit(const std::string& cell) {
    if (record_.by.is_nil()) record_.by = mutation_;
    if (record_.by == mutation_)
      record_.cells.erase(cell);
    else
      record_.cells[cell] = mutation_;
  }

  /// A cell set below a removed item makes the item anew; what it once held is history.
  void forget_removed_above(const std::string& path) {
    if (record_.removed.empty()) return;
    for (auto above = path; !above.empty(); above = parent_of(above)) record_.removed.erase(above);
  }

  void element(const std::string& path, bool present) {
    const auto set_path = parent_of(path);
    Json set = record_.at(set_path);
    put_element(set, last_of(path), present);
    put_value(record_.body, set_path, std::move(set));
    if (present)
      credit(path);
    else
      record_.cells[path] = mutation_;
  }

  void remove_item(const std::string& path) {
    auto* item = find_value(record_.body, path);
    if (!item) return;
    Removed removed{mutation_, std::move(*item), {}};
    for (auto cell = record_.cells.lower_bound(path); cell != record_.cells.end() && cell->first.starts_with(path);) {
      if (!is_below(cell->first, path)) {
        ++cell;
        continue;
      }
      removed.cells.insert(*cell);
      cell = record_.cells.erase(cell);
    }
    // Cells of the default mutation would lose their author when the default moves on.
    each_cell(removed.value, path,
              [&](const std::string& cell, const Json&) { removed.cells.try_emplace(cell, record_.by); });
    put_value(record_.body, path, nullptr);
    record_.removed[path] = std::move(removed);
  }

  void restore_item(const std::string& path) {
    const auto found = record_.removed.find(path);
    if (found == record_.removed.end()) return;
    put_value(record_.body, path, std::move(found->second.value));
    for (const auto& [cell, by] : found->second.cells)
      if (!(by == record_.by)) record_.cells[cell] = by;
    record_.removed.erase(found);
  }

  RecordState& record_;
  const Uuid mutation_;
};

/// Moves the default to the mutation most cells name, so that a record edited cell by cell stays lean.
void compact(RecordState& record) {
  constexpr std::size_t worth_it = 8;
  if (record.cells.size() < worth_it) return;
  std::map<Uuid, std::size_t> counts;
  std::size_t leaves = 0;
  each_cell(record.body, {}, [&](const std::string& cell, const Json&) {
    ++leaves;
    const auto found = record.cells.find(cell);
    ++counts[found == record.cells.end() ? record.by : found->second];
  });
  const auto best =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (best == counts.end() || best->first == record.by || best->second <= counts[record.by] + leaves / 4) return;
  const auto old = record.by;
  each_cell(record.body, {}, [&](const std::string& cell, const Json&) {
    const auto found = record.cells.find(cell);
    if (found == record.cells.end())
      record.cells.emplace(cell, old);
    else if (found->second == best->first)
      record.cells.erase(found);
  });
  record.by = best->first;
}

}  // namespace

void apply(RecordState& record, const Mutation& mutation, const Plan& plan) {
  if (plan.parked) return;
  if (record.version == 0 && record.by.is_nil()) {
    record.id = mutation.record;
    record.collection = mutation.collection;
    record.scope = mutation.scope;
  }
  Applier applier(record, mutation.id);
  for (const auto& change : plan.changes) applier.run(change);
  ++record.version;
  compact(record);
}

void overlay(RecordState& view, const Mutation& mutation) {
  const auto version = view.version;
  apply(view, mutation, plan_own_view(view, mutation));
  // The version counts what the server has put in effect.
  view.version = version;
}

}  // namespace anketa::merge
