// Every account has exactly one owner, whichever way an edit of its team comes (R37).
#include "sync-server/services/erase_service.hpp"
#include "sync-server/store/own_record.hpp"
#include "tests/support/refused.hpp"
#include "tests/sync-server/services/office.hpp"

namespace anketa::server::test {
namespace {

using anketa::test::refused;

/// A lead, two reps, and a client that the first of them owns.
struct Account {
  Account() { assignment = office.assign(lead, client, anna, "owner"); }

  Mutation name(Person& by, const Person& user, const std::string& role = "owner") {
    return office.create(by, "assignment", office.id(), client,
                         {{"client", client.text()}, {"user", user.author.user.text()}, {"role", role}});
  }
  /// Ops on an assignment by somebody who saw it as it stands at the server.
  Mutation edit(Person& by, const Uuid& record, Op op) {
    const auto seen = office.at_server(record).provenance_below(op.path);
    op.over.assign(seen.begin(), seen.end());
    return office.mutation(by, "assignment", record, client, {std::move(op)});
  }
  Mutation end(Person& by, const Uuid& record) { return edit(by, record, {OpKind::Remove, "", nullptr, {}, {}}); }
  Mutation role(Person& by, const Uuid& record, const char* role) {
    return edit(by, record, {OpKind::Set, "role", role, {}, {}});
  }
  std::vector<Mutation> as_group(std::vector<Mutation> members) {
    const Group group{office.id(), static_cast<int>(members.size())};
    for (auto& member : members) member.group = group;
    return members;
  }

  /// Owners by the server's assignments.
  std::vector<Uuid> owners() {
    std::vector<Uuid> all;
    office.store().read([&](Reader& reader) {
      for (const auto& head : reader.heads_of("assignment", client)) {
        const auto body = Json::parse(head.body);
        if (!head.deleted && body.at("role") == "owner") all.push_back(Uuid::from(body.at("user").get<std::string>()));
      }
    });
    return all;
  }
  /// The push is refused whole for one reason, and nothing of it is in effect.
  void check_parked(Person& by, const std::vector<Mutation>& mutations, ProblemCode code) {
    for (const auto& result : office.sync(by, mutations).results) {
      CHECK(result.status == ResultStatus::Parked);
      REQUIRE(result.problem);
      CHECK(result.problem->code == code);
      CHECK(result.seq == 0);
    }
  }

  Office office;
  Person lead = office.person(Role::Lead), colleague = office.person(Role::Lead);
  Person anna = office.person(Role::Rep), boris = office.person(Role::Rep), vera = office.person(Role::Rep);
  Uuid client = [&] {
    const auto id = office.id();
    office.sync(lead, {office.create(lead, "client", id, id, {{"name", "Ромашка"}})});
    return id;
  }();
  Uuid assignment;
};

}  // namespace

TEST_CASE("R37: an edit that would leave an account without an owner is refused, and kept for the lead") {
  Account account;
  account.check_parked(account.lead, {account.end(account.lead, account.assignment)}, ProblemCode::OwnerNeeded);
  account.check_parked(account.lead, {account.role(account.lead, account.assignment, "member")},
                       ProblemCode::OwnerNeeded);
  CHECK(account.owners() == std::vector{account.anna.author.user});
  CHECK(holds(account.office.sync(account.anna), account.client));
  account.office.store().read(
      [&](Reader& reader) { CHECK(reader.journal_with(ResultStatus::Parked, 10).size() == 2); });
}

TEST_CASE("R37: a second owner is refused, whether he is named anew or was a member") {
  Account account;
  account.check_parked(account.lead, {account.name(account.lead, account.boris)}, ProblemCode::SecondOwner);
  const auto member = account.office.assign(account.lead, account.client, account.boris, "member");
  account.check_parked(account.lead, {account.role(account.lead, member, "owner")}, ProblemCode::SecondOwner);
  CHECK(account.owners() == std::vector{account.anna.author.user});
}

TEST_CASE("R37: a handover is judged by what the whole group leaves, in whichever order it comes") {
  Account account;
  auto group =
      account.as_group({account.end(account.lead, account.assignment), account.name(account.lead, account.boris)});
  SECTION("the end first") {}
  SECTION("the new owner first") {
    std::swap(group[0], group[1]);
  }
  SECTION("half of it today, the rest tomorrow") {
    CHECK(account.office.sync(account.lead, {group[0]}).results[0].status == ResultStatus::Waiting);
    CHECK(account.owners() == std::vector{account.anna.author.user});
    group.erase(group.begin());
  }
  for (const auto& result : account.office.sync(account.lead, group).results) CHECK(result.seq > 0);
  CHECK(account.owners() == std::vector{account.boris.author.user});
}

TEST_CASE("R37: of two leads who hand a client over at once the second is told, and his group stays whole") {
  Account account;
  const auto first =
      account.as_group({account.end(account.lead, account.assignment), account.name(account.lead, account.boris)});
  auto second = account.as_group(
      {account.end(account.colleague, account.assignment), account.name(account.colleague, account.vera)});
  SECTION("who was owner goes") {}
  SECTION("or stays as a member, which brings his ended assignment back") {
    second[0].ops = account.role(account.colleague, account.assignment, "member").ops;
  }
  account.office.sync(account.lead, first);
  account.check_parked(account.colleague, second, ProblemCode::SecondOwner);
  CHECK(account.owners() == std::vector{account.boris.author.user});
  CHECK(account.office.at_server(account.assignment).deleted);
  CHECK_FALSE(holds(account.office.sync(account.vera), account.client));

  // Told so, he does it again from what he sees now.
  const auto again = account.as_group(
      {account.end(account.colleague, first[1].record), account.name(account.colleague, account.vera)});
  for (const auto& result : account.office.sync(account.colleague, again).results) CHECK(result.seq > 0);
  CHECK(account.owners() == std::vector{account.vera.author.user});
}

TEST_CASE("R37: of two groups in one push the one that would break the rule is refused, the other is not") {
  Account account;
  auto good =
      account.as_group({account.end(account.lead, account.assignment), account.name(account.lead, account.boris)});
  const auto bad =
      account.as_group({account.name(account.lead, account.vera), account.name(account.lead, account.anna, "member")});
  good.insert(good.end(), bad.begin(), bad.end());
  const auto results = account.office.sync(account.lead, good).results;
  CHECK((results[0].seq > 0 && results[1].seq > 0));
  CHECK((results[2].status == ResultStatus::Parked && results[3].status == ResultStatus::Parked));
  CHECK(account.owners() == std::vector{account.boris.author.user});
}

TEST_CASE("R37: an edit of an assignment that has ended does not bring a second owner back") {
  Account account;
  const auto late = account.edit(account.colleague, account.assignment, {OpKind::Set, "duty", "Договор", {}, {}});
  account.office.sync(account.lead, account.as_group({account.end(account.lead, account.assignment),
                                                      account.name(account.lead, account.boris)}));
  account.check_parked(account.colleague, {late}, ProblemCode::SecondOwner);
  CHECK(account.owners() == std::vector{account.boris.author.user});
}

TEST_CASE("R37: a client made offline comes with its owner in one push, or before him") {
  Account account;
  const auto client = account.office.id();
  const auto made = account.office.create(account.lead, "client", client, client, {{"name", "Новый"}});
  const auto named =
      account.office.create(account.lead, "assignment", account.office.id(), client,
                            {{"client", client.text()}, {"user", account.anna.author.user.text()}, {"role", "owner"}});
  std::vector<Mutation> push{made, named};
  SECTION("the client first") {}
  SECTION("its owner first, as files may bring it") {
    std::swap(push[0], push[1]);
  }
  SECTION("as a group") {
    push = account.as_group(push);
  }
  for (const auto& result : account.office.sync(account.lead, push).results) CHECK(result.seq > 0);
  CHECK(holds(account.office.sync(account.anna), client));
}

TEST_CASE("R37: the team of a client that was removed may go after it, not before") {
  Account account;
  Op remove{OpKind::Remove, "", nullptr, {}, {}};
  const auto seen = account.office.at_server(account.client).provenance_below("");
  remove.over.assign(seen.begin(), seen.end());
  const auto gone = account.office.mutation(account.lead, "client", account.client, account.client, {remove});
  std::vector<Mutation> push{gone, account.end(account.lead, account.assignment)};
  SECTION("one after the other") {}
  SECTION("or together") {
    push = account.as_group(push);
    std::swap(push[0], push[1]);
  }
  for (const auto& result : account.office.sync(account.lead, push).results) CHECK(result.seq > 0);
  CHECK(account.owners().empty());
}

TEST_CASE("R37: an account that came to several owners before the rule held comes down to one, and not to none") {
  Account account;
  const auto second = account.office.id();
  account.office.store().write_and_wait([&](Writer& writer) {
    const Json body{{"client", account.client.text()}, {"user", account.boris.author.user.text()}, {"role", "owner"}};
    put_own_record(writer, "assignment", second, account.client, body, "before the rule", 0);
  });
  REQUIRE(account.owners().size() == 2);
  CHECK(account.office.sync(account.lead, {account.edit(account.lead, second, {OpKind::Set, "duty", "ИТ", {}, {}})})
            .results[0]
            .seq > 0);
  CHECK(account.office.sync(account.lead, {account.end(account.lead, second)}).results[0].seq > 0);
  account.check_parked(account.lead, {account.end(account.lead, account.assignment)}, ProblemCode::OwnerNeeded);
}

TEST_CASE("R37: the server's own programs keep to the rule") {
  Account account;
  SyncService service(account.office.store(), account.office.environment_);
  const Author server{account.office.id(), account.office.id(), Role::Admin, true};
  Person program{server, {}, 0, {}};
  const auto results =
      service.submit(server, {account.name(program, account.boris), account.end(program, account.assignment)});
  CHECK(results[0].problem.value().code == ProblemCode::SecondOwner);
  CHECK(results[1].problem.value().code == ProblemCode::OwnerNeeded);
}

TEST_CASE("R37: an erasure does not take an account's owner away") {
  Account account;
  EraseService eraser(account.office.store(), account.office.folder(), account.office.environment_);
  const auto plan = [&](std::vector<std::string> paths) {
    EraseRequest request;
    request.record = account.assignment;
    request.paths = std::move(paths);
    request.by = "admin";
    request.why = "просьба";
    return eraser.plan(request).erasures.size();
  };
  CHECK(refused([&] { plan({}); }) == ProblemCode::OwnerNeeded);
  CHECK(refused([&] { plan({"user"}); }) == ProblemCode::OwnerNeeded);
  CHECK(plan({"duty"}) == 1);
}

}  // namespace anketa::server::test
