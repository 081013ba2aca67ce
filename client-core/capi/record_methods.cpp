#include "client-core/api/client_filter.hpp"
#include "client-core/api/parts.hpp"
#include "client-core/capi/handle.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

constexpr int default_limit = 100;

template <typename Values>
Json to_array(const Values& values) {
  Json all = Json::array();
  for (const auto& value : values) all.push_back(to_json(value));
  return all;
}

Json status_to_json(const Status& status) {
  Json json{{"device", status.device.text()}, {"unsynced", status.unsynced},
            {"parked", status.parked},        {"unsynced_records", status.unsynced_records},
            {"waiting", status.waiting},      {"open_conflicts", status.open_conflicts},
            {"records", status.records},      {"attachments_to_upload", status.attachments_to_upload}};
  if (status.last_sync) json["last_sync"] = *status.last_sync;
  if (const auto& account = status.account)
    json["account"] = {{"user", account->user.text()},
                       {"login", account->login},
                       {"name", account->name},
                       {"role", id(account->role)},
                       {"server", account->server}};
  return json;
}

std::optional<Scope> find_scope(const Json& parameters) {
  const auto text = string_or_empty(parameters, "scope");
  if (text.empty()) return std::nullopt;
  const auto scope = parse_scope(text);
  if (!scope) throw ProblemError(ProblemCode::InvalidValue, {{"value", text.substr(0, 60)}}, "scope");
  return scope;
}

Json resolve(anketa_client& handle, const Json& parameters) {
  const auto conflict = need_id(parameters, "id");
  if (const auto side = parameters.find("side"); side != parameters.end()) {
    if (!side->is_number_unsigned()) throw ProblemError(ProblemCode::WrongType, {}, "side");
    handle.client->resolve_with_side(conflict, side->get<std::size_t>());
  } else {
    handle.client->resolve(conflict, need_value(parameters, "value"));
  }
  return nullptr;
}

Json parked(anketa_client& handle, const Json&) {
  Json all = Json::array();
  for (const auto& edit : handle.client->parked()) all.push_back(to_json(edit, handle.language));
  return all;
}

Json search_clients(anketa_client& handle, const Json& parameters) {
  const auto id = string_or_empty(parameters, "filter");
  const auto filter = parse_client_filter(id);
  if (!filter) throw ProblemError(ProblemCode::InvalidValue, {{"value", id.substr(0, 60)}}, "filter");
  return to_array(find_clients(*handle.client, need_text(parameters, "query"), parameters.value("limit", default_limit),
                               *filter, parameters.value("offset_minutes", FillOptions{}.offset_minutes)));
}

Json create(anketa_client& handle, const Json& parameters) {
  return handle.client
      ->create(need_text(parameters, "collection"), find_scope(parameters).value_or(company_scope),
               need_value(parameters, "body"), find_id(parameters, "id"))
      .text();
}

/// [{op, path, value?}]
std::vector<Op> ops_from(const Json& parameters) {
  const auto& all = need_value(parameters, "ops");
  if (!all.is_array()) throw ProblemError(ProblemCode::WrongType, {}, "ops");
  std::vector<Op> ops;
  for (const auto& one : all) {
    const auto kind = need_text(one, "op");
    constexpr OpKind kinds[] = {OpKind::Set, OpKind::Remove, OpKind::Add, OpKind::Append, OpKind::Transition};
    const auto found =
        std::find_if(std::begin(kinds), std::end(kinds), [&](OpKind known) { return name(known) == kind; });
    if (found == std::end(kinds)) throw ProblemError(ProblemCode::InvalidValue, {{"value", kind.substr(0, 60)}}, "op");
    ops.push_back({*found, need_text(one, "path"), one.value("value", Json()), {}, {}});
  }
  return ops;
}

Json apply(anketa_client& handle, const Json& parameters) {
  handle.client->apply(need_id(parameters, "id"), ops_from(parameters));
  return nullptr;
}

Json commit_group(anketa_client& handle, const Json& parameters) {
  const auto& all = need_value(parameters, "edits");
  if (!all.is_array()) throw ProblemError(ProblemCode::WrongType, {}, "edits");
  std::vector<RecordEdit> edits;
  for (const auto& one : all)
    edits.push_back({need_id(one, "record"), string_or_empty(one, "collection"),
                     find_scope(one).value_or(company_scope), ops_from(one)});
  guarded([&] { LocalEdits(handle.client->parts().store).commit_group(std::move(edits)); });
  return nullptr;
}

/// Where the status of a record may go from where it stands.
Json next_statuses(anketa_client& handle, const Json& parameters) {
  const auto record = handle.client->need(need_id(parameters, "id"));
  Json all = Json::array();
  const auto* collection = schema::collection(record.view.collection);
  const auto* status = collection ? collection->field("status") : nullptr;
  if (!status) return all;
  const auto from = string_or_empty(record.view.body, "status");
  for (const auto& transition : status->transitions)
    if (transition.from == from) all.push_back(transition.to);
  return all;
}

Json get(anketa_client& handle, const Json& parameters) {
  const auto record = handle.client->get(need_id(parameters, "id"));
  return record ? to_json(*record) : Json();
}

}  // namespace

const Json& need_value(const Json& parameters, const char* name) {
  const auto found = parameters.is_object() ? parameters.find(name) : parameters.end();
  if (found == parameters.end()) throw ProblemError(ProblemCode::RequiredMissing, {}, name);
  return *found;
}

std::string need_text(const Json& parameters, const char* name) {
  const auto& value = need_value(parameters, name);
  if (!value.is_string()) throw ProblemError(ProblemCode::WrongType, {}, name);
  return value.get<std::string>();
}

Uuid need_id(const Json& parameters, const char* name) {
  const auto text = need_text(parameters, name);
  if (const auto id = Uuid::parse(text)) return *id;
  throw ProblemError(ProblemCode::InvalidValue, {{"value", text.substr(0, 60)}}, name);
}

std::optional<Uuid> find_id(const Json& parameters, const char* name) {
  if (string_or_empty(parameters, name).empty()) return std::nullopt;
  return need_id(parameters, name);
}

void add_record_methods(Methods& methods) {
  methods["status"] = [](auto& handle, const Json&) { return status_to_json(handle.client->status()); };
  methods["get"] = get;
  methods["list"] = [](auto& handle, const Json& parameters) {
    return to_array(handle.client->list(need_text(parameters, "collection"), find_scope(parameters)));
  };
  methods["create"] = create;
  methods["edit"] = [](auto& handle, const Json& parameters) {
    return Json(handle.client->edit(need_id(parameters, "id"), need_value(parameters, "body")));
  };
  methods["apply"] = apply;
  methods["commit_group"] = commit_group;
  methods["next_statuses"] = next_statuses;
  methods["remove"] = [](auto& handle, const Json& parameters) {
    handle.client->remove(need_id(parameters, "id"));
    return Json();
  };
  methods["search_clients"] = search_clients;
  methods["client_card"] = [](auto& handle, const Json& parameters) {
    return to_json(handle.client->client_card(need_id(parameters, "id")));
  };
  methods["conflicts"] = [](auto& handle, const Json& parameters) {
    return to_array(handle.client->conflicts(find_id(parameters, "record")));
  };
  methods["resolve"] = resolve;
  methods["parked"] = parked;
  methods["retry_parked"] = [](auto& handle, const Json& parameters) {
    handle.client->retry_parked(need_id(parameters, "record"));
    return Json();
  };
  methods["dismiss_parked"] = [](auto& handle, const Json& parameters) {
    handle.client->dismiss_parked(need_id(parameters, "record"));
    return Json();
  };
  methods["log_out"] = [](auto& handle, const Json&) {
    handle.client->log_out();
    return Json();
  };
}

}  // namespace anketa::client
