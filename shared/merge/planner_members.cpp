// Sets, logs and lists.
#include "shared/merge/paths.hpp"
#include "shared/merge/planner.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::merge {

/// A set given whole: what it lacks is added, and what the author saw and left out is removed.
void Planner::set_elements(const Op& op, const std::string& path, const Json& wanted) {
  const auto member = [](const Json& set, const Json& element) {
    return set.is_array() && std::find(set.begin(), set.end(), element) != set.end();
  };
  restore_item_above(op, path);
  const Json before = draft_.now().at(path);
  for (const auto& element : wanted)
    if (!member(before, element)) add_element(op, path, element);
  if (!before.is_array()) return;
  for (const auto& element : before)
    if (!member(wanted, element)) remove_element(op, path, element);
}

/// An element that is there already is added anew, so that a removal by somebody who has not seen this loses to it.
void Planner::add_element(const Op& op, const std::string& path, const Json& element) {
  restore_item_above(op, path);
  if (!make_room(op, path, Json::array({element}), true)) return;
  const auto cell = join_path(path, element.get_ref<const std::string&>());
  const auto& record = draft_.now();
  if (record.at(cell).is_null() && taken_out(cell)) return differs();
  if (record.at(cell).is_null() || sight_.covers_cell(op, record, cell))
    return draft_.note(Kind::AddElement, path, element);
  differs();
  // Added twice apart: it takes somebody who has seen both to take it out.
  if (!(record.provenance(cell) == merged_id(mutation_.id, cell))) draft_.note(Kind::JoinElement, path, element);
}

/// A concurrent add, one the author did not see, beats the remove.
void Planner::remove_element(const Op& op, const std::string& path, const Json& element) {
  const auto cell = join_path(path, element.get_ref<const std::string&>());
  const auto& record = draft_.now();
  const auto& set = record.at(path);
  if (!set.is_array() || std::find(set.begin(), set.end(), element) == set.end()) return;
  if (sight_.covers_cell(op, record, cell) || ANKETA_MUTANT("remove_beats_add"))
    draft_.note(Kind::RemoveElement, path, element);
  else
    differs();
}

/// Entries of a log are united by id; nothing changes an entry once it stands, but a resolution.
void Planner::put_entry(const Op& op, const std::string& path, Json entry) {
  entry = normalised(std::move(entry));
  if (entry.is_null()) return;
  restore_item_above(op, path);
  const auto& record = draft_.now();
  const Json now = record.at(path);
  if (now == entry) return;
  if (now.is_null()) {
    if (make_room(op, path, entry, false)) draft_.note(Kind::Set, path, std::move(entry));
    return;
  }
  const bool seen = sight_.covers_below(op, record, path);
  if (own_view_ || (seen && !op.consumes.empty())) {
    clear_out(path);
    draft_.note(Kind::Set, path, std::move(entry));
  } else if (seen) {
    park({ProblemCode::ReadOnlyField, {}, path});
  } else {
    newcomer(op, path, entry);
  }
}

void Planner::remove_item(const Op& op, const std::string& path) {
  const auto& record = draft_.now();
  if (record.at(path).is_null()) {
    // Removed by somebody else already: in the author's view the removal is his own.
    const auto removed = record.removed.find(path);
    if (removed != record.removed.end() && !sight_.covers(op, removed->second.by)) differs();
    return;
  }
  if (!sight_.covers_below(op, record, path) && !ANKETA_MUTANT("item_removal_beats_edit"))
    return newcomer(op, path, Json());
  draft_.note(Kind::RemoveItem, path);
  book_.now_in_effect(path, Json());
}

/// An edit inside an item that somebody else has removed meanwhile brings the item back and opens a conflict.
void Planner::restore_item_above(const Op& op, const std::string& path) {
  if (draft_.now().removed.empty()) return;
  for (auto item = parent_of(path); !item.empty(); item = parent_of(item)) {
    const auto removed = draft_.now().removed.find(item);
    if (removed == draft_.now().removed.end()) continue;
    const auto by = removed->second.by;
    if (sight_.covers(op, by)) continue;
    differs();
    draft_.note(Kind::RestoreItem, item);
    draft_.flush();
    book_.add_removal(op, item, by);
  }
}

}  // namespace anketa::merge
