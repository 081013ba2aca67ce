// What a record of 30 cells costs on disk, for the table of docs/architecture.md. Run by name: test_client_sync
// "[storage]".
#include <catch2/catch_test_macros.hpp>
#include <iostream>

#include "shared/sqlite/database.hpp"
#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

constexpr int records = 500;

/// 30 cells: 6 of a questionnaire's own fields, 24 answers of some 20 bytes.
Json thirty_cells(const Uuid& client, const Uuid& rep) {
  Json body{{"client", client.text()}, {"status", "draft"}, {"rep", rep.text()}};
  body["form"] = {{"id", "vip"}, {"version", "1"}, {"hash", std::string(64, '0')}};
  for (int i = 10; i < 34; ++i) body["answers"]["question_" + std::to_string(i)] = "An answer of 20 byte";
  return body;
}

/// Bytes of all pages of the tables and their indices, for each record.
std::int64_t bytes(const std::string& file, const std::string& tables) {
  sqlite::Database database(file, {});
  return database
             .query_integer(
                 "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_schema WHERE tbl_name IN (" +
                 tables + "))")
             .value_or(0) /
         records;
}

}  // namespace

TEST_CASE("What a record of 30 cells costs on disk", "[.storage]") {
  std::cout << "cells set by another mutation | server: records | server: journal | device: records | device: outbox\n";
  std::int64_t before = 0;
  for (const int foreign : {0, 1, 5, 15}) {
    Office office;
    auto lead = office.device(Role::Lead), rep = office.device(Role::Rep);
    const auto client = office.client_of(lead, rep);
    office.sync(rep);
    std::vector<Uuid> ids;
    {
      Client::Batch batch(*rep.client);
      for (int i = 0; i < records; ++i)
        ids.push_back(rep.client->create("questionnaire", client, thirty_cells(client, rep.author.user)));
      batch.commit();
    }
    office.sync(rep);
    office.sync(lead);
    // Each cell by an edit of its own, the worst case.
    for (int i = 0; i < foreign; ++i) {
      {
        Client::Batch batch(*lead.client);
        for (const auto& id : ids)
          lead.client->edit(id, {{"answers", {{"question_" + std::to_string(10 + i), "Other answer 20 byte"}}}});
        batch.commit();
      }
      office.sync(lead);
    }
    office.sync(rep);
    rep.client.reset();
    const auto server = office.file("anketa.db"), device = rep.options.path;
    const auto heads = bytes(server, "'head', 'p_questionnaire', 'class_view', 'scope_sum'");
    std::cout << foreign << " | " << heads << " | " << bytes(server, "'journal', 'history_point'") << " | "
              << bytes(device, "'record', 'content'") << " | " << bytes(device, "'outbox', 'outbox_text'") << "\n";
    CHECK(heads >= before);
    before = heads;
  }
}
