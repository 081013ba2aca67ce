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

int digit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

constexpr std::size_t key_bytes = 32;
constexpr std::size_t most_program_bytes = 64;

std::string program_of(const Json& json) {
  auto program = string_or_empty(json, "program");
  if (program.size() > most_program_bytes)
    throw ProblemError(ProblemCode::InvalidValue, {{"value", "program"}}, "program");
  return program;
}

}  // namespace

std::string_view program_version() {
  return ANKETA_VERSION;
}

std::string hex_of_bytes(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string bytes_of_hex(std::string_view hex) {
  if (hex.size() % 2 != 0) return {};
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = digit(hex[i]), low = digit(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

Json to_json(const PublicKeys& keys) {
  return {{"sign", hex_of_bytes(keys.sign)}, {"box", hex_of_bytes(keys.box)}};
}

PublicKeys public_keys_from_json(const Json& json) {
  PublicKeys keys{bytes_of_hex(string_or_empty(json, "sign")), bytes_of_hex(string_or_empty(json, "box"))};
  if (keys.sign.size() != key_bytes || keys.box.size() != key_bytes)
    throw ProblemError(ProblemCode::InvalidValue, {{"value", "keys"}}, "keys");
  return keys;
}

Json to_json(const LogInRequest& request) {
  Json json{{"login", request.login}, {"password", request.password}};
  if (request.device) json["device"] = {{"id", request.device->text()}, {"name", request.device_name}};
  if (request.device && !request.program.empty()) json["device"]["program"] = request.program;
  if (request.device && request.keys) json["device"]["keys"] = to_json(*request.keys);
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
    request.program = program_of(*device);
    if (const auto keys = device->find("keys"); keys != device->end()) request.keys = public_keys_from_json(*keys);
  }
  return request;
}

Json to_json(const RefreshRequest& request) {
  Json json{{"refresh", request.refresh}};
  if (request.device) json["device"] = request.device->text();
  if (!request.program.empty()) json["program"] = request.program;
  return json;
}

RefreshRequest refresh_from_json(const Json& json) {
  RefreshRequest request{need_text(json, "refresh"), std::nullopt, program_of(json)};
  if (json.contains("device")) {
    request.device = Uuid::parse(need_text(json, "device"));
    if (!request.device) throw ProblemError(ProblemCode::InvalidValue, {{"value", "device"}}, "device");
  }
  return request;
}

Json to_json(const SessionAnswer& answer) {
  Json json{{"access", answer.access},
            {"refresh", answer.refresh},
            {"expires_in", answer.expires_in},
            {"user",
             {{"id", answer.user.text()}, {"login", answer.login}, {"name", answer.name}, {"role", id(answer.role)}}}};
  if (answer.keys) json["keys"] = to_json(*answer.keys);
  return json;
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
    if (const auto keys = json.find("keys"); keys != json.end()) answer.keys = public_keys_from_json(*keys);
    return answer;
  } catch (const ProblemError& error) {
    throw ProblemError(ProblemCode::BadAnswer, {}, error.problem().where);
  } catch (const Json::exception&) {
    throw ProblemError(ProblemCode::BadAnswer, {}, "session");
  }
}

}  // namespace anketa::protocol
