#include "client-core/store/coalesce.hpp"

#include "shared/record/mutant.hpp"
#include "shared/record/record_state.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

/// The body a mutation creates its record with, where it is of that kind and nothing else has happened since.
Json* created_body(Mutation& open) {
  if (open.prev || open.ops.size() != 1) return nullptr;
  auto& first = open.ops.front();
  const bool creates = first.kind == OpKind::Set && first.path.empty() && first.over.empty() && first.value.is_object();
  return creates ? &first.value : nullptr;
}

bool is_status(const Mutation& open, const Op& op) {
  const auto* collection = schema::collection(open.collection);
  return collection && schema::resolve(*collection, op.path, op.kind, op.value).kind == schema::CellKind::Status;
}

/// Whether the op was taken into the created body.
bool fold(Json& body, const Mutation& open, const Op& op) {
  if (op.path.empty() || !op.consumes.empty()) return false;
  const bool element = op.value.is_string() && (op.kind == OpKind::Add || op.kind == OpKind::Remove);
  if (element) {
    auto set = value_at(body, op.path);
    if (!set.is_null() && !set.is_array()) return false;
    put_element(set, op.value.get_ref<const std::string&>(), op.kind == OpKind::Add);
    put_value(body, op.path, std::move(set));
    return true;
  }
  if (op.kind == OpKind::Remove && op.value.is_null()) {
    put_value(body, op.path, nullptr);
    return true;
  }
  if (op.kind != OpKind::Set || is_status(open, op)) return false;
  const auto& now = value_at(body, op.path);
  // An object is merged into what is there, cell by cell, which only its ops can do.
  if (op.value.is_object() && !now.is_null()) return false;
  if (op.value.is_array() != now.is_array() && !now.is_null()) return false;
  put_value(body, op.path, op.value);
  return true;
}

bool scalar_set(const Op& op) {
  return op.kind == OpKind::Set && !op.value.is_structured();
}

bool element_op(const Op& op) {
  return (op.kind == OpKind::Add || op.kind == OpKind::Remove) && op.value.is_string();
}

/// Whether b takes the place of a where nothing between them touches the same cell.
bool replaces(const Op& a, const Op& b) {
  if (a.path != b.path || !a.consumes.empty() || !b.consumes.empty()) return false;
  return (scalar_set(a) && scalar_set(b)) || (element_op(a) && element_op(b) && a.value == b.value);
}

bool touches(const Op& op, const Op& other) {
  return is_below(op.path, other.path) || is_below(other.path, op.path);
}

}  // namespace

void join(Mutation& open, Op op) {
  // What this very mutation set is nobody else's value.
  op.over.erase(std::remove(op.over.begin(), op.over.end(), open.id), op.over.end());
  if (auto* body = created_body(open); body && fold(*body, open, op)) return;
  for (auto earlier = open.ops.rbegin(); earlier != open.ops.rend(); ++earlier) {
    if (replaces(*earlier, op) || (ANKETA_MUTANT("joining_drops_edit") && scalar_set(*earlier) && scalar_set(op))) {
      earlier->kind = op.kind;
      earlier->value = std::move(op.value);
      return;
    }
    if (touches(*earlier, op) && !(element_op(*earlier) && element_op(op))) break;
  }
  open.ops.push_back(std::move(op));
}

}  // namespace anketa::client
