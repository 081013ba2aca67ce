// Importing into a real SQLite store.
#include "tools/import/server/import_clients.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

using namespace anketa;
using namespace anketa::importer;

namespace {

class Office {
 public:
  Office() : store(server::open_sqlite_store({folder_.path().string(), 2, true}, environment)) {}

  ImportReport import(std::string_view csv, const ImportOptions& options = {}) {
    return import_clients(*store, environment, csv, options);
  }
  std::vector<RecordState> all(std::string_view collection) {
    std::vector<RecordState> records;
    store->read([&](server::Reader& reader) {
      for (const auto& head : reader.heads_of(collection, std::nullopt)) records.push_back(server::parse_head(head));
    });
    return records;
  }

 private:
  test::TemporaryFolder folder_;

 public:
  test::TestEnvironment environment;
  std::unique_ptr<server::Store> store;
};

constexpr std::string_view two_clients =
    "Компания;ИНН;Город;Контакт;Ответственный\n"
    "ООО «Ромашка»;7707083893;Москва;Пётр Иванов;Анна Ким\n"
    "Ёлка;;Тула;;никто\n";

}  // namespace

TEST_CASE("imported rows become journalled records, and importing them again changes nothing") {
  Office office;
  office.store->accounts().add_account({Uuid::v7(office.environment), "kim", "Анна Ким", Role::Rep, "x", true});
  const auto first = office.import(two_clients);
  REQUIRE(first.parked.empty());
  REQUIRE(first.rows_taken == 2);
  REQUIRE(first.created == 4);  // two clients, a contact, an assignment
  REQUIRE(first.warnings.size() == 1);
  REQUIRE(office.all("client").size() == 2);
  REQUIRE(office.all("assignment").size() == 1);

  std::uint64_t before = 0;
  office.store->read([&](server::Reader& reader) { before = reader.history().last_seq; });
  const auto second = office.import(two_clients);
  REQUIRE(second.created + second.changed == 0);
  REQUIRE(second.same == 4);
  office.store->read([&](server::Reader& reader) { REQUIRE(reader.history().last_seq == before); });
}

TEST_CASE("a later export changes only what it says differently") {
  Office office;
  office.import(two_clients);
  const auto report = office.import("Компания;ИНН;Телефон\nРомашка;7707083893;+7 000 111-22-33\n");
  REQUIRE(report.changed == 1);
  for (const auto& client : office.all("client")) {
    if (client.body.value("inn", "") != "7707083893") continue;
    REQUIRE(client.body.at("city") == "Москва");
    REQUIRE(client.body.at("phone") == "+7 000 111-22-33");
    REQUIRE(client.version == 2);
  }
}

TEST_CASE("the rep a client has keeps it, whatever a later export says (R37)") {
  Office office;
  const auto anna = Uuid::v7(office.environment);
  const auto boris = Uuid::v7(office.environment);
  office.store->accounts().add_account({anna, "kim", "Анна Ким", Role::Rep, "x", true});
  office.store->accounts().add_account({boris, "boris", "Борис Лев", Role::Rep, "x", true});
  office.import("Компания,Ответственный\nРомашка,kim\n");
  CHECK(office.import("Компания,Ответственный\nРомашка,kim\n").owners_kept == 0);
  const auto other = office.import("Компания,Ответственный\nРомашка,boris\n");
  CHECK(other.owners_kept == 1);
  CHECK(other.parked.empty());
  CHECK(describe(other, text::Language::Russian).find("У 1 клиента остался прежний ответственный") !=
        std::string::npos);
  REQUIRE(office.all("assignment").size() == 1);
  REQUIRE(office.all("assignment").front().body.at("user") == anna.text());
}

TEST_CASE("clients for which a file names nobody known wait for their owner, or get the one who is given (R37)") {
  Office office;
  const auto anna = Uuid::v7(office.environment);
  office.store->accounts().add_account({anna, "kim", "Анна Ким", Role::Rep, "x", true});
  const std::string_view file = "Компания,Ответственный\nРомашка,\nЁлка,никто\n";
  office.import(file);
  REQUIRE(office.all("client").size() == 2);
  REQUIRE(office.all("assignment").empty());
  ImportOptions options;
  options.owner = "Анна Ким";
  const auto report = office.import(file, options);
  CHECK(report.warnings.size() == 1);
  REQUIRE(office.all("assignment").size() == 2);
  for (const auto& one : office.all("assignment")) CHECK(one.body.at("user") == anna.text());
  options.owner = "nobody";
  CHECK_THROWS_AS(office.import(file, options), ProblemError);
}

TEST_CASE("a trial run reports and changes nothing") {
  Office office;
  ImportOptions options;
  options.dry_run = true;
  const auto report = office.import(two_clients, options);
  REQUIRE(report.created == 3);
  REQUIRE(office.all("client").empty());
}

TEST_CASE("bad rows are named in the report and the good ones are in the store") {
  Office office;
  const auto report = office.import("Компания;ИНН\nХорошая;\nПлохая;12\n\"Сломанная;\n");
  REQUIRE(report.rows_taken == 1);
  REQUIRE(report.bad_rows.size() == 2);
  REQUIRE(office.all("client").size() == 1);
  const auto text = describe(report, text::Language::Russian);
  REQUIRE(text.find("строка 3") != std::string::npos);
  REQUIRE(text.find("строка 4") != std::string::npos);
  REQUIRE(text.find('{') == std::string::npos);
  REQUIRE(to_json(report, text::Language::English).at("bad_rows").size() == 2);
}
