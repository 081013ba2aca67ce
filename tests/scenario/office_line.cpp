#include "tests/scenario/office_line.hpp"

#include <stdexcept>

#include "shared/protocol/limits.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::scenario {

OfficeLine::OfficeLine(const Company& company, const std::string& login)
    : company_(company), device_(Uuid::v7(environment_)) {
  const Json body{
      {"login", login}, {"password", "password of " + login}, {"device", {{"id", device_.text()}, {"name", "Test"}}}};
  const auto answer = TestClient(company.port(), company.ca_file()).request("POST", "/v1/login", body.dump());
  if (answer.status != 200) throw std::runtime_error("log-in refused: " + answer.text());
  const auto session = Json::parse(answer.text());
  access_ = session.at("access").get<std::string>();
  user_ = Uuid::from(session.at("user").at("id").get<std::string>());
  epoch_ = protocol::decode_answer(send(encode(request())).text()).epoch;
}

Answer OfficeLine::send_as(const std::string& token, const std::string& body) const {
  return TestClient(company_.port(), company_.ca_file())
      .request("POST", "/v1/sync", body, {{"Authorization", "Bearer " + token}});
}

Answer OfficeLine::send(const std::string& body, TestClient::Headers headers) const {
  headers.emplace("Authorization", "Bearer " + access_);
  return TestClient(company_.port(), company_.ca_file()).request("POST", "/v1/sync", body, headers);
}

protocol::SyncRequest OfficeLine::request() const {
  protocol::SyncRequest request;
  request.protocol = protocol::version;
  request.device = device_;
  request.generation = 1;
  request.nonce = nonce_;
  request.next_nonce = nonce_;
  request.epoch = epoch_;
  return request;
}

std::string OfficeLine::nothing_new() const {
  return encode(request());
}

Mutation OfficeLine::making(const std::string& collection, const Uuid& scope, const Json& body) {
  Mutation mutation;
  mutation.id = Uuid::v7(environment_);
  mutation.device = device_;
  mutation.user = user_;
  mutation.counter = ++counter_;
  mutation.epoch = epoch_;
  mutation.schema = schema::version;
  mutation.record = Uuid::v7(environment_);
  mutation.collection = collection;
  mutation.scope = scope;
  mutation.at = environment_.now();
  mutation.ops = {Op{OpKind::Set, "", body, {}, {}}};
  return mutation;
}

protocol::MutationResult OfficeLine::push(const Mutation& mutation) {
  auto wanted = request();
  wanted.mutations = {to_json(mutation).dump()};
  const auto answer = send(encode(wanted));
  if (answer.status != 200) throw std::runtime_error("sync refused: " + answer.text());
  auto decoded = protocol::decode_answer(answer.text());
  if (decoded.results.size() != 1) throw std::runtime_error("one mutation, other results: " + answer.text());
  return decoded.results.front();
}

std::string code_of(const Answer& answer) {
  const auto problem = Json::parse(answer.text());
  if (string_or_empty(problem, "message").empty() || string_or_empty(problem, "remedy").empty())
    throw std::runtime_error("a problem without words: " + answer.text());
  return problem.at("code");
}

}  // namespace anketa::scenario
