// From what a user wants to the ops that say so, each with what his view showed.
#include "shared/merge/merge.hpp"

namespace anketa::merge {
namespace {

class Differ {
 public:
  Differ(const RecordState& view, const schema::Collection& collection) : view_(view), collection_(collection) {}

  std::vector<Op> run(const Json& wanted) {
    below({}, wanted);
    return std::move(ops_);
  }

 private:
  void below(const std::string& path, const Json& wanted) {
    for (const auto& [key, value] : wanted.items()) one(join_path(path, key), value);
  }

  void one(const std::string& path, const Json& wanted) {
    const auto& now = view_.at(path);
    if (now == wanted) return;
    const auto cell = schema::resolve(collection_, path, OpKind::Set, wanted);
    using Kind = schema::CellKind;
    if (wanted.is_null()) {
      const bool item = cell.kind == Kind::ListItem;
      if (!now.is_null()) push({item ? OpKind::Remove : OpKind::Set, path, nullptr, {}, {}});
    } else if (cell.kind == Kind::Status && now.is_string()) {
      push({OpKind::Transition, path, {{"from", now}, {"to", wanted}}, {}, {}});
    } else if (wanted.is_array()) {
      elements(path, now, wanted);
    } else if (cell.kind == Kind::LogEntry && now.is_null() && wanted.is_object()) {
      auto entry = wanted;
      entry["id"] = path.substr(path.rfind('/') + 1);
      push({OpKind::Append, cell.container, std::move(entry), {}, {}});
    } else if (wanted.is_object() && !now.is_null()) {
      below(path, wanted);
    } else if (wanted.is_object() && cell.kind == Kind::Log) {
      below(path, wanted);
    } else {
      push({OpKind::Set, path, wanted, {}, {}});
    }
  }

  void elements(const std::string& path, const Json& now, const Json& wanted) {
    const auto missing_in = [](const Json& set, const Json& element) {
      return !set.is_array() || std::find(set.begin(), set.end(), element) == set.end();
    };
    for (const auto& element : wanted)
      if (missing_in(now, element)) push({OpKind::Add, path, element, {}, {}});
    if (!now.is_array()) return;
    for (const auto& element : now)
      if (missing_in(wanted, element)) push({OpKind::Remove, path, element, {}, {}});
  }

  void push(Op op) {
    note_what_was_seen(op, view_);
    ops_.push_back(std::move(op));
  }

  const RecordState& view_;
  const schema::Collection& collection_;
  std::vector<Op> ops_;
};

}  // namespace

std::vector<Op> diff(const RecordState& view, const schema::Collection& collection, const Json& wanted) {
  return Differ(view, collection).run(wanted);
}

void note_what_was_seen(Op& op, const RecordState& view) {
  op.over.clear();
  auto path = op.path;
  if ((op.kind == OpKind::Add || op.kind == OpKind::Remove) && op.value.is_string())
    path = join_path(path, op.value.get<std::string>());
  if (op.kind == OpKind::Append) return;
  if (const auto by = view.provenance(path); by && !view.at(path).is_structured()) {
    op.over.push_back(*by);
    return;
  }
  const auto below = view.provenance_below(path);
  op.over.assign(below.begin(), below.end());
  // An item the author knows to be removed.
  if (const auto removed = view.removed.find(op.path); removed != view.removed.end())
    op.over.push_back(removed->second.by);
  if (op.path.empty() || view.deleted)
    if (const auto by = view.provenance(""); by && std::find(op.over.begin(), op.over.end(), *by) == op.over.end())
      op.over.push_back(*by);
}

}  // namespace anketa::merge
