#include "shared/record/mutation.hpp"

#include <array>

#include "shared/problem/problem.hpp"

namespace anketa {
namespace {

constexpr std::array<std::pair<OpKind, std::string_view>, 5> op_names{{{OpKind::Set, "set"},
                                                                       {OpKind::Remove, "remove"},
                                                                       {OpKind::Add, "add"},
                                                                       {OpKind::Append, "append"},
                                                                       {OpKind::Transition, "transition"}}};

[[noreturn]] void wrong_type(std::string_view member) {
  throw ProblemError(ProblemCode::WrongType, {}, std::string(member));
}

const Json& member(const Json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end()) throw ProblemError(ProblemCode::RequiredMissing, {}, name);
  return *found;
}

const std::string& text_member(const Json& json, const char* name) {
  const auto& value = member(json, name);
  if (!value.is_string()) wrong_type(name);
  return value.get_ref<const std::string&>();
}

Uuid id_value(const Json& value, const char* name) {
  if (!value.is_string()) wrong_type(name);
  if (const auto id = Uuid::parse(value.get_ref<const std::string&>())) return *id;
  throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(value.get_ref<const std::string&>())}}, name);
}

Uuid id_member(const Json& json, const char* name) {
  return id_value(member(json, name), name);
}

std::uint64_t count_member(const Json& json, const char* name) {
  const auto& value = member(json, name);
  // JSON built in memory holds a small number as a signed one, parsed JSON as an unsigned one.
  if (!value.is_number_integer() || (!value.is_number_unsigned() && value.get<std::int64_t>() < 0)) wrong_type(name);
  return value.get<std::uint64_t>();
}

std::vector<Uuid> id_list(const Json& json, const char* name) {
  std::vector<Uuid> ids;
  const auto found = json.find(name);
  if (found == json.end() || found->is_null()) return ids;
  if (found->is_string()) {
    ids.push_back(id_value(*found, name));
    return ids;
  }
  if (!found->is_array()) wrong_type(name);
  ids.reserve(found->size());
  for (const auto& value : *found) ids.push_back(id_value(value, name));
  return ids;
}

// One id travels as a string, several as an array: nearly every op has one.
void put_ids(Json& json, const char* name, const std::vector<Uuid>& ids) {
  if (ids.empty()) return;
  if (ids.size() == 1) {
    json[name] = ids.front().text();
    return;
  }
  auto& list = json[name] = Json::array();
  for (const auto& id : ids) list.push_back(id.text());
}

Op op_from_json(Json& json) {
  if (!json.is_object()) wrong_type("ops");
  Op op;
  const auto& kind = text_member(json, "op");
  const auto found =
      std::find_if(op_names.begin(), op_names.end(), [&](const auto& row) { return row.second == kind; });
  if (found == op_names.end()) throw ProblemError(ProblemCode::InvalidValue, {{"value", excerpt(kind)}}, "op");
  op.kind = found->first;
  op.path = text_member(json, "path");
  if (const auto value = json.find("value"); value != json.end()) op.value = std::move(*value);
  op.over = id_list(json, "over");
  op.consumes = id_list(json, "consumes");
  return op;
}

}  // namespace

std::string_view name(OpKind kind) {
  return op_names[static_cast<std::size_t>(kind)].second;
}

Json to_json(const Mutation& mutation) {
  Json json{{"id", mutation.id.text()},
            {"device", mutation.device.text()},
            {"user", mutation.user.text()},
            {"counter", mutation.counter},
            {"epoch", mutation.epoch},
            {"schema", mutation.schema},
            {"record", mutation.record.text()},
            {"collection", mutation.collection},
            {"scope", scope_text(mutation.scope)},
            {"at", mutation.at}};
  if (mutation.prev) json["prev"] = mutation.prev->text();
  if (mutation.group) json["group"] = {{"id", mutation.group->id.text()}, {"size", mutation.group->size}};
  auto& ops = json["ops"] = Json::array();
  for (const auto& op : mutation.ops) {
    Json row{{"op", name(op.kind)}, {"path", op.path}};
    if (!op.value.is_null()) row["value"] = op.value;
    put_ids(row, "over", op.over);
    put_ids(row, "consumes", op.consumes);
    ops.push_back(std::move(row));
  }
  return json;
}

Mutation mutation_from_json(const Json& json) {
  return mutation_from_json(Json(json));
}

Mutation mutation_from_json(Json&& json) {
  if (!json.is_object()) wrong_type("mutation");
  Mutation mutation;
  mutation.id = id_member(json, "id");
  mutation.device = id_member(json, "device");
  mutation.user = id_member(json, "user");
  mutation.counter = count_member(json, "counter");
  mutation.epoch = text_member(json, "epoch");
  mutation.schema = static_cast<int>(std::min<std::uint64_t>(count_member(json, "schema"), 1'000'000));
  mutation.record = id_member(json, "record");
  mutation.collection = text_member(json, "collection");
  const auto scope = parse_scope(text_member(json, "scope"));
  if (!scope) throw ProblemError(ProblemCode::InvalidValue, {{"value", "scope"}}, "scope");
  mutation.scope = *scope;
  if (const auto prev = json.find("prev"); prev != json.end() && !prev->is_null())
    mutation.prev = id_value(*prev, "prev");
  if (const auto group = json.find("group"); group != json.end() && !group->is_null()) {
    if (!group->is_object()) wrong_type("group");
    const auto size = count_member(*group, "size");
    if (size < 1 || size > 1000) throw ProblemError(ProblemCode::GroupTooLarge, {{"limit", "1000"}}, "group/size");
    mutation.group = Group{id_member(*group, "id"), static_cast<int>(size)};
  }
  const auto& at = member(json, "at");
  if (!at.is_number_integer()) wrong_type("at");
  mutation.at = at.get<Instant>();
  member(json, "ops");
  auto& ops = json["ops"];
  if (!ops.is_array() || ops.empty()) wrong_type("ops");
  mutation.ops.reserve(ops.size());
  for (auto& op : ops) mutation.ops.push_back(op_from_json(op));
  return mutation;
}

Digest mutation_hash(std::string_view canonical_text) {
  return sha256(canonical_text);
}

}  // namespace anketa
