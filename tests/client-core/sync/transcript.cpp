#include "tests/client-core/sync/transcript.hpp"

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "sync-server/auth/auth_service.hpp"
#include "sync-server/auth/password.hpp"

namespace anketa::client::test {
namespace {

constexpr std::size_t line_width = 150;

/// JSON with whatever fits into a line on one line.
std::string pretty(const Json& value, std::size_t indent) {
  const auto flat = value.dump();
  if (!value.is_structured() || flat.size() + indent <= line_width) return flat;
  const std::string inner(indent + 2, ' ');
  std::string out;
  for (const auto& [key, child] : value.items()) {
    const auto name = value.is_object() ? Json(key).dump() + ": " : std::string();
    out += (out.empty() ? "" : ",\n") + inner + name + pretty(child, indent + 2);
  }
  return (value.is_object() ? "{\n" : "[\n") + out + "\n" + std::string(indent, ' ') + (value.is_object() ? "}" : "]");
}

/// Members whose values mean nothing but that they are equal or not.
std::string kind_of_member(const std::string& member) {
  for (const auto* name : {"cursor", "epoch", "access", "refresh", "program"})
    if (member == name) return member;
  return member == "nonce" || member == "next_nonce" ? "nonce" : "";
}

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace

const std::string& Names::of(const std::string& text, const std::string& kind) {
  const auto known = names_.find(text);
  if (known != names_.end()) return known->second;
  return names_[text] = kind + " " + std::to_string(++counts_[kind]);
}

Json Names::readable(const Json& value, const std::string& member) {
  if (value.is_string()) return readable_text(value.get<std::string>(), member);
  if (value.is_array()) {
    Json out = Json::array();
    for (const auto& each : value) out.push_back(readable(each, member));
    return out;
  }
  if (!value.is_object()) return value;
  Json out = Json::object();
  for (const auto& [key, child] : value.items()) out[readable_text(key, {})] = readable(child, key);
  return out;
}

std::string Names::readable_text(const std::string& text, const std::string& member) {
  static const std::regex sum("[0-9a-f]{16}");
  static const std::regex id("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  if (text.empty()) return text;
  if (names_.contains(text)) return names_[text];
  if (const auto kind = kind_of_member(member); !kind.empty()) return of(text, kind);
  if (std::regex_match(text, sum)) return of(text, "sum");
  std::string out;
  auto rest = text.cbegin();
  for (std::sregex_iterator found(text.begin(), text.end(), id), end; found != end; ++found) {
    out.append(rest, text.cbegin() + found->position()).append(of(found->str(), "id"));
    rest = text.cbegin() + found->position() + found->length();
  }
  return out.append(rest, text.cend());
}

Transcript::Transcript(std::string file) : file_(ANKETA_SOURCE_DIR "/tests/golden/" + std::move(file) + ".json") {
  office.heard = [this](const Office::Device& device, const SendRequest& request, const ResponseReceived& response) {
    note(logins_.at(device.author.user), Json::parse(request.body), response.status, Json::parse(response.body));
  };
}

Office::Device Transcript::log_in(const std::string& login, Role role) {
  auto& environment = office.environment();
  const auto password = "password of " + login;
  // Cheap hashes: what is shown here is not scrypt.
  const server::Account account{Uuid::v7(environment), login, "Name of " + login, role,
                                server::hash_password(password, environment, {4, 1, 1})};
  office.store().accounts().add_account(account);
  logins_[account.user] = login;
  names_.give(account.user.text(), login);

  Office::Device device;
  device.options.path = office.file(login + ".db");
  device.options.create = true;
  device.client = Client::open(device.options, environment);
  const auto id = device.client->status().device;
  names_.give(id.text(), login + "'s device");
  device.author = {account.user, id, role, false};

  server::AuthService auth(office.store().accounts(), environment,
                           server::TokenSigner(std::string(server::token_key_bytes, 'k')));
  auto engine = device.client->log_in({"https://localhost", login, password, "Laptop of " + login});
  const auto out = engine->step(Start{});
  const auto request = Json::parse(std::get<SendRequest>(out.front()).body);
  const auto message = protocol::log_in_from_json(request);
  const auto in = auth.log_in({message.login, message.password, message.device, message.device_name, "127.0.0.1"});
  protocol::SessionAnswer session{in.tokens.access, in.tokens.refresh, server::access_life / 1000,
                                  in.account.user,  in.account.login,  in.account.name,
                                  in.account.role};
  const auto answer = protocol::to_json(session);
  engine->step(ResponseReceived{200, {}, answer.dump()});
  note(login, request, 200, answer);
  return device;
}

void Transcript::tell(const std::string& sentence) {
  lines_.push_back(Json{{"what", sentence}}.dump());
}

void Transcript::note(const std::string& who, Json request, int status, Json answer) {
  name_what_comes_up(who, request, answer);
  const auto part = [&](const Json& value) { return pretty(names_.readable(value), 1); };
  lines_.push_back("{\"who\": " + Json(who).dump() + ",\n \"request\": " + part(request) +
                   ",\n \"status\": " + std::to_string(status) + ",\n \"answer\": " + part(answer) + "}");
}

void Transcript::name_what_comes_up(const std::string& who, const Json& request, const Json& answer) {
  const auto epoch_of = [&](const Json& message) {
    if (const auto epoch = string_or_empty(message, "epoch"); !epoch.empty()) names_.of(epoch, "epoch");
  };
  epoch_of(request);
  for (const auto& mutation : request.value("mutations", Json::array())) {
    names_.of(mutation.at("id").get<std::string>(), who + "'s edit");
    names_.of(mutation.at("record").get<std::string>(), mutation.at("collection").get<std::string>());
  }
  epoch_of(answer);
  for (const auto& record : answer.value("records", Json::array()))
    names_.of(record.at("id").get<std::string>(), record.at("collection").get<std::string>());
}

void Transcript::finish() {
  std::string text;
  for (const auto& line : lines_) text += (text.empty() ? "[\n" : ",\n") + line;
  text += "\n]\n";
  const char* mode = std::getenv("ANKETA_GOLDEN");
  if (mode && std::string(mode) == "write") {
    std::ofstream(file_, std::ios::binary) << text;
    return;
  }
  INFO(file_ << ": ANKETA_GOLDEN=write writes it anew, to be read then");
  const auto expected = Json::parse(read(file_)), now = Json::parse(text);
  for (std::size_t i = 0; i < std::min(expected.size(), now.size()); ++i) {
    INFO("part " << i + 1 << "\n" << pretty(now[i], 0));
    REQUIRE(now[i] == expected[i]);
  }
  CHECK(now.size() == expected.size());
}

}  // namespace anketa::client::test
