#include "shared/merge/history.hpp"

#include "shared/merge/paths.hpp"

namespace anketa::merge {
namespace {

/// The value below an object set at `at`, where the path leads into it.
std::optional<Json> value_below(const Json& value, std::string_view at, std::string_view path) {
  if (!is_below(path, at)) return std::nullopt;
  if (path == at) return value;
  const auto& found = value_at(value, path.substr(at.empty() ? 0 : at.size() + 1));
  // A null clears what is below it; a member that is absent is left alone.
  return found.is_null() && !value.is_null() ? std::nullopt : std::optional(found);
}

std::optional<Json> value_given(const Op& op, std::string_view path) {
  switch (op.kind) {
    case OpKind::Set:
      return value_below(op.value, op.path, path);
    case OpKind::Append:
      return value_below(op.value, join_path(op.path, string_or_empty(op.value, "id")), path);
    case OpKind::Transition:
      if (path == op.path) return op.value.value("to", Json());
      return value_below(op.value.value("facts", Json::object()), {}, path);
    case OpKind::Add:
      if (path == join_path(op.path, op.value.get<std::string>())) return Json(true);
      return std::nullopt;
    case OpKind::Remove:
      if (op.value.is_string())
        return path == join_path(op.path, op.value.get<std::string>()) ? std::optional(Json()) : std::nullopt;
      return is_below(path, op.path) ? std::optional(Json()) : std::nullopt;
  }
  return std::nullopt;
}

/// The cell whose provenance the change makes a merged_id, and its value.
std::pair<std::string, Json> joined(const CellChange& change) {
  if (change.kind == CellChange::Kind::SetMerged) return {change.path, change.value};
  if (change.kind == CellChange::Kind::JoinElement)
    return {join_path(change.path, change.value.get_ref<const std::string&>()), true};
  return {};
}

}  // namespace

std::optional<Json> value_given(std::span<const Op> ops, std::string_view path) {
  for (auto op = ops.rbegin(); op != ops.rend(); ++op)
    if (auto value = value_given(*op, path)) return value;
  return std::nullopt;
}

bool takes_out(const Mutation& mutation, std::string_view cell, const Uuid& seen) {
  const auto set = parent_of(cell);
  const auto element = cell.empty() ? Json() : Json(cell.substr(set.size() + 1));
  return std::any_of(mutation.ops.begin(), mutation.ops.end(), [&](const Op& op) {
    if (op.path != set || std::find(op.over.begin(), op.over.end(), seen) == op.over.end()) return false;
    if (cell.empty()) return op.kind == OpKind::Remove;
    if (op.kind == OpKind::Remove) return op.value == element;
    const bool whole = op.kind == OpKind::Set && op.value.is_array();
    return whole && std::find(op.value.begin(), op.value.end(), element) == op.value.end();
  });
}

std::optional<Earlier> History::earlier(const Uuid& id, std::string_view path) {
  if (const auto* mutation = find(id))
    return Earlier{mutation->user, mutation->at, value_given(mutation->ops, path).value_or(Json())};
  if (!replaying_ && !replayed_) after(mutations_.size());
  const auto merged = merged_.find(id);
  return merged == merged_.end() ? std::nullopt : std::optional(merged->second);
}

bool History::in_chain(const Mutation& mutation, const Uuid& ancestor) const {
  for (auto at = mutation.prev; at;) {
    if (*at == ancestor) return true;
    const auto* before = find(*at);
    if (!before) return false;
    at = before->prev;
  }
  return false;
}

RecordState History::after(std::size_t count) {
  RecordState record;
  Context context;
  context.earlier = [this](const Uuid& id, std::string_view path) { return earlier(id, path); };
  std::map<std::string, Conflict, std::less<>> conflicts;
  context.conflict = [&conflicts](std::string_view path) -> std::optional<Conflict> {
    const auto found = conflicts.find(path);
    return found == conflicts.end() ? std::nullopt : std::optional(found->second);
  };
  replaying_ = true;
  count = std::min(count, mutations_.size());
  for (std::size_t i = 0; i < count; ++i) {
    const auto& mutation = mutations_[i];
    context.in_own_chain = [this, &mutation](const Uuid& ancestor) { return in_chain(mutation, ancestor); };
    context.taken_out = [this, i](std::string_view cell) {
      return std::any_of(mutations_.begin(), mutations_.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const Mutation& earlier) { return takes_out(earlier, cell, mutations_[i].id); });
    };
    auto planned = plan(record.version == 0 ? nullptr : &record, mutation, context);
    for (const auto& change : planned.changes)
      if (const auto [cell, value] = joined(change); !cell.empty())
        merged_[merged_id(mutation.id, cell)] = {mutation.user, mutation.at, value};
    apply(record, mutation, planned);
    for (auto& [path, conflict] : planned.conflicts) conflicts.insert_or_assign(path, std::move(conflict));
  }
  replaying_ = false;
  replayed_ = replayed_ || count == mutations_.size();
  return record;
}

const Mutation* History::find(const Uuid& id) const {
  const auto found =
      std::find_if(mutations_.begin(), mutations_.end(), [&](const Mutation& mutation) { return mutation.id == id; });
  return found == mutations_.end() ? nullptr : &*found;
}

}  // namespace anketa::merge
