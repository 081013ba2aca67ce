#include "shared/merge/settle.hpp"

namespace anketa::merge {

Op settle_with_value(const Conflict& conflict, const Json& value) {
  static const schema::Collection undeclared;
  const auto* declared = schema::collection(conflict.collection);
  const auto cell = schema::resolve(declared ? *declared : undeclared, conflict.path, OpKind::Set, value);
  const bool whole = cell.kind == schema::CellKind::Record || cell.kind == schema::CellKind::ListItem;
  Op op;
  op.path = conflict.path;
  op.kind = whole && value.is_null() ? OpKind::Remove : OpKind::Set;
  op.value = cell.kind == schema::CellKind::Record && !value.is_null() ? Json::object() : value;
  for (const auto& side : conflict.sides)
    if (!side.consumed) op.consumes.push_back(side.mutation);
  return op;
}

Op settle_with_side(const Conflict& conflict, const Side& side, const RecordState& record) {
  const bool move = side.value.is_object() && side.value.contains("from") && side.value.contains("to");
  if (!move) return settle_with_value(conflict, side.value);
  auto op = settle_with_value(conflict, side.value.at("to"));
  op.kind = OpKind::Transition;
  op.value = side.value;
  if (const auto& now = record.at(conflict.path); now.is_string()) op.value["from"] = now;
  return op;
}

}  // namespace anketa::merge
