// The declaration as a whole: what must hold of every collection, today's and tomorrow's.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sstream>

#include "shared/schema/schema.hpp"

using namespace anketa;
using namespace anketa::schema;

namespace {

template <typename Visit>
void each_field(const Visit& visit) {
  for (const auto& collection : collections())
    for (const auto& field : collection.fields) visit(collection, field);
}

}  // namespace

TEST_CASE("Collections and their fields have names of their own") {
  std::set<std::string> names;
  for (const auto& collection : collections()) {
    CHECK(names.insert(collection.name).second);
    CHECK(schema::collection(collection.name) == &collection);
    std::set<std::string> fields;
    for (const auto& field : collection.fields) {
      CAPTURE(collection.name, field.name);
      CHECK(fields.insert(field.name).second);
      CHECK(collection.field(field.name) == &field);
    }
  }
  CHECK(schema::collection("horoscope") == nullptr);
}

TEST_CASE("No field lies inside another") {
  each_field([](const Collection& collection, const Field& field) {
    for (const auto& other : collection.fields) {
      CAPTURE(collection.name, field.name, other.name);
      CHECK_FALSE((other.name.size() > field.name.size() && other.name.starts_with(field.name + "/")));
    }
  });
}

TEST_CASE("Every reference names a declared collection, or any record") {
  each_field([](const Collection& collection, const Field& field) {
    if (field.kind != Kind::Reference || field.target.empty()) return;
    CAPTURE(collection.name, field.name);
    CHECK(schema::collection(field.target) != nullptr);
  });
}

TEST_CASE("Choices and statuses have values, and transitions join values") {
  each_field([](const Collection& collection, const Field& field) {
    CAPTURE(collection.name, field.name);
    const auto has = [&](const std::string& value) {
      return std::find(field.values.begin(), field.values.end(), value) != field.values.end();
    };
    CHECK(((field.kind == Kind::Choice || field.kind == Kind::Status) == !field.values.empty()));
    CHECK((field.kind == Kind::Status) == !field.transitions.empty());
    for (const auto& step : field.transitions) CHECK((has(step.from) && has(step.to) && step.from != step.to));
  });
}

TEST_CASE("Every status can be reached from the first") {
  each_field([](const Collection& collection, const Field& field) {
    if (field.kind != Kind::Status) return;
    std::set<std::string> reached{field.values.front()};
    for (std::size_t i = 0; i < field.values.size(); ++i)
      for (const auto& step : field.transitions)
        if (reached.contains(step.from)) reached.insert(step.to);
    CAPTURE(collection.name, field.name);
    CHECK(reached.size() == field.values.size());
  });
}

TEST_CASE("What lives in a client's scope names its client, for good") {
  for (const auto& collection : collections()) {
    if (collection.placement != Placement::Client) continue;
    CAPTURE(collection.name);
    const auto* client = collection.field("client");
    REQUIRE(client);
    CHECK((client->kind == Kind::Reference && client->target == "client" && client->required && client->immutable));
  }
}

TEST_CASE("Field classes have names that lead back to them") {
  for (const auto field_class : {FieldClass::General, FieldClass::Service, FieldClass::Relations, FieldClass::Finance,
                                 FieldClass::Personal, FieldClass::Restricted})
    CHECK(schema::field_class(name(field_class)) == field_class);
  CHECK_FALSE(schema::field_class("secret"));
}

TEST_CASE("The description for other languages has every field") {
  const auto all = describe();
  CHECK(all["version"] == version);
  REQUIRE(all["collections"].size() == collections().size());
  for (std::size_t i = 0; i < collections().size(); ++i)
    CHECK(all["collections"][i]["fields"].size() == collections()[i].fields.size());
}

TEST_CASE("docs/schema.md mentions every collection and every class") {
  std::ifstream file(ANKETA_SOURCE_DIR "/docs/schema.md");
  REQUIRE(file);
  std::stringstream page;
  page << file.rdbuf();
  for (const auto& collection : collections()) {
    CAPTURE(collection.name);
    CHECK(page.str().find('`' + collection.name + '`') != std::string::npos);
  }
  for (const auto field_class : {FieldClass::General, FieldClass::Service, FieldClass::Relations, FieldClass::Finance,
                                 FieldClass::Personal, FieldClass::Restricted})
    CHECK(page.str().find('`' + std::string(name(field_class)) + '`') != std::string::npos);
}
