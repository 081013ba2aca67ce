// plan(): what a mutation does to a record. One member function for every row of the table in docs/merge.md.
#include <unordered_set>

#include "shared/merge/merge.hpp"
#include "shared/merge/paragraphs.hpp"

namespace anketa::merge {
namespace {

class Planner {
 public:
  Planner(const RecordState* current, const Mutation& mutation, const Context& context, bool own_view)
      : current_(current), mutation_(mutation), context_(context), own_view_(own_view) {}

  Plan run() {
    collection_ = schema::collection(mutation_.collection);
    if (!own_view_ && !accept()) return std::move(plan_);
    if (current_ && current_->deleted) undelete();
    for (const auto& op : mutation_.ops) {
      take(op);
      if (plan_.parked) {
        plan_.changes.clear();
        plan_.conflicts.clear();
        break;
      }
    }
    return std::move(plan_);
  }

 private:
  bool park(Problem problem) {
    plan_.parked = std::move(problem);
    return false;
  }

  bool accept() {
    if (!collection_) return park({ProblemCode::UnknownCollection, {{"collection", mutation_.collection}}, {}});
    if (current_ && current_->collection != mutation_.collection)
      return park({ProblemCode::InvalidValue, {{"value", mutation_.collection}}, "collection"});
    if (current_ && !(current_->scope == mutation_.scope))
      return park({ProblemCode::InvalidValue, {{"value", scope_text(mutation_.scope)}}, "scope"});
    for (const auto& op : mutation_.ops)
      if (auto problem = schema::validate(*collection_, op)) return park(std::move(*problem));
    return true;
  }

  schema::Cell cell_of(const Op& op, std::string_view path, const Json& value) const {
    static const schema::Collection undeclared;
    return schema::resolve(collection_ ? *collection_ : undeclared, path, op.kind, value);
  }

  void take(const Op& op) {
    const auto cell = cell_of(op, op.path, op.value);
    switch (op.kind) {
      case OpKind::Set:
        return set(op, cell, op.path, op.value);
      case OpKind::Add:
        return add_element(join_path(op.path, op.value.get<std::string>()));
      case OpKind::Append:
        return append(op);
      case OpKind::Transition:
        return transition(op, cell);
      case OpKind::Remove:
        if (cell.kind == schema::CellKind::SetElement && op.value.is_string())
          return remove_element(op, join_path(op.path, op.value.get<std::string>()));
        if (cell.kind == schema::CellKind::Record) return remove_record(op);
        if (cell.kind == schema::CellKind::ListItem) return remove_item(op);
        return set(op, cell, op.path, Json());
    }
  }

  // What stands in a cell now, earlier ops of this mutation included.
  Json value_now(const std::string& path) const {
    if (const auto made = made_.find(path); made != made_.end()) return made->second;
    if (current_) return current_->at(path);
    return created_ ? value_at(plan_.changes.front().value, path) : Json();
  }

  bool mine(const Op& op, const Uuid& by) const {
    if (own_view_ || by == mutation_.id) return true;
    if (std::find(op.over.begin(), op.over.end(), by) != op.over.end()) return true;
    if (std::find(op.consumes.begin(), op.consumes.end(), by) != op.consumes.end()) return true;
    return context_.in_own_chain && context_.in_own_chain(by);
  }

  /// Whether nobody else has set the cell since the author saw it.
  bool unseen_by_others(const Op& op, const std::string& path) const {
    if (!current_ || made_.contains(path)) return true;
    const auto by = current_->provenance(path);
    return !by || mine(op, *by);
  }

  void change(CellChange::Kind kind, const std::string& path, Json value) {
    made_[path] = kind == CellChange::Kind::Clear ? Json() : value;
    plan_.changes.push_back({kind, path, std::move(value)});
  }

  // Scalars, long texts, and subtrees of them.
  void set(const Op& op, const schema::Cell& cell, const std::string& path, const Json& value) {
    if (value.is_object()) {
      if (!current_ && path.empty() && plan_.changes.empty()) return create(value);
      for (const auto& [key, child] : value.items()) {
        const auto child_path = join_path(path, key);
        set(op, cell_of(op, child_path, child), child_path, child);
      }
      // Keeping an item or a record that somebody wanted gone is an op that sets nothing and settles the conflict.
      if (path == op.path && !op.consumes.empty()) consume(op, path, value);
      return;
    }
    if (value.is_array()) return set_elements(op, path, value);
    if (value.is_null()) return clear(op, path);
    restore_item_above(op, path);
    if (cell.field && cell.field->immutable && !own_view_ && current_) {
      const auto now = value_now(path);
      if (!now.is_null() && now != value) {
        park({ProblemCode::ReadOnlyField, {}, path});
        return;
      }
    }
    if (cell.kind == schema::CellKind::Status && !check_first_status(op, cell, path, value)) return;
    put(op, cell, path, value);
  }

  /// A new record's first op takes the whole body at once; the commonest mutation of all, kept cheap.
  void create(const Json& body) {
    if (collection_ && !own_view_)
      for (const auto& field : collection_->fields) {
        if (field.kind != schema::Kind::Status) continue;
        const auto& status = value_at(body, field.name);
        if (!status.is_null() && status != field.values.front()) {
          park({ProblemCode::IllegalTransition, {{"from", "-"}, {"to", status.get<std::string>()}}, field.name});
          return;
        }
      }
    plan_.changes.push_back({CellChange::Kind::Set, {}, body});
    created_ = true;
  }

  bool check_first_status(const Op& op, const schema::Cell& cell, const std::string& path, const Json& value) {
    const auto now = value_now(path);
    if (now == value || own_view_ || !op.consumes.empty()) return true;
    if (now.is_null() && value == cell.field->values.front()) return true;
    return park({ProblemCode::IllegalTransition,
                 {{"from", now.is_string() ? now.get<std::string>() : "-"}, {"to", value.get<std::string>()}},
                 path});
  }

  void put(const Op& op, const schema::Cell& cell, const std::string& path, const Json& value) {
    if (unseen_by_others(op, path) || is_position(path)) {
      change(CellChange::Kind::Set, path, value);
      settle(op, path, value);
      return;
    }
    if (value_now(path) == value) {
      if (!op.consumes.empty()) consume(op, path, value);
      return;
    }
    if (cell.kind == schema::CellKind::LongText && merge_text(op, path, value)) return;
    become_side(op, path, value);
  }

  /// Concurrent moves within a list settle silently: the later one to arrive counts.
  static bool is_position(const std::string& path) { return path.ends_with("/pos"); }

  bool merge_text(const Op& op, const std::string& path, const Json& value) {
    const auto now = value_now(path);
    if (!now.is_string() || !value.is_string()) return false;
    std::string base;
    if (!op.over.empty()) {
      const auto seen = context_.earlier ? context_.earlier(op.over.front(), path) : std::nullopt;
      if (!seen || !seen->value.is_string()) return false;
      base = seen->value.get<std::string>();
    }
    const auto merged = merge_paragraphs(base, now.get<std::string>(), value.get<std::string>());
    if (!merged) return false;
    change(CellChange::Kind::Set, path, *merged);
    return true;
  }

  void clear(const Op& op, const std::string& path) {
    const auto now = value_now(path);
    if (now.is_object()) {
      for (const auto& [key, child] : now.items()) clear(op, join_path(path, key));
      return;
    }
    if (now.is_array()) {
      for (const auto& element : now) remove_element(op, join_path(path, element.get<std::string>()));
      return;
    }
    if (unseen_by_others(op, path)) {
      change(CellChange::Kind::Clear, path, Json());
      settle(op, path, Json());
    } else if (!now.is_null()) {
      become_side(op, path, Json());
    }
  }

  // Sets.
  void add_element(const std::string& path) {
    if (value_now(path).is_null()) change(CellChange::Kind::AddElement, path, true);
  }

  /// A concurrent add, one the author did not see, beats the remove.
  void remove_element(const Op& op, const std::string& path) {
    if (value_now(path).is_null()) return;
    if (unseen_by_others(op, path)) {
      plan_.changes.push_back({CellChange::Kind::RemoveElement, path, {}});
      made_[path] = Json();
    }
  }

  /// A set given whole: its elements are added, and those the author saw and left out are removed.
  void set_elements(const Op& op, const std::string& path, const Json& wanted) {
    restore_item_above(op, path);
    const auto now = value_now(path);
    for (const auto& element : wanted) add_element(join_path(path, element.get<std::string>()));
    if (!now.is_array()) return;
    for (const auto& element : now)
      if (std::find(wanted.begin(), wanted.end(), element) == wanted.end())
        remove_element(op, join_path(path, element.get<std::string>()));
  }

  // Logs: entries are united by id; nothing changes an entry once it stands.
  void append(const Op& op) {
    const auto path = join_path(op.path, string_or_empty(op.value, "id"));
    auto entry = op.value;
    entry.erase("id");
    const auto now = value_now(path);
    if (now == entry) return;
    if (!now.is_null()) {
      become_side(op, path, entry);
      return;
    }
    change(CellChange::Kind::Set, path, std::move(entry));
  }

  // Lists.
  void remove_item(const Op& op) {
    const auto item = value_now(op.path);
    if (item.is_null()) return;
    const bool seen_all = !current_ || all_seen(op, op.path);
    if (seen_all) {
      plan_.changes.push_back({CellChange::Kind::RemoveItem, op.path, {}});
      made_[op.path] = Json();
      if (!op.consumes.empty()) consume(op, op.path, Json());
      return;
    }
    become_side(op, op.path, Json());
  }

  bool all_seen(const Op& op, std::string_view path) const {
    const auto below = current_->provenance_below(path);
    return std::all_of(below.begin(), below.end(), [&](const Uuid& by) { return mine(op, by); });
  }

  /// An edit inside an item that somebody else has removed meanwhile brings the item back and opens a conflict.
  void restore_item_above(const Op& op, const std::string& path) {
    if (!current_ || current_->removed.empty()) return;
    for (auto slash = path.rfind('/'); slash != std::string::npos && slash > 0; slash = path.rfind('/', slash - 1)) {
      const auto item = path.substr(0, slash);
      const auto removed = current_->removed.find(item);
      if (removed == current_->removed.end() || restored_.contains(item)) continue;
      restored_.insert(item);
      if (mine(op, removed->second.by)) continue;
      change(CellChange::Kind::RestoreItem, item, removed->second.value);
      open_conflict(item, op).sides.push_back(side_of(removed->second.by, item, Json()));
      return;
    }
  }

  // Whole records.
  void remove_record(const Op& op) {
    if (!current_) {
      change(CellChange::Kind::DeleteRecord, {}, {});
      return;
    }
    if (current_->deleted) return;
    if (all_seen(op, {})) {
      plan_.changes.push_back({CellChange::Kind::DeleteRecord, {}, {}});
      if (!op.consumes.empty()) consume(op, {}, Json());
      return;
    }
    become_side(op, {}, Json());
  }

  /// A record somebody deleted and another edits is not destroyed.
  void undelete() {
    const bool only_removes = std::all_of(mutation_.ops.begin(), mutation_.ops.end(),
                                          [](const Op& op) { return op.kind == OpKind::Remove && op.path.empty(); });
    if (only_removes) return;
    const auto by = current_->provenance("");
    const auto& first = mutation_.ops.front();
    plan_.changes.push_back({CellChange::Kind::RestoreRecord, {}, {}});
    if (!by || mine(first, *by)) return;
    open_conflict({}, first).sides.push_back(side_of(*by, {}, Json()));
  }

  // Statuses.
  void transition(const Op& op, const schema::Cell& cell) {
    const auto from = op.value.at("from").get<std::string>();
    const auto to = op.value.at("to").get<std::string>();
    auto now_value = value_now(op.path);
    const auto now = now_value.is_string() ? now_value.get<std::string>() : cell.field->values.front();
    if (now == to && !own_view_) return facts(op);
    const bool legal = std::any_of(cell.field->transitions.begin(), cell.field->transitions.end(),
                                   [&](const schema::Transition& t) { return t.from == now && t.to == to; });
    if (legal || own_view_) {
      change(CellChange::Kind::Set, op.path, to);
      if (!op.consumes.empty()) consume(op, op.path, to);
      return facts(op);
    }
    const bool declared = std::any_of(cell.field->transitions.begin(), cell.field->transitions.end(),
                                      [&](const schema::Transition& t) { return t.from == from && t.to == to; });
    if (!declared || unseen_by_others(op, op.path)) {
      park({ProblemCode::IllegalTransition, {{"from", now}, {"to", to}}, op.path});
      return;
    }
    become_side(op, op.path, op.value);
  }

  /// What is noted along with a change of status: fields of the same record, merged as any others.
  void facts(const Op& op) {
    const auto found = op.value.find("facts");
    if (found == op.value.end() || !found->is_object()) return;
    Op note{OpKind::Set, {}, *found, op.over, op.consumes};
    if (collection_ && !own_view_)
      if (auto problem = schema::validate(*collection_, note)) {
        park(std::move(*problem));
        return;
      }
    for (const auto& [key, value] : found->items()) set(note, cell_of(note, key, value), key, value);
  }

  // Conflicts.
  Side side_of(const Uuid& mutation, std::string_view path, Json value) const {
    Side side{std::move(value), mutation, {}, 0, false};
    if (const auto earlier = context_.earlier ? context_.earlier(mutation, path) : std::nullopt) {
      side.user = earlier->user;
      side.at = earlier->at;
    }
    return side;
  }

  Conflict& conflict_at(const std::string& path, const Op& op) {
    const auto planned = plan_.conflicts.find(path);
    if (planned != plan_.conflicts.end()) return planned->second;
    const auto known = context_.conflicts.find(path);
    if (known != context_.conflicts.end()) return plan_.conflicts[path] = known->second;
    Conflict fresh;
    fresh.record = mutation_.record;
    fresh.collection = mutation_.collection;
    fresh.path = path;
    if (!op.over.empty() && context_.earlier)
      if (const auto base = context_.earlier(op.over.front(), path)) fresh.base = base->value;
    return plan_.conflicts[path] = std::move(fresh);
  }

  /// The conflict of a path with the newcomer's restored or kept value as its side.
  Conflict& open_conflict(const std::string& path, const Op& op) {
    auto& conflict = conflict_at(path, op);
    conflict.open = true;
    plan_.conflicted = true;
    return conflict;
  }

  /// The incumbent stays in effect, the newcomer is kept beside it.
  void become_side(const Op& op, const std::string& path, const Json& value) {
    auto& conflict = open_conflict(path, op);
    if (current_) note_incumbent(conflict, path);
    const auto mine_already = std::find_if(conflict.sides.begin(), conflict.sides.end(), [&](const Side& side) {
      return !side.consumed &&
             (side.mutation == mutation_.id || (side.user == mutation_.user && mine(op, side.mutation)));
    });
    mark_consumed(op, conflict);
    Side side{value, mutation_.id, mutation_.user, mutation_.at, false};
    if (mine_already != conflict.sides.end())
      *mine_already = std::move(side);
    else
      conflict.sides.push_back(std::move(side));
  }

  void note_incumbent(Conflict& conflict, const std::string& path) {
    auto by = current_->provenance(path);
    if (!by) {
      const auto below = current_->provenance_below(path);
      if (below.empty()) return;
      by = *below.rbegin();
    }
    const bool known = std::any_of(conflict.sides.begin(), conflict.sides.end(),
                                   [&](const Side& side) { return side.mutation == *by && !side.consumed; });
    if (!known) conflict.sides.push_back(side_of(*by, path, current_->at(path)));
  }

  /// An ordinary edit settles nothing, but the value it was made over makes way for it among the sides.
  void succeed(const Op& op, const std::string& path, const Json& value) {
    const auto known = context_.conflicts.find(path);
    if (known == context_.conflicts.end() || !known->second.open || !current_) return;
    const auto by = current_->provenance(path);
    if (!by) return;
    auto& conflict = conflict_at(path, op);
    for (auto& side : conflict.sides)
      if (side.mutation == *by && !side.consumed) side = Side{value, mutation_.id, mutation_.user, mutation_.at, false};
  }

  void settle(const Op& op, const std::string& path, const Json& value) {
    if (op.consumes.empty())
      succeed(op, path, value);
    else
      consume(op, path, value);
  }

  static void mark_consumed(const Op& op, Conflict& conflict) {
    for (auto& side : conflict.sides)
      if (std::find(op.consumes.begin(), op.consumes.end(), side.mutation) != op.consumes.end()) side.consumed = true;
  }

  void consume(const Op& op, const std::string& path, const Json& value) {
    if (!context_.conflicts.contains(path) && !plan_.conflicts.contains(path)) return;
    auto& conflict = conflict_at(path, op);
    mark_consumed(op, conflict);
    conflict.open =
        std::any_of(conflict.sides.begin(), conflict.sides.end(), [](const Side& side) { return !side.consumed; });
    if (!conflict.open) return;
    // Sides that came meanwhile stay open against the value now in effect.
    conflict.sides.push_back(Side{value, mutation_.id, mutation_.user, mutation_.at, false});
  }

  const RecordState* current_;
  const Mutation& mutation_;
  const Context& context_;
  const bool own_view_;
  const schema::Collection* collection_ = nullptr;
  /// The plan's first change is the whole body of a new record.
  bool created_ = false;
  std::map<std::string, Json> made_;
  std::unordered_set<std::string> restored_;
  Plan plan_;
};

}  // namespace

Plan plan(const RecordState* current, const Mutation& mutation, const Context& context) {
  return Planner(current, mutation, context, false).run();
}

Plan plan_own_view(const RecordState& view, const Mutation& mutation) {
  static const Context nothing;
  return Planner(view.version == 0 && view.by.is_nil() ? nullptr : &view, mutation, nothing, true).run();
}

}  // namespace anketa::merge
