// Logging out, with the server in reach and without.
#include <catch2/catch_test_macros.hpp>

#include "tests/scenario/company.hpp"

using namespace anketa;
using namespace anketa::scenario;

TEST_CASE(
    "Logging out tells the server where it can; records and unsynced edits stay, and go out after the next log-in") {
  Company company;
  auto lead = company.hire("olga", "lead");
  company.start_server();
  lead.join();
  lead.run({"record", "put", "client", "--set", "name=ООО Ромашка"});
  for (const bool in_reach : {true, false}) {
    if (!in_reach) company.stop_server();
    const auto out = lead.run({"logout"});
    CHECK(out["logged_in"] == false);
    CHECK(out["unsynced"] == 1);
    CHECK(out["server_told"] == in_reach);
    CHECK(out.contains("problem") != in_reach);
    CHECK(lead.find("client", "name", "ООО Ромашка")["unsynced"] == 1);
    CHECK(lead.try_to({"sync"}).problem() == "auth.not_logged_in");
    // There is nothing left to tell.
    CHECK(lead.run({"logout"})["server_told"] == true);
    if (!in_reach) company.start_server();
    if (in_reach)
      lead.run({"login", company.address(), "--user", "olga", "--password-file", company.path("olga.password"), "--ca",
                company.ca_file()});
  }
  lead.join();
  CHECK(lead.run({"status"})["unsynced"] == 0);
}
