#include "sync-server/api/shape.hpp"

#include <stdexcept>

namespace anketa::server::api {
namespace {

Shape plain(std::string_view type, std::string_view format = {}) {
  Json schema{{"type", type}};
  if (!format.empty()) schema["format"] = format;
  return {std::move(schema)};
}

Json members_json(Json schema, Members members) {
  for (auto& member : members) {
    if (schema["properties"].contains(member.name)) throw std::logic_error("member named twice: " + member.name);
    if (!member.is_optional) schema["required"].push_back(member.name);
    schema["properties"][member.name] = std::move(member.shape.schema);
  }
  return schema;
}

Json empty_object() {
  return {
      {"type", "object"}, {"properties", Json::object()}, {"required", Json::array()}, {"additionalProperties", false}};
}

Shape named(std::string name, Shape shape) {
  shape.schema["title"] = std::move(name);
  return shape;
}

/// Items of a list and entries of a log are kept under their ids.
Shape items_of(const std::vector<schema::Field>& cells);

Shape shape_of(const schema::Field& field) {
  using schema::Kind;
  switch (field.kind) {
    case Kind::Text:
    case Kind::LongText:
    case Kind::Document:
    case Kind::Decimal:
      return text();
    case Kind::Integer:
      return integer();
    case Kind::Money:
      return money();
    case Kind::Boolean:
      return boolean();
    case Kind::Date:
      return date();
    case Kind::Instant:
      return instant();
    case Kind::Reference:
      return id();
    case Kind::Choice:
    case Kind::Status:
      return one_of(field.values);
    case Kind::Set:
      return list(text());
    case Kind::List:
    case Kind::Log:
      return items_of(field.items);
    case Kind::Tree:
      break;
  }
  return map(anything());
}

/// Puts a field with a path ("due_days/call") below the objects of its folders.
void put_field(Json& object, std::string_view path, Json shape) {
  const auto slash = path.find('/');
  auto& place = object["properties"][std::string(path.substr(0, slash))];
  if (slash == path.npos) {
    place = std::move(shape);
    return;
  }
  if (place.is_null()) place = {{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", true}};
  put_field(place, path.substr(slash + 1), std::move(shape));
}

Json open_object(const std::vector<schema::Field>& fields) {
  Json object{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", true}};
  for (const auto& field : fields) put_field(object, field.name, shape_of(field).schema);
  return object;
}

Shape items_of(const std::vector<schema::Field>& cells) {
  return map({open_object(cells)});
}

/// "quality_case": "QualityCase".
std::string type_name(std::string_view collection) {
  std::string name;
  bool begins = true;
  for (const char c : collection) {
    if (c == '_') {
      begins = true;
      continue;
    }
    name += begins ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return name;
}

}  // namespace

Shape text() {
  return plain("string");
}
Shape integer() {
  return plain("integer");
}
Shape fraction() {
  return plain("number");
}
Shape boolean() {
  return plain("boolean");
}
Shape date() {
  return plain("string", "date");
}
Shape instant() {
  return plain("integer", "instant");
}
Shape money() {
  return plain("integer", "money");
}
Shape hundredths() {
  return plain("integer", "hundredths");
}
Shape decimal() {
  return plain("string", "decimal");
}
Shape id() {
  return plain("string", "uuid");
}
Shape anything() {
  return {Json::object()};
}

Shape one_of(std::vector<std::string> values) {
  return {{{"type", "string"}, {"enum", std::move(values)}}};
}

Shape values_of(std::string_view collection, std::string_view field) {
  const auto* declared = schema::collection(collection);
  const auto* found = declared ? declared->field(field) : nullptr;
  if (!found || found->values.empty()) throw std::logic_error("no values: " + std::string(field));
  return worded(one_of(found->values), std::string(collection) + "/" + std::string(field));
}

Shape worded(Shape shape, std::string words) {
  shape.schema["x-words"] = std::move(words);
  return shape;
}

Shape nullable(Shape shape) {
  return either(std::move(shape), plain("null"));
}

Shape either(Shape one, Shape other) {
  return {{{"anyOf", {std::move(one.schema), std::move(other.schema)}}}};
}

Shape list(Shape of) {
  return {{{"type", "array"}, {"items", std::move(of.schema)}}};
}

Shape map(Shape of) {
  return {{{"type", "object"}, {"additionalProperties", std::move(of.schema)}}};
}

Member optional(std::string name, Shape shape) {
  return {std::move(name), std::move(shape), true};
}

Members joined(Members first, Members second) {
  std::move(second.begin(), second.end(), std::back_inserter(first));
  return first;
}

Shape object(Members members) {
  return {members_json(empty_object(), std::move(members))};
}

Shape object(std::string name, Members members) {
  return named(std::move(name), object(std::move(members)));
}

Shape extended(const Shape& base, Members more) {
  auto schema = base.schema;
  schema.erase("title");
  return {members_json(std::move(schema), std::move(more))};
}

Shape extended(std::string name, const Shape& base, Members more) {
  return named(std::move(name), extended(base, std::move(more)));
}

Shape fields_of(const schema::Collection& collection) {
  return named(type_name(collection.name) + "Fields", {open_object(collection.fields)});
}

Shape reference() {
  return object("Reference", {{"id", id()}, {"name", text()}});
}

Shape label() {
  return object("Label", {{"ru", text()}, {"en", text()}});
}

Shape page(Shape item) {
  return object({{"total", integer()}, {"items", list(std::move(item))}, {"next_offset", nullable(integer())}});
}

Shape items(Shape item) {
  return object({{"items", list(std::move(item))}});
}

}  // namespace anketa::server::api
