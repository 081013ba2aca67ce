// A real store with the shipped form and questionnaires pushed through the sync service.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include "shared/form/default_template.hpp"
#include "shared/merge/merge.hpp"
#include "sync-server/reports/report_service.hpp"
#include "sync-server/services/sync_service.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

namespace anketa::server::reports::test {

class FilledOffice {
 public:
  FilledOffice()
      : store_(open_sqlite_store({folder_.path().string(), 2, true}, environment_)),
        sync_(*store_, environment_),
        service(*store_, environment_, "Europe/Moscow") {
    author_ = {Uuid::v7(environment_), Uuid::v7(environment_), Role::Lead, true};
    rep = put("user", Uuid(), {{"name", "Анна Ковалёва"}, {"role", "rep"}, {"share", "part"}, {"active", true}});
  }

  void put_form(const Json& definition = form::default_template_json()) {
    put("form", company_scope,
        {{"form_id", "vip-anketa"},
         {"version", definition["settings"]["version"]},
         {"hash", hash_of(definition)},
         {"definition", canonical(definition)}});
  }

  static std::string hash_of(const Json& definition) {
    const auto pin = form::form_pin(definition);
    return pin.substr(pin.rfind(' ') + 1);
  }

  /// `owner`: nil for none; otherwise Anna.
  Uuid client(const std::string& name, const std::string& segment = "Банк", std::optional<Uuid> owner = {}) {
    environment_.advance(1);
    const auto id = Uuid::v7(environment_);
    submit("client", id, id, {{"name", name}, {"segment", segment}});
    if (const auto user = owner.value_or(rep); !user.is_nil())
      put("assignment", id, {{"client", id.text()}, {"user", user.text()}, {"role", "owner"}});
    return id;
  }

  Uuid questionnaire(const Uuid& client, Json answers, const std::string& status = "complete",
                     const Json& definition = form::default_template_json()) {
    Json body{
        {"client", client.text()},
        {"rep", rep.text()},
        {"form", {{"id", "vip-anketa"}, {"version", definition["settings"]["version"]}, {"hash", hash_of(definition)}}},
        {"date", "2025-06-10"},
        {"finished_at", environment_.now()},
        {"answers", std::move(answers)}};
    const auto id = put("questionnaire", client, std::move(body));
    if (status != "draft") transition("questionnaire", client, id, "draft", status);
    return id;
  }

  Uuid put(const std::string& collection, const Scope& scope, Json body) {
    environment_.advance(1);
    const auto id = Uuid::v7(environment_);
    submit(collection, id, scope, std::move(body));
    return id;
  }

  void transition(const std::string& collection, const Scope& scope, const Uuid& record, const std::string& from,
                  const std::string& to, const Json& facts = Json::object()) {
    Op step{OpKind::Transition, "status", {{"from", from}, {"to", to}, {"facts", facts}}, {}, {}};
    store_->read([&](Reader& reader) { merge::note_what_was_seen(step, parse_head(reader.head(record).value())); });
    journal(collection, record, scope, std::move(step));
  }

  void remove(const std::string& collection, const Scope& scope, const Uuid& record) {
    std::vector<Uuid> seen;
    store_->read([&](Reader& reader) {
      const auto state = parse_head(reader.head(record).value());
      for (const auto& by : state.provenance_below("")) seen.push_back(by);
    });
    journal(collection, record, scope, {OpKind::Remove, "", nullptr, std::move(seen), {}});
  }

  static Viewer lead() { return {Uuid(), Role::Lead}; }

 private:
  void submit(const std::string& collection, const Uuid& id, const Scope& scope, Json body) {
    journal(collection, id, scope, {OpKind::Set, "", std::move(body), {}, {}});
  }

  void journal(const std::string& collection, const Uuid& id, const Scope& scope, Op op) {
    Mutation mutation;
    environment_.advance(1);
    mutation.id = Uuid::v7(environment_);
    mutation.device = author_.device;
    mutation.user = author_.user;
    mutation.counter = ++counter_;
    mutation.record = id;
    mutation.collection = collection;
    mutation.scope = scope;
    mutation.at = environment_.now();
    mutation.ops.push_back(std::move(op));
    const auto results = sync_.submit(author_, {mutation});
    REQUIRE(results.at(0).status == protocol::ResultStatus::Applied);
  }

  anketa::test::TemporaryFolder folder_;
  anketa::test::TestEnvironment environment_;
  std::unique_ptr<Store> store_;
  SyncService sync_;
  Author author_;
  std::uint64_t counter_ = 0;

 public:
  ReportService service;
  Uuid rep;
};

/// Answers with which quality is good and every section open.
inline Json good_quality() {
  return {{"sp_contract", 100}, {"sp_ok", "yes"}, {"out", "no"}, {"serious", "no"}};
}

/// The question of that name in the results of all questions.
inline Json question_of(const Json& results, const std::string& name) {
  for (const auto& section : results["sections"])
    for (const auto& question : section["questions"])
      if (question["name"] == name) return question;
  return nullptr;
}

inline int times_chosen(const Json& question, const std::string& choice) {
  for (const auto& one : question["choices"])
    if (one["name"] == choice) return one["count"].get<int>();
  return -1;
}

}  // namespace anketa::server::reports::test
