// Validation, permissions, visibility and search, as they follow from the declaration.
#include <catch2/catch_test_macros.hpp>

#include "shared/schema/builder.hpp"
#include "shared/schema/schema.hpp"

using namespace anketa;
using namespace anketa::schema;

namespace {

const std::string item = "01890c5e-3b2f-7c4a-9a41-0123456789ab";

/// One field of every kind.
const Collection& every_kind() {
  static const Collection all{
      "every_kind",
      Placement::Client,
      Writers::Team,
      Creators::Team,
      {schema::text("text"), long_text("long"), document("document"), integer("integer"), money("money"),
       make(Kind::Decimal, "decimal"), boolean("boolean"), date("date"), instant("instant"),
       reference("reference", "client"), choice("choice", {"a", "b"}), set("set"),
       status("status", {"x", "y"}, {{"x", "y"}}), tree("tree"), list("list", {schema::text("name"), integer("n")}),
       log("log", {schema::text("text")}), schema::text("folder/one"), schema::text("lead").by_lead()}};
  return all;
}

std::optional<ProblemCode> code(const std::optional<Problem>& problem) {
  return problem ? std::optional(problem->code) : std::nullopt;
}

std::optional<ProblemCode> check(OpKind kind, std::string path, Json value = {}) {
  return code(validate(every_kind(), {kind, std::move(path), std::move(value), {}, {}}));
}

constexpr auto Wrong = ProblemCode::WrongType;
constexpr auto Invalid = ProblemCode::InvalidValue;

}  // namespace

TEST_CASE("Validation table: values that are taken") {
  const std::vector<std::pair<std::string, Json>> good{
      {"text", "строка"},
      {"long", "a\nb"},
      {"integer", -5},
      {"money", 100},
      {"decimal", "-12.50"},
      {"boolean", false},
      {"date", "2024-02-29"},
      {"instant", 1749547800000},
      {"reference", item},
      {"choice", "b"},
      {"set", {"b", "a"}},
      {"status", "x"},
      {"tree", {{"g", {{"q", "a"}, {"n", 1}, {"many", {"x"}}}}}},
      {"tree/g/q", true},
      {"list", {{item, {{"name", "a"}, {"extra", "kept"}}}}},
      {"list/" + item, {{"n", 1}}},
      {"list/" + item + "/n", 2},
      {"log/" + item, {{"text", "a"}}},
      {"folder", {{"one", "a"}}},
      {"folder/other", "undeclared"},
      {"undeclared", {"a"}},
      {"", {{"text", "a"}, {"undeclared", 1}, {"folder", {{"one", "a"}}}}}};
  for (const auto& [path, value] : good) {
    CAPTURE(path, value.dump());
    CHECK_FALSE(check(OpKind::Set, path, value));
    if (!path.empty()) CHECK_FALSE(check(OpKind::Set, path, nullptr));
  }
}

TEST_CASE("Validation table: values that are refused, and why") {
  const std::vector<std::tuple<std::string, Json, ProblemCode>> bad{
      {"text", 1, Wrong},
      {"text", std::string(2001, 'a'), ProblemCode::TooLarge},
      {"long", std::string(100'001, 'a'), ProblemCode::TooLarge},
      {"integer", "1", Wrong},
      {"integer", 1.0, Wrong},
      {"money", 18446744073709551615ULL, Wrong},
      {"decimal", "1.", Invalid},
      {"decimal", ".5", Invalid},
      {"decimal", "1e5", Invalid},
      {"decimal", 1, Wrong},
      {"boolean", "true", Wrong},
      {"date", "2025-02-29", Invalid},
      {"date", "10.06.2025", Invalid},
      {"date", 20250610, Wrong},
      {"instant", "2025", Wrong},
      {"reference", "nobody", Invalid},
      {"choice", "c", Invalid},
      {"choice", 1, Wrong},
      {"set", "a", Wrong},
      {"set", {1}, Wrong},
      {"set", {""}, Invalid},
      {"status", "z", Invalid},
      {"tree", "a", Wrong},
      {"tree/q", 1.5, Wrong},
      {"tree/q", {{"a/b", 1}}, Invalid},
      {"tree/q", {{"", 1}}, Invalid},
      {"tree/q", Json::array({Json::array({"x"})}), Wrong},
      {"list", {{"no-id", {{"name", "a"}}}}, Invalid},
      {"list", {{"01890C5E-3B2F-7C4A-9A41-0123456789AB", {{"name", "a"}}}}, Invalid},
      {"list/" + item, "a", Wrong},
      {"list/" + item + "/n", "a", Wrong},
      {"list/" + item + "/n/deeper", 1, Wrong},
      {"log/" + item + "/text", "a", ProblemCode::ReadOnlyField},
      {"folder", "a", Wrong},
      {"text/deeper", "a", Wrong},
      {"set/a", true, Wrong},
      {"", "a", Wrong},
      {"", {{"text", 1}}, Wrong},
      {"tree//q", 1, Invalid},
      {"/tree", 1, Invalid},
      {"tree/", 1, Invalid},
      {"tree/" + std::string(600, 'a'), 1, ProblemCode::TooLarge}};
  for (const auto& [path, value, why] : bad) {
    CAPTURE(path, value.dump().substr(0, 80));
    CHECK(check(OpKind::Set, path, value) == why);
  }
}

TEST_CASE("Depth counts path and value together, so that what is stored can always be sent") {
  const auto nested = [](int depth) {
    Json value = 1;
    for (int i = 0; i < depth; ++i) value = Json{{"a", value}};
    return value;
  };
  CHECK_FALSE(check(OpKind::Set, "tree", nested(19)));
  CHECK(check(OpKind::Set, "tree", nested(20)) == ProblemCode::TooDeep);
  CHECK(check(OpKind::Set, "tree/a/a/a/a/a/a/a/a/a/a", nested(10)) == ProblemCode::TooDeep);
  CHECK(check(OpKind::Set, "", Json{{"undeclared", nested(20)}}) == ProblemCode::TooDeep);
}

TEST_CASE("Each kind of op goes where it belongs") {
  CHECK_FALSE(check(OpKind::Add, "set", "a"));
  CHECK_FALSE(check(OpKind::Add, "tree/many", "a"));
  CHECK(check(OpKind::Add, "set", 1) == Wrong);
  CHECK(check(OpKind::Add, "set", "") == Invalid);
  for (const char* path : {"text", "tree", "list", "log", "status", "", "folder", "set/a"}) {
    CAPTURE(path);
    CHECK(check(OpKind::Add, path, "a") == Wrong);
  }
  CHECK_FALSE(check(OpKind::Remove, "set", "a"));
  CHECK_FALSE(check(OpKind::Remove, ""));
  CHECK(check(OpKind::Remove, "text", "a") == Wrong);
  CHECK(check(OpKind::Remove, "set", 1) == Wrong);
  const Json entry{{"id", item}, {"text", "a"}};
  CHECK_FALSE(check(OpKind::Append, "log", entry));
  CHECK(check(OpKind::Append, "log", {{"text", "a"}}) == Invalid);
  CHECK(check(OpKind::Append, "log", {{"id", item}, {"text", 1}}) == Wrong);
  CHECK(check(OpKind::Append, "log/" + item, entry) == Wrong);
  CHECK(check(OpKind::Append, "text", entry) == Wrong);
  CHECK_FALSE(check(OpKind::Transition, "status", {{"from", "x"}, {"to", "y"}, {"facts", {{"text", "a"}}}}));
  CHECK(check(OpKind::Transition, "status", {{"from", "x"}}) == Wrong);
  CHECK(check(OpKind::Transition, "status", {{"from", "x"}, {"to", "q"}}) == Invalid);
  CHECK(check(OpKind::Transition, "status", {{"from", "x"}, {"to", "y"}, {"facts", {{"text", 1}}}}) == Wrong);
  CHECK(check(OpKind::Transition, "text", {{"from", "x"}, {"to", "y"}}) == Wrong);
}

TEST_CASE("Permissions: who may write and make what") {
  const Op edit{OpKind::Set, "text", "a", {}, {}};
  const auto may = [&](Writers writers, Right right) {
    auto collection = every_kind();
    collection.writers = writers;
    return !permit(collection, edit, right, false);
  };
  const std::vector<std::pair<Writers, std::vector<Right>>> table{
      {Writers::Team, {Right::Team, Right::Lead, Right::Server}},
      {Writers::TeamAndService, {Right::Service, Right::Team, Right::Lead, Right::Server}},
      {Writers::Lead, {Right::Lead, Right::Server}},
      {Writers::Server, {Right::Server}}};
  for (const auto& [writers, allowed] : table)
    for (const auto right : {Right::None, Right::Read, Right::Service, Right::Team, Right::Lead, Right::Server}) {
      CAPTURE(static_cast<int>(writers), static_cast<int>(right));
      CHECK(may(writers, right) == (std::find(allowed.begin(), allowed.end(), right) != allowed.end()));
    }
}

TEST_CASE("Permissions: only the lead changes the lead's fields, whatever op they hide in") {
  const auto refused = [](Op op, bool creates = false) {
    return permit(every_kind(), op, Right::Team, creates).has_value();
  };
  CHECK(refused({OpKind::Set, "lead", "a", {}, {}}));
  CHECK(refused({OpKind::Set, "", {{"lead", "a"}}, {}, {}}));
  CHECK(refused({OpKind::Set, "", {{"lead", nullptr}}, {}, {}}));
  CHECK(refused({OpKind::Set, "", {{"lead", "a"}}, {}, {}}, true));
  CHECK(refused({OpKind::Remove, "lead", nullptr, {}, {}}));
  CHECK(refused({OpKind::Transition, "status", {{"from", "x"}, {"to", "y"}, {"facts", {{"lead", "a"}}}}, {}, {}}));
  CHECK_FALSE(refused({OpKind::Set, "", {{"text", "a"}}, {}, {}}));
  CHECK_FALSE(permit(every_kind(), {OpKind::Set, "lead", "a", {}, {}}, Right::Lead, false));
}

TEST_CASE("Visible: only the classes granted; undeclared fields are the most restricted (R36)") {
  const auto& contact = *collection("contact");
  const Json body{{"client", item}, {"name", "Мария"}, {"state", "active"}, {"tags", {"vip"}}, {"zodiac", "лев"}};
  CHECK(visible(contact, body, {}) == Json{{"client", item}, {"state", "active"}});
  const std::vector<FieldClass> personal{FieldClass::Personal};
  CHECK(visible(contact, body, personal) == Json{{"client", item}, {"state", "active"}, {"name", "Мария"}});
  const std::vector<FieldClass> all{FieldClass::Service, FieldClass::Relations, FieldClass::Finance,
                                    FieldClass::Personal, FieldClass::Restricted};
  CHECK(visible(contact, body, all) == body);
  const Json client{{"name", "ООО"}, {"contract", {{"number", "7"}, {"secret", 1}}}, {"income_year", 5}};
  const std::vector<FieldClass> service{FieldClass::Service};
  CHECK(visible(*collection("client"), client, service) == Json{{"name", "ООО"}, {"contract", {{"number", "7"}}}});
  CHECK(visible(*collection("client"), client, {}) == Json{{"name", "ООО"}});
}

TEST_CASE("Search text is the searchable fields and nothing else") {
  CHECK(search_text(*collection("contact"), {{"name", "Мария"}, {"phone", "123"}, {"state", "active"}}) ==
        "Мария\n123\n");
}

TEST_CASE("A complete body has its required fields") {
  CHECK(code(validate_complete(*collection("contact"), {{"client", item}})) == ProblemCode::RequiredMissing);
  CHECK(code(validate_complete(*collection("contact"), {{"client", item}, {"name", " "}})) ==
        ProblemCode::RequiredMissing);
  CHECK_FALSE(validate_complete(*collection("contact"), {{"client", item}, {"name", "Мария"}}));
}
