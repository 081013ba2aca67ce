// A sync service over a real SQLite store, and people with devices that keep nothing but a cursor.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <future>

#include "shared/merge/merge.hpp"
#include "sync-server/services/sync_service.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

namespace anketa::server::test {

using anketa::test::TemporaryFolder;
using anketa::test::TestEnvironment;
using protocol::ResultStatus;

/// A person with a device that keeps nothing but its cursor.
struct Person {
  Author author;
  std::string cursor;
  std::uint64_t counter = 0;
  /// Nonces and revokes as the device tells of them.
  protocol::SyncRequest says = {};
};

class Office {
 public:
  Office()
      : store_(open_sqlite_store({folder_.path().string(), 2, true}, environment_)), service_(*store_, environment_) {}

  Person person(Role role) { return {{Uuid::v7(environment_), Uuid::v7(environment_), role, false}, {}, 0, {}}; }
  Uuid id() { return Uuid::v7(environment_); }

  Mutation mutation(Person& by, std::string collection, const Uuid& record, const Scope& scope, std::vector<Op> ops) {
    Mutation mutation;
    mutation.id = id();
    mutation.device = by.author.device;
    mutation.user = by.author.user;
    mutation.counter = ++by.counter;
    mutation.record = record;
    mutation.collection = std::move(collection);
    mutation.scope = scope;
    mutation.at = environment_.now();
    mutation.ops = std::move(ops);
    return mutation;
  }

  Mutation create(Person& by, std::string collection, const Uuid& record, const Scope& scope, Json body) {
    return mutation(by, std::move(collection), record, scope, {{OpKind::Set, "", std::move(body), {}, {}}});
  }

  SyncOutcome raw(Person& by, const std::string& body) {
    SyncOutcome outcome;
    std::promise<void> answered;
    service_.sync(by.author, body, [&](SyncOutcome result) {
      outcome = std::move(result);
      answered.set_value();
    });
    answered.get_future().wait();
    return outcome;
  }

  protocol::SyncAnswer sync(Person& by, const std::vector<Mutation>& mutations = {}, int limit = 0,
                            bool keep_cursor = true) {
    auto request = by.says;
    request.device = by.author.device;
    request.cursor = by.cursor;
    request.limit = limit;
    for (const auto& m : mutations) request.mutations.push_back(canonical(to_json(m)));
    auto outcome = raw(by, protocol::encode(request));
    REQUIRE(std::holds_alternative<std::string>(outcome));
    auto answer = protocol::decode_answer(std::get<std::string>(outcome));
    if (keep_cursor) by.cursor = answer.cursor;
    return answer;
  }

  /// A client with an owner, made by the lead.
  Uuid client_of(Person& lead, const Person& owner, const std::string& name, const std::string& role = "owner") {
    const auto client = id();
    const auto made = sync(lead, {create(lead, "client", client, client, {{"name", name}})});
    REQUIRE(made.results[0].status == ResultStatus::Applied);
    assign(lead, client, owner, role);
    return client;
  }

  Uuid assign(Person& lead, const Uuid& client, const Person& to, const std::string& role) {
    const auto assignment = id();
    const auto done =
        sync(lead, {create(lead, "assignment", assignment, client,
                           {{"client", client.text()}, {"user", to.author.user.text()}, {"role", role}})});
    REQUIRE(done.results[0].status == ResultStatus::Applied);
    return assignment;
  }

  /// What a request is refused for; Count where it is not.
  ProblemCode refusal(Person& by, const std::vector<Mutation>& mutations = {}) {
    auto request = by.says;
    request.device = by.author.device;
    request.cursor = by.cursor;
    for (const auto& m : mutations) request.mutations.push_back(canonical(to_json(m)));
    const auto outcome = raw(by, protocol::encode(request));
    return std::holds_alternative<Problem>(outcome) ? std::get<Problem>(outcome).code : ProblemCode::Count;
  }

  /// The record as the server has it.
  RecordState at_server(const Uuid& id) {
    RecordState record;
    store_->read([&](Reader& reader) { record = parse_head(reader.head(id).value()); });
    return record;
  }
  /// Hands a client over to another owner, in one group, as the lead sees it.
  Uuid hand_over(Person& lead, const Uuid& assignment, const Uuid& client, const Person& to) {
    Op remove{OpKind::Remove, "", nullptr, {}, {}};
    const auto below = at_server(assignment).provenance_below("");
    remove.over.assign(below.begin(), below.end());
    auto end = mutation(lead, "assignment", assignment, client, {remove});
    auto begin = create(lead, "assignment", id(), client,
                        {{"client", client.text()}, {"user", to.author.user.text()}, {"role", "owner"}});
    end.group = begin.group = Group{id(), 2};
    for (const auto& result : sync(lead, {end, begin}).results) REQUIRE(result.seq > 0);
    return begin.record;
  }
  /// Ends an assignment, as the lead sees it.
  void unassign(Person& lead, const Uuid& assignment, const Uuid& client) {
    Op remove{OpKind::Remove, "", nullptr, {}, {}};
    const auto below = at_server(assignment).provenance_below("");
    remove.over.assign(below.begin(), below.end());
    REQUIRE(sync(lead, {mutation(lead, "assignment", assignment, client, {remove})}).results[0].seq > 0);
  }

  Store& store() { return *store_; }
  std::string folder() const { return folder_.path().string(); }
  TestEnvironment environment_;

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  SyncService service_;
};

inline Json contact_body(const Uuid& client) {
  return {{"client", client.text()}, {"name", "Петров Д. И."}, {"post", "Директор по ИТ"}};
}

inline bool holds(const protocol::SyncAnswer& answer, const Uuid& record) {
  return std::any_of(answer.records.begin(), answer.records.end(), [&](const auto& r) { return r.id == record; });
}

}  // namespace anketa::server::test
