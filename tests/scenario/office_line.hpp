// A device that speaks to a company's server directly, so that it can also say what the client never would.
#pragma once

#include "shared/protocol/messages.hpp"
#include "shared/record/mutation.hpp"
#include "shared/system/system_environment.hpp"
#include "tests/scenario/company.hpp"
#include "tests/support/http_client.hpp"

namespace anketa::scenario {

using server::test::Answer;
using server::test::TestClient;

class OfficeLine {
 public:
  /// Logs in as that person on a device of its own.
  OfficeLine(const Company& company, const std::string& login);

  /// POST /v1/sync with this body, as it is.
  Answer send(const std::string& body, TestClient::Headers headers = {}) const;
  Answer send_as(const std::string& token, const std::string& body) const;
  /// An empty exchange: what a healthy server answers with 200.
  std::string nothing_new() const;
  /// A mutation that makes a record.
  Mutation making(const std::string& collection, const Uuid& scope, const Json& body);
  /// Pushes it; gives its result {"status", "problem", …}.
  protocol::MutationResult push(const Mutation& mutation);

  const Uuid& user() const { return user_; }
  const Uuid& device() const { return device_; }

 private:
  protocol::SyncRequest request() const;

  const Company& company_;
  SystemEnvironment environment_;
  Uuid device_, user_;
  std::string access_, epoch_, nonce_ = "1";
  std::uint64_t counter_ = 0;
};

/// The problem's code in an error answer; it must have both texts for people.
std::string code_of(const Answer& answer);

}  // namespace anketa::scenario
