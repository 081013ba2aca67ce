#include "sync-server/records/sight.hpp"

#include <algorithm>

namespace anketa::server::records {

Sight::Sight(Reader& reader, const Author& author) : author_(author), access_(author, reader.grants(author.user), 0) {}

std::optional<ClassMask> Sight::classes(const Scope& scope) const {
  return author_.role == Role::Admin ? std::optional(all_classes) : access_.sees(scope);
}

std::optional<RecordState> Sight::part(const Head& head) const {
  const auto mask = classes(head.scope);
  return mask ? visible_part(parse_head(head), *mask) : std::nullopt;
}

RecordState Sight::need(Reader& reader, const Uuid& id) const {
  const auto head = reader.head(id);
  auto seen = head ? part(*head) : std::nullopt;
  if (!seen) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return std::move(*seen);
}

bool Sight::shows(const RecordState& record, std::string_view path) const {
  const auto mask = classes(record.scope);
  if (!mask || *mask == all_classes || record.scope == company_scope) return mask.has_value();
  const auto* collection = schema::collection(record.collection);
  if (!collection) return false;
  const auto wanted = schema::resolve(*collection, path, OpKind::Set, Json()).field_class;
  const auto held = classes_of(*mask);
  return wanted == schema::FieldClass::General || std::find(held.begin(), held.end(), wanted) != held.end();
}

}  // namespace anketa::server::records
