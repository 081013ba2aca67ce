#include <algorithm>
#include <stdexcept>

#include "sync-server/api/operation.hpp"

namespace anketa::server::api {
namespace {

constexpr std::string_view component_path = "#/components/schemas/";

/// Moves every object with a name among the components and leaves a reference in its place.
class Components {
 public:
  void take(Json& schema) {
    if (schema.is_array())
      for (auto& one : schema) take(one);
    if (!schema.is_object()) return;
    for (auto& [key, child] : schema.items())
      if (key != "enum" && key != "required") take(child);
    // A member may be called "title" as well: there it is an object.
    const auto title = schema.find("title");
    if (title == schema.end() || !title->is_string()) return;
    const auto name = title->get<std::string>();
    schema.erase("title");
    const auto [place, added] = all_.emplace(name, schema);
    if (!added && place->second != schema) throw std::logic_error("two shapes are called " + name);
    schema = {{"$ref", std::string(component_path) + name}};
  }

  Json all() const { return all_; }

 private:
  std::map<std::string, Json> all_;
};

Shape problem() {
  return object("Problem", {{"code", text()},
                            {"message", text()},
                            {"remedy", text()},
                            optional("where", text()),
                            optional("arguments", map(text())),
                            {"request", text()}});
}

Json parameters_json(const Operation& operation, Components& components) {
  Json all = Json::array();
  for (auto from = operation.path.find('{'); from != std::string::npos; from = operation.path.find('{', from + 1)) {
    const auto name = operation.path.substr(from + 1, operation.path.find('}', from) - from - 1);
    all.push_back({{"name", name}, {"in", "path"}, {"required", true}, {"schema", text().schema}});
  }
  for (const auto& parameter : operation.parameters) {
    auto schema = parameter.shape.schema;
    components.take(schema);
    all.push_back(
        {{"name", parameter.name}, {"in", "query"}, {"description", parameter.text}, {"schema", std::move(schema)}});
  }
  return all;
}

Json content_json(const std::string& media, Json schema, Components& components) {
  components.take(schema);
  return {{media, {{"schema", std::move(schema)}}}};
}

Json answer_json(const Operation& operation, Components& components) {
  Json answer{{"description", operation.summary}};
  if (operation.answer)
    answer["content"] = content_json("application/json", operation.answer->schema, components);
  else if (!operation.media.empty())
    answer["content"] = content_json(operation.media, {{"type", "string"}, {"format", "binary"}}, components);
  return answer;
}

Json operation_json(const Operation& operation, Components& components) {
  Json json{{"summary", operation.summary}, {"parameters", parameters_json(operation, components)}};
  if (operation.body)
    json["requestBody"] = {{"required", true},
                           {"content", content_json("application/json", operation.body->schema, components)}};
  json["responses"][std::to_string(operation.status)] = answer_json(operation, components);
  json["responses"]["default"] = {{"description", "A refusal, in the language of Accept-Language"},
                                  {"content", content_json("application/json", problem().schema, components)}};
  if (operation.roles.empty()) {
    json["security"] = Json::array();
  } else {
    for (const auto role : operation.roles) json["x-roles"].push_back(anketa::id(role));
  }
  return json;
}

}  // namespace

Json openapi() {
  Components components;
  Json paths = Json::object();
  for (const auto& operation : operations()) {
    auto method = operation.method;
    std::transform(method.begin(), method.end(), method.begin(), [](char c) { return static_cast<char>(c | 0x20); });
    auto& place = paths[operation.path][method];
    if (!place.is_null()) throw std::logic_error("operation described twice: " + operation.path);
    place = operation_json(operation, components);
  }
  // Every collection, also one that no answer of these names.
  for (const auto& collection : schema::collections()) {
    auto fields = fields_of(collection).schema;
    components.take(fields);
  }
  return {
      {"openapi", "3.1.0"},
      {"info", {{"title", "Anketa"}, {"version", std::to_string(schema::version)}}},
      {"security", Json::array({{{"session", Json::array()}}})},
      {"paths", std::move(paths)},
      {"components",
       {{"schemas", components.all()}, {"securitySchemes", {{"session", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

}  // namespace anketa::server::api
