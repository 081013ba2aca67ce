// Who takes the steps of a case, and what stands once the client has spoken (R14, R15, R17).
#include <catch2/catch_test_macros.hpp>

#include "shared/schema/schema.hpp"

using namespace anketa;
using namespace anketa::schema;

namespace {

const Collection& cases() {
  return *collection("quality_case");
}

Op step(const char* from, const char* to, Json facts = Json::object()) {
  return {OpKind::Transition, "status", {{"from", from}, {"to", to}, {"facts", std::move(facts)}}, {}, {}};
}

Op set(const char* path, Json value) {
  return {OpKind::Set, path, std::move(value), {}, {}};
}

bool may(const Op& op, Right right) {
  return !permit(cases(), op, right, false);
}

const Json word{{"confirmed_by", "Пётр"}, {"confirmed_on", "2025-06-10"}, {"confirmed_how", "call"}};

}  // namespace

TEST_CASE("R15: the service side accepts, works and reports; it never speaks for the client (R17)") {
  for (const auto& op : {step("open", "accepted"), step("accepted", "in_work"), step("in_work", "reported_fixed"),
                         step("rejected", "in_work"), set("place", "узел 4"), set("fix_cost", 100)})
    for (const auto right : {Right::Service, Right::Team, Right::Lead}) CHECK(may(op, right));
  for (const auto& op :
       {step("reported_fixed", "rep_called"), step("rep_called", "confirmed", word),
        step("rep_called", "rejected", {{"rejected_by", "x"}, {"rejected_on", "2025-06-10"}, {"reopenings", 1}})}) {
    CHECK_FALSE(may(op, Right::Service));
    CHECK_FALSE(may(op, Right::Read));
    CHECK(may(op, Right::Team));
    CHECK(may(op, Right::Lead));
  }
}

TEST_CASE("R17: nor does the service side by setting the status outright, as a resolution would") {
  for (const auto* status : {"rep_called", "confirmed", "rejected"}) {
    auto op = set("status", status);
    op.consumes = {Uuid()};
    CHECK_FALSE(may(op, Right::Service));
    CHECK_FALSE(may(set("", {{"status", status}}), Right::Service));
  }
  CHECK(may(set("status", "in_work"), Right::Service));
}

TEST_CASE("R14: what the client said and complained of is not the service side's to change") {
  for (const auto* path : {"complaints", "answers", "severity", "confirming_contact", "opened_on", "client_words"})
    CHECK_FALSE(may(set(path, nullptr), Right::Service));
  CHECK_FALSE(may(set("", {{"severity", "annoys"}}), Right::Service));
  CHECK_FALSE(may({OpKind::Set, "complaints/a/p_text", "nothing", {}, {}}, Right::Service));
  CHECK(may(set("severity", "annoys"), Right::Team));
}

TEST_CASE("R17: the facts of a confirmation come with the step, and nobody edits or clears them afterwards") {
  for (const auto right : {Right::Service, Right::Team, Right::Lead}) {
    CHECK_FALSE(may(set("confirmed_by", "Никто"), right));
    CHECK_FALSE(may(set("confirmed_by", nullptr), right));
    CHECK_FALSE(may(set("", {{"confirmed_by", "Никто"}}), right));
    CHECK_FALSE(may({OpKind::Remove, "confirmed_by", nullptr, {}, {}}, right));
    CHECK_FALSE(may(step("in_work", "reported_fixed", {{"confirmed_by", "Никто"}}), right));
    CHECK_FALSE(may(step("in_work", "reported_fixed", {{"reopenings", 0}}), right));
    CHECK_FALSE(permit(cases(), set("", {{"client", "x"}, {"confirmed_by", "Никто"}}), right, true) == std::nullopt);
  }
  // Two people noted it differently: that is settled, but not emptied.
  auto settled = set("confirmed_on", "2025-06-10");
  settled.consumes = {Uuid()};
  CHECK(may(settled, Right::Lead));
  settled.value = nullptr;
  CHECK_FALSE(may(settled, Right::Lead));
}

TEST_CASE("R17: a case is not got rid of by removing it") {
  for (const auto right : {Right::Service, Right::Team, Right::Lead})
    CHECK_FALSE(may({OpKind::Remove, "", nullptr, {}, {}}, right));
  CHECK(may({OpKind::Remove, "", nullptr, {}, {}}, Right::Server));
}
