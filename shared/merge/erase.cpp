#include "shared/merge/erase.hpp"

namespace anketa::merge {
namespace {

/// `path` below `parent`, without it.
std::string rest_of(std::string_view path, std::string_view parent) {
  return std::string(parent.empty() ? path : path.substr(parent.size() + 1));
}

/// What an op is about: a set's element and a log's entry have paths of their own.
std::string subject(const Op& op) {
  if ((op.kind == OpKind::Add || op.kind == OpKind::Remove) && op.value.is_string())
    return join_path(op.path, op.value.get_ref<const std::string&>());
  if (op.kind == OpKind::Append) return join_path(op.path, string_or_empty(op.value, "id"));
  return op.path;
}

bool has_value(const Json& value, std::string_view path) {
  return path.empty() ? !value.is_null() && !(value.is_object() && value.empty()) : !value_at(value, path).is_null();
}

/// The values of a transition that change along: their paths begin at the record.
const Json* facts_of(const Op& op) {
  if (op.kind != OpKind::Transition || !op.value.is_object()) return nullptr;
  const auto found = op.value.find("facts");
  return found == op.value.end() ? nullptr : &*found;
}

bool holds(const Op& op, const std::string& path) {
  const auto about = subject(op);
  if (const auto* facts = facts_of(op); facts && has_value(*facts, path)) return true;
  if (is_below(about, path)) return has_value(op.value, {});
  return op.value.is_object() && op.kind != OpKind::Transition && is_below(path, about) &&
         has_value(op.value, rest_of(path, about));
}

/// False where nothing is left.
bool erase_one(Op& op, const std::string& path) {
  const auto about = subject(op);
  if (is_below(about, path)) return false;
  if (facts_of(op)) put_value(op.value["facts"], path, nullptr);
  if (op.value.is_object() && op.kind != OpKind::Transition && is_below(path, about))
    put_value(op.value, rest_of(path, about), nullptr);
  return true;
}

}  // namespace

bool holds_erased(const Op& op, std::span<const std::string> paths) {
  return std::any_of(paths.begin(), paths.end(), [&](const std::string& path) { return holds(op, path); });
}

bool erase_from(Op& op, std::span<const std::string> paths) {
  return std::all_of(paths.begin(), paths.end(), [&](const std::string& path) { return erase_one(op, path); });
}

bool erase_from(Mutation& mutation, std::span<const std::string> paths) {
  if (std::find(paths.begin(), paths.end(), std::string()) != paths.end()) {
    // Of a whole record nothing is left that could bring it back.
    const auto& first = mutation.ops.front();
    if (mutation.ops.size() == 1 && first.kind == OpKind::Remove && first.path.empty()) return false;
    mutation.ops.assign(1, {OpKind::Remove, {}, nullptr, {}, {}});
    return true;
  }
  bool any = false;
  for (const auto& op : mutation.ops) any = any || holds_erased(op, paths);
  if (!any) return false;
  std::vector<Op> left;
  for (auto& op : mutation.ops)
    if (erase_from(op, paths)) left.push_back(std::move(op));
  if (left.empty()) left.push_back({OpKind::Set, {}, Json::object(), {}, {}});
  mutation.ops = std::move(left);
  return true;
}

bool erase_from(RecordState& record, std::span<const std::string> paths) {
  bool any = false;
  for (const auto& path : paths) {
    any = any || has_value(record.body, path);
    if (path.empty())
      record.body = Json::object();
    else
      put_value(record.body, path, nullptr);
    for (auto item = record.removed.begin(); item != record.removed.end();) {
      const bool whole = is_below(item->first, path);
      any = any || whole;
      if (!whole && is_below(path, item->first)) {
        const auto rest = rest_of(path, item->first);
        any = any || has_value(item->second.value, rest);
        put_value(item->second.value, rest, nullptr);
      }
      item = whole ? record.removed.erase(item) : std::next(item);
    }
  }
  return any;
}

}  // namespace anketa::merge
