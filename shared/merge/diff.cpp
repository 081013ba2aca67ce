// From what a user wants to the ops that say so, each with what his view showed.
#include "shared/merge/merge.hpp"
#include "shared/merge/paths.hpp"

namespace anketa::merge {
namespace {

bool has(const Json& set, const Json& element) {
  return set.is_array() && std::find(set.begin(), set.end(), element) != set.end();
}

class Differ {
 public:
  Differ(const RecordState& view, const schema::Collection& collection) : view_(view), collection_(collection) {}

  std::vector<Op> run(const Json& wanted) {
    for (const auto& field : collection_.fields)
      if (field.kind == schema::Kind::Status) gather_facts(field, wanted);
    members({}, wanted);
    return std::move(ops_);
  }

 private:
  /// What a step of the status needs goes along with the step, not as edits of its own.
  void gather_facts(const schema::Field& status, const Json& wanted) {
    const auto& to = value_at(wanted, status.name);
    const auto* guard = to.is_string() && to != view_.at(status.name) ? status.guard(to.get<std::string>()) : nullptr;
    if (!guard) return;
    for (const auto& need : guard->needs)
      if (const auto& fact = value_at(wanted, need); !fact.is_null()) facts_[need] = fact;
  }

  void members(const std::string& path, const Json& wanted) {
    for (const auto& [key, value] : wanted.items()) one(join_path(path, key), value);
  }

  void one(const std::string& path, const Json& wanted) {
    const auto& now = view_.at(path);
    if (now == wanted || facts_.contains(path)) return;
    const auto cell = schema::resolve(collection_, path, OpKind::Set, wanted);
    using Kind = schema::CellKind;
    if (wanted.is_null())
      push({cell.kind == Kind::ListItem ? OpKind::Remove : OpKind::Set, path, nullptr, {}, {}});
    else if (cell.kind == Kind::Status)
      status(cell, path, now, wanted);
    else if (wanted.is_array())
      elements(path, now, wanted);
    else if (wanted.is_object())
      object(cell, path, now, wanted);
    else
      push({OpKind::Set, path, wanted, {}, {}});
  }

  void status(const schema::Cell& cell, const std::string& path, const Json& now, const Json& wanted) {
    const Json first = cell.field->values.front();
    if (now.is_null() && wanted == first) return push({OpKind::Set, path, wanted, {}, {}});
    Json step{{"from", now.is_null() ? first : now}, {"to", wanted}};
    if (!facts_.empty()) step["facts"] = facts_;
    push({OpKind::Transition, path, std::move(step), {}, {}});
  }

  void object(const schema::Cell& cell, const std::string& path, const Json& now, const Json& wanted) {
    if (!now.is_null() || cell.kind == schema::CellKind::Log) return members(path, wanted);
    auto whole = normalised(wanted);
    if (whole.is_null()) return;
    if (cell.kind == schema::CellKind::LogEntry) {
      whole["id"] = last_of(path);
      push({OpKind::Append, cell.container, std::move(whole), {}, {}});
    } else {
      push({OpKind::Set, path, std::move(whole), {}, {}});
    }
  }

  void elements(const std::string& path, const Json& now, const Json& wanted) {
    const auto sorted = normalised(wanted);
    for (const auto& element : sorted)
      if (!has(now, element)) push({OpKind::Add, path, element, {}, {}});
    if (!now.is_array()) return;
    for (const auto& element : now)
      if (!has(sorted, element)) push({OpKind::Remove, path, element, {}, {}});
  }

  void push(Op op) {
    note_what_was_seen(op, view_);
    ops_.push_back(std::move(op));
  }

  const RecordState& view_;
  const schema::Collection& collection_;
  Json facts_ = Json::object();
  std::vector<Op> ops_;
};

/// Collects what a view shows at, below and in place of a path.
class Seen {
 public:
  explicit Seen(const RecordState& view) : view_(view) {}

  void cell(std::string_view path) {
    ids_.merge(view_.provenance_below(path));
    for (auto above = parent_of(path); !above.empty(); above = parent_of(above))
      if (const auto& standing = view_.at(above); !standing.is_null() && !standing.is_object())
        ids_.merge(view_.provenance_below(above));
  }

  void removed_at_or_above(std::string_view path) {
    if (view_.removed.empty()) return;
    for (std::string above(path); !above.empty(); above = parent_of(above))
      if (const auto found = view_.removed.find(above); found != view_.removed.end()) ids_.insert(found->second.by);
  }

  void deletion() {
    if (!view_.deleted) return;
    if (const auto by = view_.provenance("")) ids_.insert(*by);
  }

  std::vector<Uuid> take() { return {ids_.begin(), ids_.end()}; }

 private:
  const RecordState& view_;
  std::set<Uuid> ids_;
};

}  // namespace

std::vector<Op> diff(const RecordState& view, const schema::Collection& collection, const Json& wanted) {
  return Differ(view, collection).run(wanted);
}

void note_what_was_seen(Op& op, const RecordState& view) {
  Seen seen(view);
  const bool element = (op.kind == OpKind::Add || op.kind == OpKind::Remove) && op.value.is_string();
  const auto path = element ? join_path(op.path, op.value.get_ref<const std::string&>()) : op.path;
  seen.cell(op.kind == OpKind::Append ? join_path(path, string_or_empty(op.value, "id")) : path);
  if (element && !view.at(op.path).is_array()) seen.cell(op.path);
  if (op.kind == OpKind::Transition && op.value.is_object())
    each_cell(op.value.value("facts", Json::object()), {},
              [&](const std::string& fact, const Json&) { seen.cell(fact); });
  seen.removed_at_or_above(op.path);
  seen.deletion();
  op.over = seen.take();
}

}  // namespace anketa::merge
