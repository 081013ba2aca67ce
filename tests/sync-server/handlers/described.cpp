#include "tests/sync-server/handlers/described.hpp"

#include <mutex>
#include <stdexcept>

#include "sync-server/http/router.hpp"
#include "tests/support/shape_faults.hpp"

namespace anketa::server::test {
namespace {

const Json& description() {
  static const Json text = api::openapi();
  return text;
}

anketa::test::ShapeChecker& checker() {
  static anketa::test::ShapeChecker one(description());
  return one;
}

std::string path_of(const std::string& target) {
  return target.substr(0, target.find('?'));
}

/// A path that captures all that follows is no path of OpenAPI: there it stands as its route has it.
const std::string& pattern_of(const api::Operation& operation) {
  return operation.route.ends_with("...}") ? operation.route : operation.path;
}

/// By the server's own matching: what is spelt out comes before what is captured.
const http::Router& operations_by_path() {
  static const http::Router router = [] {
    http::Router all;
    for (const auto& operation : api::operations())
      all.add(operation.method, pattern_of(operation), http::Handler([](const auto&, const auto&) {}));
    return all;
  }();
  return router;
}

Json schema_of(const api::Operation& operation, const std::string& status) {
  auto method = operation.method;
  for (auto& c : method) c = static_cast<char>(c | 0x20);
  return description().at("paths").at(operation.path).at(method).at("responses").at(status);
}

bool is_json(const Answer& answer) {
  return answer.header("content-type").starts_with("application/json");
}

std::vector<std::string> faults_of_json(const Json& response, const Answer& answer) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  return checker().faults(response.at("content").at("application/json").at("schema"), Json::parse(answer.text()));
}

}  // namespace

const api::Operation* described(const std::string& method, const std::string& target) {
  const auto match = operations_by_path().match(method, path_of(target));
  if (!match.route) return nullptr;
  for (const auto& operation : api::operations())
    if (operation.method == match.route->method && pattern_of(operation) == match.route->pattern) return &operation;
  return nullptr;
}

std::vector<std::string> description_faults(const std::string& method, const std::string& target,
                                            const Answer& answer) {
  const auto* operation = described(method, target);
  const bool nowhere = answer.status == 404 || answer.status == 405;
  if (!operation) return nowhere ? std::vector<std::string>{} : std::vector<std::string>{"is not described"};
  if (method == "HEAD") return {};
  if (answer.status >= 400) {
    if (!is_json(answer)) return {};
    return faults_of_json(schema_of(*operation, "default"), answer);
  }
  if (!operation->answer)
    return answer.status < 300 && is_json(answer) && operation->media.empty() ? std::vector<std::string>{"answers JSON"}
                                                                              : std::vector<std::string>{};
  if (answer.status != operation->status) return {"answers " + std::to_string(answer.status)};
  return faults_of_json(schema_of(*operation, std::to_string(operation->status)), answer);
}

std::vector<std::string> never_seen() {
  return checker().unseen();
}

Answer CheckedClient::request(const std::string& method, const std::string& target, const std::string& body,
                              const Headers& headers) {
  auto answer = TestClient::request(method, target, body, headers);
  if (!target.starts_with("/v1/")) return answer;
  const auto faults = description_faults(method, target, answer);
  if (faults.empty()) return answer;
  std::string all = method + " " + target;
  for (std::size_t i = 0; i < faults.size() && i < 8; ++i) all += "\n  " + faults[i];
  throw std::logic_error(all);
}

}  // namespace anketa::server::test
