#include "shared/programme/record_changes.hpp"

#include "shared/merge/merge.hpp"
#include "shared/problem/problem.hpp"

namespace anketa::programme {

RecordState RecordSource::need(const Uuid& id, std::string_view collection) const {
  auto record = find(id);
  if (!record || record->collection != collection) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return std::move(*record);
}

Scope scope_of(const schema::Collection& collection, const Scope& client, const Uuid& id) {
  switch (collection.placement) {
    case schema::Placement::Own:
      return id;
    case schema::Placement::Company:
      return company_scope;
    default:
      return client;
  }
}

RecordChange making(Environment& environment, std::string_view collection, const Scope& client, Json body) {
  const auto id = Uuid::v7(environment);
  const auto* declared = schema::collection(collection);
  RecordChange change{id, std::string(collection), declared ? scope_of(*declared, client, id) : client, {}};
  change.ops.push_back({OpKind::Set, {}, std::move(body), {}, {}});
  return change;
}

RecordChange changing(const RecordState& record, const Json& wanted) {
  static const schema::Collection undeclared;
  const auto* declared = schema::collection(record.collection);
  return {record.id, record.collection, record.scope, merge::diff(record, declared ? *declared : undeclared, wanted)};
}

RecordChange removing(const RecordState& record) {
  return {record.id, record.collection, record.scope, {{OpKind::Remove, {}, nullptr, {}, {}}}};
}

Uuid reference_in(const RecordState& record, std::string_view field) {
  return Uuid::parse(string_or_empty(record.body, field)).value_or(Uuid());
}

}  // namespace anketa::programme
