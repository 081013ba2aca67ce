#include "tools/simulation/effect_check.hpp"

#include "shared/schema/schema.hpp"
#include "tools/simulation/violation.hpp"
#include "tools/simulation/words.hpp"

namespace anketa::simulation {
namespace {

bool contains(const std::vector<Uuid>& ids, const Uuid& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool touches(const std::string& a, const std::string& b) {
  return is_below(a, b) || is_below(b, a);
}

/// Path of the cell an op of a set or log means.
std::string target(const Op& op) {
  const bool element = (op.kind == OpKind::Add || op.kind == OpKind::Remove) && op.value.is_string();
  if (element) return join_path(op.path, op.value.get<std::string>());
  if (op.kind == OpKind::Append) return join_path(op.path, string_or_empty(op.value, "id"));
  return op.path;
}

/// Whether the op may change the cell: at its path, above or below it, or as a fact of a step.
bool reaches(const Op& op, const std::string& path) {
  if (touches(target(op), path)) return true;
  if (op.kind != OpKind::Transition || !op.value.contains("facts")) return false;
  const auto& facts = op.value.at("facts");
  return std::any_of(facts.items().begin(), facts.items().end(),
                     [&](const auto& fact) { return touches(fact.key(), path); });
}

/// Positions settle by themselves: concurrent moves lose nothing that anybody typed.
bool is_position(const std::string& path) {
  return path.size() > 4 && path.ends_with("/pos");
}

schema::CellKind kind_of(const RecordState& record, const std::string& path, const Json& value) {
  static const schema::Collection undeclared;
  const auto* declared = schema::collection(record.collection);
  return schema::resolve(declared ? *declared : undeclared, path, OpKind::Set, value).kind;
}

}  // namespace

void EffectCheck::run() {
  // What is left of the mutations of a record that was erased says nothing any more.
  if (watch_.erased(change_.after->id) == ErasedPart::Whole) return;
  for (std::size_t i = 0; i < change_.mutations.size(); ++i) {
    for (const auto& op : change_.mutations[i].ops) check_new(i, op);
    check_shown(i);
  }
  if (change_.before) {
    each_cell(change_.before->body, "", [&](const std::string& path, const Json& value) {
      if (change_.after->at(path) != value) check_old(path, value);
    });
    check_deletions();
  }
  texts_.remember(*change_.after);
}

/// An edit leaves a record deleted only where it was deleted again by somebody who saw the edit.
void EffectCheck::check_shown(std::size_t number) {
  const auto& ops = change_.mutations[number].ops;
  const auto removes = [](const Op& op) { return op.kind == OpKind::Remove && op.path.empty(); };
  // Taking an element out of a set that never had it changes nothing, and emptying a cell says nothing that a deletion
  // of the whole would lose.
  const auto idle = [](const Op& op) {
    if (op.kind == OpKind::Set) return op.value.is_null();
    return op.kind == OpKind::Remove && op.value.is_string() && op.over.empty();
  };
  if (!change_.after->deleted || std::any_of(ops.begin(), ops.end(), removes)) return;
  if (std::all_of(ops.begin(), ops.end(), idle)) return;
  // Nor does an erasure bring a record back.
  const auto& mutation = change_.mutations[number];
  if (watch_.is_server(mutation.user) || watch_.taken_out(mutation.id, "")) return;
  if (!followed(number, "")) lost("", ops.front().value, "an edit was made to a deleted record");
}

void EffectCheck::check_deletions() {
  const auto &before = *change_.before, &after = *change_.after;
  if (before.deleted && !after.deleted) ++merges_["record_restored"];
  for (const auto& [path, removed] : before.removed)
    if (!after.removed.contains(path) && !after.at(path).is_null()) ++merges_["item_restored"];
  if (before.deleted || !after.deleted) return;
  // Whoever removes a record has seen all of it.
  each_cell(before.body, "", [&](const std::string& path, const Json& value) {
    if (is_position(path)) return;
    if (const auto by = before.provenance(path); by && !replaced_knowingly("", *by) && !replaced_knowingly(path, *by))
      lost(path, value, "the record was removed over an edit its remover had not seen");
  });
}

void EffectCheck::check_new(std::size_t number, const Op& op) {
  const auto path = target(op);
  const auto each = [&](const Json& value, const std::string& below) {
    each_cell(value, below, [&](const std::string& cell, const Json& leaf) { check_value(number, op, cell, leaf); });
  };
  switch (op.kind) {
    case OpKind::Add:
      if (watch_.taken_out(change_.mutations[number].id, path)) return;
      return check_value(number, op, path, true);
    case OpKind::Append: {
      auto entry = op.value;
      entry.erase("id");
      return each(normalised(entry), path);
    }
    case OpKind::Transition:
      check_value(number, op, path, op.value.at("to"));
      // A step that could not be made is a side whole, with what was noted along.
      if (op.value.contains("facts") && !is_side(change_.mutations[number].id, path)) each(op.value.at("facts"), "");
      return;
    case OpKind::Remove:
      if (op.value.is_string()) return check_removed_element(number, op, path);
      return check_value(number, op, path, nullptr);
    case OpKind::Set:
      if (op.value.is_null()) return check_value(number, op, path, nullptr);
      return each(op.value, path);
  }
}

void EffectCheck::check_value(std::size_t number, const Op& op, const std::string& path, const Json& value) {
  const auto& mutation = change_.mutations[number];
  const auto& after = *change_.after;
  const bool text = value.is_string() && kind_of(after, path, value) == schema::CellKind::LongText;
  const bool in_effect = path.empty() ? after.deleted && value.is_null() : after.at(path) == value;
  if (in_effect || is_position(path) || followed(number, path) || is_side(mutation.id, path) ||
      stood_already(number, path, value)) {
    if (text) texts_.own_words(after.id, path, mutation.id, value.get_ref<const std::string&>());
    return;
  }
  // An op of the same mutation further on has changed the cell again.
  for (const auto* later = &op + 1; later < mutation.ops.data() + mutation.ops.size(); ++later)
    if (reaches(*later, path)) return;
  if (stepped_from(value, path, number + 1)) return;
  // Emptying what was empty leaves no trace.
  if (value.is_null() && !path.empty() && (!change_.before || change_.before->at(path).is_null())) return;
  // The beginning of a status that somebody else has passed already.
  if (op.kind == OpKind::Set && kind_of(after, path, value) == schema::CellKind::Status && op.over.empty()) return;
  if (text) return check_text(op, path, value.get_ref<const std::string&>(), mutation);
  lost(path, value, "it is neither in effect nor a side of a conflict");
}

/// Whether the value stood there when the mutation came, or the deletion: then it is that one's affair what becomes of
/// it.
bool EffectCheck::stood_already(std::size_t number, const std::string& path, const Json& value) const {
  const auto says_it = [&](const Op& op) {
    if (op.kind == OpKind::Remove) return value.is_null() && op.value.is_null();
    return op.kind == OpKind::Set && op.value == value;
  };
  for (auto i = number; i-- > 0;) {
    const auto& ops = change_.mutations[i].ops;
    for (auto op = ops.rbegin(); op != ops.rend(); ++op)
      if (reaches(*op, path)) return op->path == path && says_it(*op);
  }
  return change_.before && !path.empty() && !value.is_null() && change_.before->at(path) == value;
}

/// What others wrote may stand in his text; what he wrote himself has to.
void EffectCheck::check_text(const Op&, const std::string& path, const std::string& text, const Mutation& mutation) {
  ++merges_["text_merged"];
  const auto& now = change_.after->at(path);
  const auto there = marked_words(now.is_string() ? now.get_ref<const std::string&>() : std::string());
  for (const auto& word : texts_.own_words(change_.after->id, path, mutation.id, text))
    if (!there.contains(word)) lost(path, text, "the word " + word + " was not merged");
}

/// An add the remover had not seen beats him.
void EffectCheck::check_removed_element(std::size_t number, const Op& op, const std::string& path) {
  const auto& after = *change_.after;
  if (after.at(path).is_null() || followed(number, path)) return;
  const auto by = after.provenance(path);
  const auto& mutation = change_.mutations[number];
  if (by && !saw(mutation, op, *by)) {
    ++merges_["add_beat_remove"];
    return;
  }
  for (const auto* later = &op + 1; later < mutation.ops.data() + mutation.ops.size(); ++later)
    if (reaches(*later, path)) return;
  lost(path, nullptr, "an element was removed by one who saw it, and is there");
}

void EffectCheck::check_old(const std::string& path, const Json& value) {
  const auto& before = *change_.before;
  const auto by = before.provenance(path);
  if (!by || is_position(path) || replaced_knowingly(path, *by)) return;
  if (has_side(path, [&](const merge::Side& side) { return side.mutation == *by || side.value == value; })) return;
  const auto kind = kind_of(before, path, value);
  if (stepped_from(value, path, 0)) return;
  if (kind == schema::CellKind::LongText && value.is_string() && words_accounted(path, value.get<std::string>()))
    return;
  lost(path, value, "it was replaced by somebody who had not seen it");
}

/// A word may go from a text only by one who saw it there.
bool EffectCheck::words_accounted(const std::string& path, const std::string& before) const {
  const auto& now = change_.after->at(path);
  const auto there = marked_words(now.is_string() ? now.get_ref<const std::string&>() : std::string());
  for (const auto& word : marked_words(before)) {
    if (there.contains(word)) continue;
    const auto dropped = [&](const Mutation& mutation) {
      // What an op before it in the same mutation says, its author has seen as well.
      const std::string* before_it = nullptr;
      for (const auto& op : mutation.ops) {
        if (op.path != path || !op.value.is_string()) continue;
        const auto& text = op.value.get_ref<const std::string&>();
        const auto* seen = op.over.empty() ? before_it : texts_.text(change_.after->id, path, op.over.front());
        const bool unknown = !seen && !op.over.empty();
        if (unknown || (seen && marked_words(*seen).contains(word) && !marked_words(text).contains(word))) return true;
        before_it = &text;
      }
      return false;
    };
    if (!std::any_of(change_.mutations.begin(), change_.mutations.end(), dropped)) return false;
  }
  return true;
}

bool EffectCheck::saw(const Mutation& mutation, const Op& op, const Uuid& seen) const {
  return mutation.id == seen || contains(op.over, seen) || contains(op.consumes, seen) ||
         watch_.in_chain(mutation, seen);
}

bool EffectCheck::followed(std::size_t number, const std::string& path) const {
  const auto& earlier = change_.mutations[number].id;
  for (auto i = number + 1; i < change_.mutations.size(); ++i) {
    const auto& later = change_.mutations[i];
    // Whoever edits on the same device sees what was done there.
    const bool own = later.device == change_.mutations[number].device;
    for (const auto& op : later.ops)
      if (reaches(op, path) && (own || saw(later, op, earlier))) return true;
  }
  return false;
}

bool EffectCheck::stepped_from(const Json& status, const std::string& path, std::size_t first) const {
  const auto* collection = schema::collection(change_.after->collection);
  const auto* field = collection ? collection->field(path) : nullptr;
  if (!field || field->kind != schema::Kind::Status) return false;
  const auto legal = [&](const std::string& to) {
    return std::any_of(field->transitions.begin(), field->transitions.end(),
                       [&](const schema::Transition& step) { return status == step.from && step.to == to; });
  };
  for (auto i = first; i < change_.mutations.size(); ++i)
    for (const auto& op : change_.mutations[i].ops)
      if (op.kind == OpKind::Transition && op.path == path && legal(string_or_empty(op.value, "to"))) return true;
  return false;
}

bool EffectCheck::replaced_knowingly(const std::string& path, const Uuid& provenance) const {
  for (const auto& mutation : change_.mutations)
    for (const auto& op : mutation.ops)
      if (reaches(op, path) && saw(mutation, op, provenance)) return true;
  return false;
}

bool EffectCheck::is_side(const Uuid& mutation, const std::string& path) const {
  return has_side(path, [&](const merge::Side& side) {
    if (side.mutation == mutation) return true;
    // A later edit of the same author takes its ancestor's place.
    auto at = watch_.find(side.mutation);
    while (at && at->prev) {
      if (*at->prev == mutation) return true;
      at = watch_.find(*at->prev);
    }
    return false;
  });
}

/// Of the conflicts at the path or above it.
bool EffectCheck::has_side(const std::string& path, const std::function<bool(const merge::Side&)>& test) const {
  auto at = path;
  for (;;) {
    if (const auto conflict = watch_.conflict(change_.after->id, at))
      if (std::any_of(conflict->sides.begin(), conflict->sides.end(), test)) return true;
    if (at.empty()) return false;
    const auto slash = at.rfind('/');
    at.resize(slash == std::string::npos ? 0 : slash);
  }
}

void EffectCheck::lost(const std::string& path, const Json& value, const std::string& what) const {
  Json ops = Json::array();
  for (const auto& mutation : change_.mutations) ops.push_back(to_json(mutation));
  throw Violation(Invariant::Accounted,
                  "value " + value.dump() + " at '" + path + "' of " + change_.after->collection + " " +
                      change_.after->id.text() + ": " + what + "; the commit: " + ops.dump() +
                      " before: " + (change_.before ? to_json(*change_.before).dump() : "nothing") +
                      " after: " + to_json(*change_.after).dump());
}

}  // namespace anketa::simulation
