#include "shared/merge/applier.hpp"

#include "shared/merge/paths.hpp"

namespace anketa::merge {

void Applier::run(const CellChange& change) {
  using Kind = CellChange::Kind;
  switch (change.kind) {
    case Kind::Create:
      return create();
    case Kind::Set:
      return set(change.path, change.value, mutation_.id);
    case Kind::SetMerged:
      return set(change.path, change.value, merged_id(mutation_.id, change.path));
    case Kind::Clear:
      put_value(record_.body, change.path, nullptr);
      record_.cells[change.path] = mutation_.id;
      return;
    case Kind::AddElement:
      return add_element(change.path, change.value.get_ref<const std::string&>());
    case Kind::JoinElement: {
      const auto cell = join_path(change.path, change.value.get_ref<const std::string&>());
      return credit(cell, merged_id(mutation_.id, cell));
    }
    case Kind::RemoveElement:
      return remove_element(change.path, change.value.get_ref<const std::string&>());
    case Kind::RemoveItem:
      return remove_item(change.path);
    case Kind::RestoreItem:
      return restore_item(change.path);
    case Kind::DeleteRecord:
      record_.deleted = true;
      record_.cells[""] = mutation_.id;
      return;
    case Kind::RestoreRecord:
      record_.deleted = false;
      record_.cells.erase("");
      return;
  }
}

void Applier::create() {
  const auto& body = mutation_.ops.front().value;
  record_.body = is_normal(body) ? body : normalised(body);
  if (record_.body.is_null()) record_.body = Json::object();
}

void Applier::set(const std::string& path, const Json& value, const Uuid& by) {
  forget_removed_above(path);
  put_value(record_.body, path, value);
  each_cell(value, path, [&](const std::string& cell, const Json&) { credit(cell, by); });
}

void Applier::credit(const std::string& cell, const Uuid& by) {
  if (record_.by == by)
    record_.cells.erase(cell);
  else
    record_.cells[cell] = by;
}

/// A cell set below a removed item makes the item anew; what it once held is history.
void Applier::forget_removed_above(const std::string& path) {
  if (record_.removed.empty()) return;
  for (auto above = path; !above.empty(); above = parent_of(above)) record_.removed.erase(above);
}

void Applier::add_element(const std::string& set_path, const std::string& element) {
  forget_removed_above(set_path);
  put(set_path, element, true);
  credit(join_path(set_path, element), mutation_.id);
}

void Applier::remove_element(const std::string& set_path, const std::string& element) {
  put(set_path, element, false);
  record_.cells[join_path(set_path, element)] = mutation_.id;
}

void Applier::put(const std::string& set_path, const std::string& element, bool present) {
  Json set = record_.at(set_path);
  put_element(set, element, present);
  put_value(record_.body, set_path, std::move(set));
}

void Applier::remove_item(const std::string& path) {
  Removed removed{mutation_.id, record_.at(path), {}};
  if (removed.value.is_null()) return;
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

void Applier::restore_item(const std::string& path) {
  const auto found = record_.removed.find(path);
  if (found == record_.removed.end()) return;
  auto removed = std::move(found->second);
  record_.removed.erase(found);
  put_value(record_.body, path, std::move(removed.value));
  for (const auto& [cell, by] : removed.cells) {
    const bool default_says_it = by == record_.by && !record_.at(cell).is_null();
    if (!default_says_it) record_.cells[cell] = by;
  }
}

}  // namespace anketa::merge
