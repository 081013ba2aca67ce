#include "shared/protocol/session_messages.hpp"

#include "shared/problem/problem.hpp"

namespace anketa::protocol {
namespace {

const Json& need(const Json& json, const char* member) {
  const auto found = json.is_object() ? json.find(member) : json.end();
  if (found == json.end()) throw ProblemError(ProblemCode::RequiredMissing, {}, member);
  return *found;
}

const std::string& need_text(const Json& json, const char* member) {
  const auto& value = need(json, member);
  if (!value.is_string()) throw ProblemError(ProblemCode::WrongType, {}, member);
  return value.get_ref<const std::string&>();
}

}  // namespace

Json to_json(const LogInRequest& request) {
  Json json{{"login", request.login}, {"password", request.password}};
  if (request.device) json["device"] = {{"id", request.device->text()}, {"name", request.device_name}};
  return json;
}

LogInRequest log_in_from_json(const Json& json) {
  LogInRequest request;
  request.login = need_text(json, "login");
  request.password = need_text(json, "password");
  if (const auto device = json.find("device"); device != json.end()) {
    const auto id = Uuid::parse(need_text(*device, "id"));
    if (!id) throw ProblemError(ProblemCode::InvalidValue, {{"value", "device"}}, "device/id");
    request.device = *id;
    request.device_name = string_or_empty(*device, "name");
  }
  return request;
}

Json to_json(const RefreshRequest& request) {
  Json json{{"refresh", request.refresh}};
  if (request.device) json["device"] = request.device->text();
  return json;
}

RefreshRequest refresh_from_json(const Json& json) {
  RefreshRequest request{need_text(json, "refresh"), std::nullopt};
  if (json.contains("device")) {
    request.device = Uuid::parse(need_text(json, "device"));
    if (!request.device) throw ProblemError(ProblemCode::InvalidValue, {{"value", "device"}}, "device");
  }
  return request;
}

Json to_json(const SessionAnswer& answer) {
  return {{"access", answer.access},
          {"refresh", answer.refresh},
          {"expires_in", answer.expires_in},
          {"user",
           {{"id", answer.user.text()}, {"login", answer.login}, {"name", answer.name}, {"role", id(answer.role)}}}};
}

SessionAnswer session_from_json(const Json& json) {
  try {
    SessionAnswer answer;
    answer.access = need_text(json, "access");
    answer.refresh = need_text(json, "refresh");
    answer.expires_in = json.value("expires_in", std::int64_t{0});
    const auto& user = need(json, "user");
    answer.user = Uuid::from(need_text(user, "id"));
    answer.login = need_text(user, "login");
    answer.name = need_text(user, "name");
    const auto role = parse_role(need_text(user, "role"));
    if (!role) throw ProblemError(ProblemCode::BadAnswer, {}, "user/role");
    answer.role = *role;
    return answer;
  } catch (const ProblemError& error) {
    throw ProblemError(ProblemCode::BadAnswer, {}, error.problem().where);
  } catch (const Json::exception&) {
    throw ProblemError(ProblemCode::BadAnswer, {}, "session");
  }
}

}  // namespace anketa::protocol
