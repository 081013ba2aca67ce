#include "shared/merge/conflict_book.hpp"

#include "shared/record/mutant.hpp"

namespace anketa::merge {
namespace {

/// Open as long as an unconsumed side differs from the value in effect; a resolved conflict has none left.
void review(Conflict& conflict, const Json& in_effect) {
  conflict.open = std::any_of(conflict.sides.begin(), conflict.sides.end(),
                              [&](const Side& side) { return !side.consumed && side.value != in_effect; });
  if (conflict.open && !ANKETA_MUTANT("unseen_side_closed")) return;
  for (auto& side : conflict.sides) side.consumed = true;
}

bool consume_named(const Op& op, Conflict& conflict) {
  bool any = false;
  for (auto& side : conflict.sides)
    if (!side.consumed && Sight::contains(op.consumes, side.mutation)) any = side.consumed = true;
  return any;
}

/// One side for each mutation: one that comes again is open again.
void put_side(Conflict& conflict, Side side) {
  const auto same = std::find_if(conflict.sides.begin(), conflict.sides.end(),
                                 [&](const Side& known) { return known.mutation == side.mutation; });
  if (same == conflict.sides.end())
    conflict.sides.push_back(std::move(side));
  else
    *same = std::move(side);
}

}  // namespace

void ConflictBook::add_newcomer(const Op& op, const RecordState& record, const std::string& path, const Json& value,
                                std::string_view standing) {
  auto& conflict = open(path, op);
  note_standing(conflict, op, record, standing);
  consume_named(op, conflict);
  for (auto& side : conflict.sides)
    if (side.user == mutation_.user && sight_.covers_before_resolving(op, side.mutation)) side.consumed = true;
  put_side(conflict, {value, mutation_.id, mutation_.user, mutation_.at, false});
}

void ConflictBook::add_removal(const Op& op, const std::string& path, const Uuid& removed_by) {
  put_side(open(path, op), side_of(removed_by, path, Json()));
}

void ConflictBook::settle(const Op& op, const RecordState& record, const std::string& path, const Json& value,
                          const Uuid& by) {
  // A resolution is one at its own path only: to the cells below it, it is an edit like any other.
  if (op.consumes.empty() || path != op.path)
    overtake(record, path, value, by);
  else
    consume(op, path, value, by);
}

void ConflictBook::now_in_effect(const std::string& path, const Json& value) {
  const auto* known = find(path);
  if (!known || !known->open) return;
  auto conflict = *known;
  review(conflict, value);
  if (!conflict.open) changed_[path] = std::move(conflict);
}

void ConflictBook::agree(const Op& op, const std::string& path, const Json& value) {
  const auto* known = find(path);
  if (!known) return;
  auto conflict = *known;
  bool any = consume_named(op, conflict);
  for (auto& side : conflict.sides)
    if (!side.consumed && side.user == mutation_.user && sight_.covers_before_resolving(op, side.mutation))
      any = side.consumed = true;
  if (!any) return;
  review(conflict, value);
  changed_[path] = std::move(conflict);
}

const Conflict* ConflictBook::find(const std::string& path) {
  if (const auto changed = changed_.find(path); changed != changed_.end()) return &changed->second;
  if (const auto known = known_.find(path); known != known_.end()) return &known->second;
  if (!context_.conflict) return nullptr;
  auto found = context_.conflict(path);
  return found ? &known_.emplace(path, std::move(*found)).first->second : nullptr;
}

Conflict& ConflictBook::open(const std::string& path, const Op& op) {
  opened_ = true;
  if (const auto* known = find(path)) {
    auto& conflict = changed_.try_emplace(path, *known).first->second;
    conflict.open = true;
    return conflict;
  }
  Conflict fresh;
  fresh.record = mutation_.record;
  fresh.collection = mutation_.collection;
  fresh.path = path;
  if (op.over.size() == 1 && context_.earlier)
    if (const auto base = context_.earlier(op.over.front(), path)) fresh.base = base->value;
  return changed_[path] = std::move(fresh);
}

Side ConflictBook::side_of(const Uuid& mutation, std::string_view path, Json value) const {
  Side side{std::move(value), mutation, {}, 0, false};
  if (const auto earlier = context_.earlier ? context_.earlier(mutation, path) : std::nullopt) {
    side.user = earlier->user;
    side.at = earlier->at;
  }
  return side;
}

/// What stands is a side too. Of an item or a record, in the name of the newest edit the author has not seen.
void ConflictBook::note_standing(Conflict& conflict, const Op& op, const RecordState& record,
                                 std::string_view path) const {
  std::optional<Uuid> by;
  for (const auto& each : record.provenance_below(path))
    if (!sight_.covers(op, each)) by = each;
  if (!by) return;
  const bool known = std::any_of(conflict.sides.begin(), conflict.sides.end(),
                                 [&](const Side& side) { return side.mutation == *by && !side.consumed; });
  if (!known) put_side(conflict, side_of(*by, path, record.at(path)));
}

void ConflictBook::consume(const Op& op, const std::string& path, const Json& value, const Uuid& by) {
  const auto* known = find(path);
  if (!known) return;
  auto conflict = *known;
  consume_named(op, conflict);
  review(conflict, value);
  // Sides that came meanwhile stay open against the value now in effect.
  if (conflict.open) put_side(conflict, {value, by, mutation_.user, mutation_.at, false});
  changed_[path] = std::move(conflict);
}

void ConflictBook::overtake(const RecordState& record, const std::string& path, const Json& value, const Uuid& by) {
  const auto* known = find(path);
  if (!known || !known->open) return;
  const auto before = record.provenance(path);
  if (!before) return;
  auto conflict = *known;
  bool any = false;
  for (auto& side : conflict.sides)
    if (side.mutation == *before && !side.consumed) any = side.consumed = true;
  if (!any) return;
  put_side(conflict, {value, by, mutation_.user, mutation_.at, false});
  review(conflict, value);
  changed_[path] = std::move(conflict);
}

}  // namespace anketa::merge
