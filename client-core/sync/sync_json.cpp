// JSON of events and instructions.
#include "anketa/sync.hpp"
#include "client-core/sync/base64.hpp"

namespace anketa::client {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

Json headers_to_json(const Headers& headers) {
  Json json = Json::object();
  for (const auto& [name, value] : headers) json[name] = value;
  return json;
}

struct InstructionJson {
  text::Language language;

  Json operator()(const SendRequest& send) const {
    Json json{{"do", "send"}, {"method", send.method}, {"path", send.path}, {"headers", headers_to_json(send.headers)}};
    if (header(send.headers, "Content-Type").value_or("").ends_with("octet-stream"))
      json["bytes"] = base64(send.body);
    else
      json["body"] = send.body;
    return json;
  }
  Json operator()(const Wait& wait) const {
    Json json{{"do", "wait"}, {"milliseconds", wait.milliseconds}};
    if (wait.reason) json["reason"] = wait.reason->to_json(language);
    return json;
  }
  Json operator()(const Progress& progress) const {
    return {
        {"do", "progress"}, {"pushed", progress.pushed}, {"to_push", progress.to_push}, {"pulled", progress.pulled}};
  }
  Json operator()(const Done& done) const { return {{"do", "done"}, {"summary", to_json(done.summary)}}; }
  Json operator()(const Failed& failed) const {
    return {{"do", "failed"}, {"problem", failed.problem.to_json(language)}};
  }
};

[[noreturn]] void no_event(const char* where) {
  throw ProblemError(ProblemCode::UsageInvalid, {{"detail", where}}, where);
}

ResponseReceived response_from(const Json& json) {
  ResponseReceived response;
  const auto status = json.find("status");
  if (status == json.end() || !status->is_number_integer()) no_event("status");
  response.status = status->get<int>();
  response.body = string_or_empty(json, "body");
  if (const auto bytes = json.find("bytes"); bytes != json.end()) {
    auto decoded = bytes->is_string() ? bytes_of_base64(bytes->get_ref<const std::string&>()) : std::nullopt;
    if (!decoded) no_event("bytes");
    response.body = std::move(*decoded);
  }
  if (const auto headers = json.find("headers"); headers != json.end() && headers->is_object())
    for (const auto& [name, value] : headers->items())
      if (value.is_string()) response.headers.emplace_back(name, value.get<std::string>());
  return response;
}

}  // namespace

std::optional<std::string_view> header(const Headers& headers, std::string_view name) {
  for (const auto& [have, value] : headers)
    if (same_name(have, name)) return value;
  return std::nullopt;
}

Json to_json(const Summary& summary) {
  return {{"pushed", summary.pushed},           {"applied", summary.applied},
          {"merged", summary.merged},           {"conflicts", summary.conflicts},
          {"parked", summary.parked},           {"waiting", summary.waiting},
          {"pulled", summary.pulled},           {"removed", summary.removed},
          {"rounds", summary.rounds},           {"repaired", summary.repaired},
          {"attachments", summary.attachments}, {"attachments_refused", summary.attachments_refused}};
}

Json to_json(const Instruction& instruction, text::Language language) {
  return std::visit(InstructionJson{language}, instruction);
}

Event event_from_json(const Json& json) {
  const auto kind = string_or_empty(json, "event");
  if (kind == "start") return Start{};
  if (kind == "response") return response_from(json);
  if (kind == "failed") {
    const auto problem = json.find("problem");
    return TransportFailed{problem == json.end() ? Problem{ProblemCode::ServerUnreachable, {}, {}}
                                                 : Problem::from_json(*problem)};
  }
  if (kind == "timer") return TimerFired{};
  if (kind == "cancel") return Cancel{};
  no_event("event");
}

}  // namespace anketa::client
