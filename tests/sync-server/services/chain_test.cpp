// Two copies of one device: the chain of nonces, and mutations under one id.
#include "sync-server/services/chain.hpp"

#include "tests/sync-server/services/office.hpp"

namespace anketa::server::test {
namespace {

Links links(std::string nonce, std::string next, std::uint64_t generation = 1) {
  return {generation, std::move(nonce), std::move(next)};
}

/// Pushes something with these nonces.
ProblemCode push(Office& office, Person& by, const std::string& nonce, const std::string& next) {
  by.says.nonce = nonce;
  by.says.next_nonce = next;
  by.says.generation = 1;
  const auto id = office.id();
  return office.refusal(by, {office.create(by, "client", id, id, {{"name", "Ромашка"}})});
}

std::uint64_t forks(Office& office, const Person& of) {
  std::uint64_t count = 0;
  office.store().read([&](Reader& reader) { count = reader.device_state(of.author.device).value().forks; });
  return count;
}

}  // namespace

TEST_CASE("a chain of nonces goes on link by link, and every link may be repeated") {
  DeviceState state;
  for (const auto& link : {links("", "a"), links("", "a"), links("a", "b"), links("a", "b"), links("b", "c")}) {
    REQUIRE_FALSE(is_fork(state, "epoch", link));
    follow(state, "epoch", link);
  }
  CHECK_FALSE(is_fork(state, "epoch", links("a", "b")));  // a late duplicate
  follow(state, "epoch", links("a", "b"));
  CHECK(state.next_nonce == "c");
  CHECK_FALSE(is_fork(state, "epoch", links("c", "d")));
}

TEST_CASE("another successor of a nonce is a fork, and so is a place off the chain") {
  DeviceState state;
  for (const auto& link : {links("", "a"), links("a", "b"), links("b", "c")}) follow(state, "epoch", link);
  CHECK(is_fork(state, "epoch", links("b", "x")));
  CHECK(is_fork(state, "epoch", links("a", "x")));
  CHECK(is_fork(state, "epoch", links("", "a")));
  CHECK(is_fork(state, "epoch", links("x", "y")));
  SECTION("not after the server was restored, nor for a device that began anew") {
    CHECK_FALSE(is_fork(state, "another", links("x", "y")));
    CHECK_FALSE(is_fork(state, "epoch", links("", "y", 2)));
    follow(state, "epoch", links("", "y", 2));
    CHECK(is_fork(state, "epoch", links("c", "d", 1)));
  }
}

TEST_CASE("the second copy of a device is told so before anything of it is taken, and the lead can see it") {
  Office office;
  auto lead = office.person(Role::Lead);
  auto copy = lead;
  CHECK(push(office, lead, "", "a") == ProblemCode::Count);
  CHECK(push(office, lead, "a", "b") == ProblemCode::Count);
  CHECK(push(office, lead, "a", "b") == ProblemCode::Count);
  std::uint64_t before = 0, after = 0;
  office.store().read([&](Reader& reader) { before = reader.history().last_seq; });
  CHECK(push(office, copy, "a", "x") == ProblemCode::DeviceForked);
  office.store().read([&](Reader& reader) { after = reader.history().last_seq; });
  CHECK(before == after);
  CHECK(forks(office, lead) == 1);
  SECTION("also where it only pulls") {
    CHECK(office.refusal(copy) == ProblemCode::DeviceForked);
    CHECK(forks(office, lead) == 2);
  }
  SECTION("and the other one goes on undisturbed") {
    CHECK(push(office, lead, "b", "c") == ProblemCode::Count);
    CHECK(push(office, lead, "c", "d") == ProblemCode::Count);
    CHECK(forks(office, lead) == 1);
  }
}

TEST_CASE("a duplicate that the network delayed is answered; with anything new in it, it is of another copy") {
  Office office;
  auto lead = office.person(Role::Lead);
  lead.says.generation = 1;
  const auto send = [&](const char* nonce, const char* next, const Mutation& mutation) {
    lead.says.nonce = nonce, lead.says.next_nonce = next;
    return office.refusal(lead, {mutation});
  };
  const auto make = [&] {
    const auto id = office.id();
    return office.create(lead, "client", id, id, {{"name", "Ромашка"}});
  };
  const auto first = make();
  CHECK(send("", "a", first) == ProblemCode::Count);
  CHECK(send("a", "b", make()) == ProblemCode::Count);
  CHECK(send("", "a", first) == ProblemCode::Count);
  CHECK(forks(office, lead) == 0);
  CHECK(send("", "a", make()) == ProblemCode::DeviceForked);
  CHECK(forks(office, lead) == 1);
  CHECK(send("b", "c", make()) == ProblemCode::Count);
}

TEST_CASE("pulls leave the chain alone: a device goes on after any number of them") {
  Office office;
  auto lead = office.person(Role::Lead);
  CHECK(push(office, lead, "", "a") == ProblemCode::Count);
  lead.says.nonce = "a", lead.says.next_nonce = "b";
  for (int i = 0; i < 3; ++i) CHECK(office.refusal(lead) == ProblemCode::Count);
  CHECK(push(office, lead, "a", "b") == ProblemCode::Count);
}

TEST_CASE("another mutation under a known id: the same device is a fork, another one's is kept beside it") {
  Office office;
  auto lead = office.person(Role::Lead);
  const auto client = office.id();
  const auto made = office.create(lead, "client", client, client, {{"name", "АО «Ромашка»"}});
  office.sync(lead, {made});
  auto other = office.mutation(lead, "client", client, client, {{OpKind::Set, "city", "Пермь", {made.id}, {}}});
  other.id = made.id;
  CHECK(office.refusal(lead, {other}) == ProblemCode::DeviceForked);

  auto copy = lead;
  copy.author.device = office.id();
  auto later = office.mutation(copy, "client", client, client, {{OpKind::Set, "city", "Тверь", {other.id}, {}}});
  later.prev = other.id;
  const auto answer = office.sync(copy, {other, later});
  CHECK(answer.results[0].id == made.id);
  CHECK_FALSE(answer.results[0].repeat);
  CHECK(answer.results[0].status == ResultStatus::Merged);
  CHECK(answer.results[1].seq > 0);
  // The later one followed the copy's own mutation, not the one that has the id.
  CHECK(office.at_server(client).at("city") == "Тверь");
  CHECK(office.at_server(client).at("name") == "АО «Ромашка»");
  CHECK(holds(answer, client));
  const auto again = office.sync(copy, {other, later});
  CHECK((again.results[0].repeat && again.results[1].repeat));
  office.store().read([&](Reader& reader) {
    CHECK(reader.journal_of(client).size() == 3);
    REQUIRE(reader.journal_marked(10).size() == 1);
    CHECK(reader.journal_marked(10)[0].marks == ForkedMark);
  });
}

}  // namespace anketa::server::test
