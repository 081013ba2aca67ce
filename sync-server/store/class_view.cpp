#include "sync-server/store/class_view.hpp"

namespace anketa::server {
namespace {

using schema::FieldClass;

/// General fields are shown to whoever is shown the record.
bool holds(ClassMask mask, FieldClass field_class) {
  return field_class == FieldClass::General || (mask >> static_cast<unsigned>(field_class) & 1U) != 0;
}

const schema::Collection& declared(std::string_view name) {
  static const schema::Collection undeclared;
  const auto* collection = schema::collection(name);
  return collection ? *collection : undeclared;
}

/// Whether the holders of the mask are shown records of the collection at all (R14).
bool shown(ClassMask mask, std::string_view collection) {
  return (mask & 1U) != 0 || declared(collection).audience == schema::Audience::Everyone;
}

FieldClass class_at(std::string_view collection, std::string_view path) {
  return schema::resolve(declared(collection), path, OpKind::Set, Json()).field_class;
}

/// What of a value at a path may be seen: of a whole record or item, the cells of the classes.
Json visible_value(ClassMask mask, std::string_view collection, const std::string& path, const Json& value) {
  if (!value.is_object()) return value;
  // A step that could not be made carries fields of the record along.
  if (value.contains("from") && value.contains("to")) {
    auto step = value;
    if (value.contains("facts")) step["facts"] = visible_value(mask, collection, {}, value.at("facts"));
    return step;
  }
  Json seen = Json::object();
  for (const auto& [member, child] : value.items()) {
    const auto at = join_path(path, member);
    if (child.is_object() || holds(mask, class_at(collection, at)))
      if (auto part = visible_value(mask, collection, at, child); !part.is_object() || !part.empty())
        seen[member] = std::move(part);
  }
  return seen;
}

/// A conflict has the class of its path; of a whole record or item it tells what may be seen of that.
std::optional<RecordState> visible_conflict(const RecordState& record, ClassMask mask) {
  const auto collection = string_or_empty(record.body, "collection"), path = string_or_empty(record.body, "path");
  if (!shown(mask, collection) || !holds(mask, class_at(collection, path))) return std::nullopt;
  auto part = record;
  const auto restrict_to = [&](Json& holder) {
    if (holder.is_object() && holder.contains("value"))
      holder["value"] = visible_value(mask, collection, path, holder.at("value"));
  };
  if (part.body.contains("base")) restrict_to(part.body["base"]);
  if (part.body.contains("sides"))
    for (auto& side : part.body["sides"]) restrict_to(side);
  std::erase_if(part.cells, [&](const auto& cell) {
    return value_at(part.body, cell.first).is_null() && !value_at(record.body, cell.first).is_null();
  });
  return part;
}

}  // namespace

ClassMask mask_of(std::span<const FieldClass> classes) {
  ClassMask mask = 1;
  for (const auto field_class : classes) mask |= ClassMask{1} << static_cast<unsigned>(field_class);
  return mask;
}

std::vector<FieldClass> classes_of(ClassMask mask) {
  std::vector<FieldClass> classes;
  for (unsigned bit = 1; bit < 6; ++bit)
    if (mask >> bit & 1U) classes.push_back(static_cast<FieldClass>(bit));
  return classes;
}

std::optional<RecordState> visible_part(const RecordState& record, ClassMask mask) {
  if (mask == all_classes || record.scope == company_scope) return record;
  if (record.collection == "conflict") return visible_conflict(record, mask);
  // A file goes where the record goes that it belongs to.
  const bool file = record.collection == "attachment";
  if (!shown(mask, file ? string_or_empty(record.body, "collection") : record.collection)) return std::nullopt;
  auto part = record;
  const auto classes = classes_of(mask);
  part.body = schema::visible(declared(record.collection), record.body, classes);
  std::erase_if(part.cells, [&](const auto& cell) { return !holds(mask, class_at(record.collection, cell.first)); });
  std::erase_if(part.removed, [&](const auto& item) { return !holds(mask, class_at(record.collection, item.first)); });
  return part;
}

std::uint64_t digest_of(const RecordState& visible) {
  auto text = canonical(visible.body);
  each_cell(visible.body, {}, [&](const std::string& path, const Json&) {
    if (const auto by = visible.provenance(path)) text += path + '=' + by->text() + '\n';
  });
  text += cells_text(visible) + removed_text(visible) + (visible.deleted ? "deleted" : "");
  return protocol::hash64(text);
}

}  // namespace anketa::server
