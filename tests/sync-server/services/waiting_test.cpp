// Mutations that wait, and what wakes them.
#include "shared/protocol/limits.hpp"
#include "tests/sync-server/services/office.hpp"

namespace anketa::server::test {
namespace {

/// A contact made by anna, and her edits of it in a row, each following the one before.
std::vector<Mutation> chain(Office& office, Person& anna, const Uuid& client, std::size_t length) {
  std::vector<Mutation> all{office.create(anna, "contact", office.id(), client, contact_body(client))};
  while (all.size() < length) {
    const auto& last = all.back();
    auto next = office.mutation(anna, "contact", last.record, client,
                                {{OpKind::Set, "post", "Должность " + std::to_string(all.size()), {last.id}, {}}});
    next.prev = last.id;
    all.push_back(std::move(next));
  }
  return all;
}

ResultStatus status_of(Office& office, const Uuid& mutation) {
  auto status = ResultStatus::Retry;
  office.store().read([&](Reader& reader) { status = reader.journal(mutation).value().result.status; });
  return status;
}

}  // namespace

TEST_CASE("a long chain that comes from its end takes effect when its beginning comes") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  const auto all = chain(office, anna, client, 2000);
  for (std::size_t end = all.size(); end > 1;) {
    const auto begin = end > 501 ? end - 500 : 1;
    office.sync(anna,
                {all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end)});
    end = begin;
  }
  CHECK(status_of(office, all.back().id) == ResultStatus::Waiting);
  office.sync(anna, {all.front()});
  CHECK(office.at_server(all.front().record).at("post") == "Должность 1999");
  CHECK(office.at_server(all.front().record).version == 2000);
}

TEST_CASE("a chain that waits is refused with its beginning, however long it is") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  auto all = chain(office, anna, client, 900);
  office.sync(anna, {all.begin() + 1, all.end()});
  all.front().ops.front().value.erase("name");
  CHECK(office.sync(anna, {all.front()}).results[0].status == ResultStatus::Parked);
  CHECK(status_of(office, all.back().id) == ResultStatus::Parked);
}

TEST_CASE("what waits under another id than its author gave it is refused once with what it waited for") {
  Office office;
  auto lead = office.person(Role::Lead), anna = office.person(Role::Rep);
  const auto client = office.client_of(lead, anna, "Ромашка");
  // Another copy of the device, registered anew, edited differently what both had begun.
  auto copy = anna;
  copy.author.device = office.id();
  const auto all = chain(office, anna, client, 2);
  auto theirs = all[1];
  theirs.device = copy.author.device;
  theirs.ops.front().value = "Другая должность";
  CHECK(office.sync(anna, {all[1]}).results[0].status == ResultStatus::Waiting);
  CHECK(office.sync(copy, {theirs}).results[0].status == ResultStatus::Waiting);
  auto first = all[0];
  SECTION("refused") {
    first.ops.front().value.erase("name");
    CHECK(office.sync(anna, {first}).results[0].status == ResultStatus::Parked);
    CHECK(office.sync(anna, {all[1]}).results[0].status == ResultStatus::Parked);
    CHECK(office.sync(copy, {theirs}).results[0].status == ResultStatus::Parked);
  }
  SECTION("taken") {
    office.sync(anna, {first});
    // Both saw the beginning, and neither the other's edit.
    CHECK(office.sync(anna, {all[1]}).results[0].status != ResultStatus::Waiting);
    CHECK(office.sync(copy, {theirs}).results[0].status == ResultStatus::Conflict);
    const auto record = office.at_server(first.record);
    CHECK(record.at("post") == "Должность 1");
    CHECK(record.provenance("post") == all[1].id);
  }
}

TEST_CASE("R14: the service side is sent what stands when its own step became a side, though its part did not change") {
  Office office;
  auto lead = office.person(Role::Lead), service = office.person(Role::Service);
  const auto client = office.client_of(lead, lead, "Ромашка");
  const auto opened = office.id();
  const Json body{
      {"client", client.text()}, {"company", "Ромашка"}, {"severity", "stops"}, {"opened_on", "2025-06-10"}};
  const auto creation = office.create(lead, "quality_case", opened, client, body);
  office.sync(lead, {creation});
  office.sync(service);
  const auto step = [&](Person& by, const char* from, const char* to) {
    return office.mutation(by, "quality_case", opened, client,
                           {{OpKind::Transition, "status", {{"from", from}, {"to", to}}, {creation.id}, {}}});
  };
  office.sync(lead, {step(lead, "open", "in_work")});
  // The lead's step is seen before the service's own is sent.
  CHECK(holds(office.sync(service), opened));
  const auto answer = office.sync(service, {step(service, "open", "accepted")});
  CHECK(answer.results[0].status == ResultStatus::Conflict);
  CHECK(holds(answer, opened));
}

}  // namespace anketa::server::test
