// Scalars, long texts, and subtrees of them.
#include "shared/merge/history.hpp"
#include "shared/merge/paragraphs.hpp"
#include "shared/merge/paths.hpp"
#include "shared/merge/planner.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::merge {
namespace {

/// Paths of what stands at a path or in the place of one of its parents, nearest the root first.
std::vector<std::string> in_the_way(const Json& body, const std::string& path) {
  std::vector<std::string> found;
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    const auto parent = path.substr(0, slash);
    const auto& value = value_at(body, parent);
    if (value.is_null()) return found;
    if (!value.is_object()) return {parent};
  }
  return found;
}

}  // namespace

void Planner::set(const Op& op, const std::string& path, const Json& value) {
  if (parked()) return;
  const auto cell = cell_of(path, value);
  using CellKind = schema::CellKind;
  if (value.is_null()) return clear(op, path);
  if (cell.kind == CellKind::LogEntry && value.is_object()) return put_entry(op, path, value);
  if (value.is_object()) return set_members(op, path, value);
  if (!may_change(cell, path, value)) return;
  if (value.is_array()) return set_elements(op, path, value);
  if (cell.kind == CellKind::Status && !check_first_status(op, cell, path, value)) return;
  put(op, cell, path, value);
}

void Planner::set_members(const Op& op, const std::string& path, const Json& value) {
  for (const auto& [key, child] : value.items()) set(op, join_path(path, key), child);
}

void Planner::put(const Op& op, const schema::Cell& cell, const std::string& path, const Json& value) {
  restore_item_above(op, path);
  if (!make_room(op, path, value, false)) return;
  const auto& now = draft_.now();
  const bool typed_over = ANKETA_MUTANT("typed_over_unseen_value") ||
                          (ANKETA_MUTANT("clock_decides") && context_.earlier && now.provenance(path) &&
                           mutation_.at > context_.earlier(*now.provenance(path), path).value_or(Earlier{}).at);
  if (sight_.covers_cell(op, now, path) || is_position(path) || typed_over) {
    draft_.note(Kind::Set, path, value);
    return book_.settle(op, now, path, value, mutation_.id);
  }
  if (now.at(path) == value) {
    differs();
    return book_.agree(op, path, value);
  }
  if (cell.kind == schema::CellKind::LongText && merge_text(op, path, value)) return;
  newcomer(op, path, value);
}

/// What the author started from: what his view showed, which within his own chain is his own text as he sent it.
std::optional<std::string> Planner::text_seen(const Op& op, const std::string& path) const {
  if (op.over.empty()) return std::string();
  const auto seen = context_.earlier ? context_.earlier(op.over.front(), path) : std::nullopt;
  if (!seen || !seen->value.is_string()) return std::nullopt;
  return seen->value.get<std::string>();
}

bool Planner::merge_text(const Op& op, const std::string& path, const Json& value) {
  const auto& record = draft_.now();
  const auto& now = record.at(path);
  if (!now.is_string() || !value.is_string()) return false;
  differs();
  auto base = text_seen(op, path);
  const auto joined = merged_id(mutation_.id, path);
  if (ANKETA_MUTANT("text_of_last_writer")) {
    draft_.note(Kind::Set, path, value);
    return true;
  }
  if (draft_.before().provenance(path) == joined) return true;  // planned before: it is all in there
  if (record.provenance(path) == joined) {
    const auto own = value_given({mutation_.ops.data(), static_cast<std::size_t>(&op - mutation_.ops.data())}, path);
    base = own && own->is_string() ? std::optional(own->get<std::string>()) : std::nullopt;
  }
  if (!base) return false;
  const auto merged = merge_paragraphs(*base, now.get_ref<const std::string&>(), value.get_ref<const std::string&>());
  if (!merged) return false;
  if (*merged == now) {
    book_.agree(op, path, now);
    return true;
  }
  draft_.note(Kind::SetMerged, path, *merged);
  book_.settle(op, record, path, *merged, joined);
  return true;
}

void Planner::clear(const Op& op, const std::string& path) {
  if (parked()) return;
  const auto& now = draft_.now().at(path);
  const auto cell = cell_of(path, now);
  using CellKind = schema::CellKind;
  if (cell.kind == CellKind::ListItem) return remove_item(op, path);
  if (cell.kind == CellKind::Log || cell.kind == CellKind::LogEntry) {
    if (!now.is_null()) park({ProblemCode::ReadOnlyField, {}, path});
    return;
  }
  if (now.is_object()) {
    for (const auto& [key, child] : now.items()) clear(op, join_path(path, key));
    return;
  }
  if (!may_change(cell, path, Json())) return;
  if (now.is_array()) {
    for (const auto& element : now) remove_element(op, path, element);
    return;
  }
  if (draft_.now().at(parent_of(path)).is_array()) return remove_element(op, parent_of(path), last_of(path));
  clear_leaf(op, cell, path);
}

void Planner::clear_leaf(const Op& op, const schema::Cell& cell, const std::string& path) {
  const auto& record = draft_.now();
  const auto& now = record.at(path);
  if (!record.provenance(path)) return;
  if (cell.kind == schema::CellKind::Status && !own_view_ && !now.is_null())
    return park({ProblemCode::IllegalTransition, {{"from", now.get<std::string>()}, {"to", "-"}}, path});
  if (sight_.covers_cell(op, record, path)) {
    draft_.note(Kind::Clear, path);
    return book_.settle(op, record, path, Json(), mutation_.id);
  }
  differs();
  if (now.is_null())
    book_.agree(op, path, Json());
  else
    newcomer(op, path, Json());
}

/// A field that stands once set, and one that may not be without a value.
bool Planner::may_change(const schema::Cell& cell, const std::string& path, const Json& value) {
  if (own_view_ || !cell.field || cell.field->name != path) return true;
  if (value.is_null() && cell.field->required) {
    park({ProblemCode::RequiredMissing, {}, path});
    return false;
  }
  if (!cell.field->immutable || !draft_.existed()) return true;
  const auto& now = draft_.now().at(path);
  if (now.is_null() || now == value) return true;
  park({ProblemCode::ReadOnlyField, {}, path});
  return false;
}

bool Planner::make_room(const Op& op, const std::string& path, const Json& value, bool for_set) {
  const auto& record = draft_.now();
  if (record.body.empty()) return true;
  auto blocking = in_the_way(record.body, path);
  const auto& now = record.at(path);
  const bool other_shape = for_set ? !now.is_null() && !now.is_array() : now.is_structured();
  if (blocking.empty() && other_shape) blocking.push_back(path);
  if (blocking.empty()) return true;
  const auto& standing = blocking.front();
  if (!sight_.covers_values(op, record, standing)) {
    newcomer(op, path, value, standing);
    return false;
  }
  clear_out(standing);
  draft_.flush();
  return true;
}

void Planner::clear_out(const std::string& path) {
  const auto& now = draft_.now().at(path);
  if (now.is_object()) {
    for (const auto& [key, child] : now.items()) clear_out(join_path(path, key));
  } else if (now.is_array()) {
    for (const auto& element : now) draft_.note(Kind::RemoveElement, path, element);
  } else {
    draft_.note(Kind::Clear, path);
  }
}

}  // namespace anketa::merge
