// Answers of the handlers held against the API's description (sync-server/api).
#pragma once

#include <string>
#include <vector>

#include "sync-server/api/operation.hpp"
#include "tests/support/http_client.hpp"

namespace anketa::server::test {

/// The operation a request asks for; null where none is described.
const api::Operation* described(const std::string& method, const std::string& target);

/// What an answer is not, by the description; empty: all is as described.
std::vector<std::string> description_faults(const std::string& method, const std::string& target, const Answer& answer);

/// Members of described answers that none of those checked so far had: of a description that tells too much.
std::vector<std::string> never_seen();

/// A client whose every answer has to be what the description says: std::logic_error where one is not.
class CheckedClient : public TestClient {
 public:
  using TestClient::TestClient;

  Answer request(const std::string& method, const std::string& target, const std::string& body = {},
                 const Headers& headers = {});
  Answer get(const std::string& target, const Headers& headers = {}) { return request("GET", target, {}, headers); }
};

}  // namespace anketa::server::test
