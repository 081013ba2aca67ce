#include "tools/import/clients.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "shared/schema/schema.hpp"
#include "tools/import/letters.hpp"
#include "tools/import/values.hpp"

using namespace anketa;
using namespace anketa::importer;

namespace {

ClientImport import(std::string_view csv, const Existing& existing = {}) {
  const auto table = read_csv(csv);
  return read_clients(table, map_columns(table.header, {}), existing);
}

const WantedRecord* find(const ClientImport& import, std::string_view collection, std::string_view name) {
  for (const auto& record : import.records)
    if (record.collection == collection && string_or_empty(record.body, "name") == name) return &record;
  return nullptr;
}

Json value_of(std::string_view text, ValueKind kind) {
  const auto value = parse_value(text, kind);
  REQUIRE(std::holds_alternative<Json>(value));
  return std::get<Json>(value);
}

std::string reason_of(std::string_view text, ValueKind kind) {
  const auto value = parse_value(text, kind);
  REQUIRE(std::holds_alternative<Unfit>(value));
  return std::get<Unfit>(value).reason;
}

}  // namespace

TEST_CASE("headers of usual CRMs are understood in Russian and English") {
  const auto mapping =
      map_columns({"№", "Наименование", "ИНН", "Ф.И.О.", "E-mail контакта", "Ответственный", "Tier"}, {});
  REQUIRE(mapping.columns.at("name") == 1);
  REQUIRE(mapping.columns.at("inn") == 2);
  REQUIRE(mapping.columns.at("contact.name") == 3);
  REQUIRE(mapping.columns.at("contact.email") == 4);
  REQUIRE(mapping.columns.at("owner") == 5);
  REQUIRE(mapping.columns.at("segment") == 6);
  REQUIRE(mapping.unused == std::vector<std::string>{"№"});
}

TEST_CASE("a given mapping goes before the headers' own meaning") {
  const auto mapping = map_columns({"A", "Название", "Телефон"}, {{"A", "name"}, {"Телефон", ""}});
  REQUIRE(mapping.columns.at("name") == 0);
  REQUIRE_FALSE(mapping.columns.contains("phone"));
}

TEST_CASE("a mapping that names what does not exist is refused") {
  REQUIRE_THROWS_AS(map_columns({"Название"}, {{"Имя", "name"}}), ProblemError);
  REQUIRE_THROWS_AS(map_columns({"Название"}, {{"Название", "nane"}}), ProblemError);
  REQUIRE_THROWS_AS(map_columns({"Город", "ИНН"}, {}), ProblemError);
}

TEST_CASE("every target but the owner is a declared field of the schema") {
  for (const auto& target : targets()) {
    if (target.name == "owner") continue;
    const bool of_contact = target.name.starts_with("contact.");
    INFO(target.name);
    REQUIRE(schema::collection(of_contact ? "contact" : "client")->field(target.name.substr(of_contact ? 8 : 0)));
  }
}

TEST_CASE("rows of one company become one client with several contacts") {
  const auto result = import(
      "Компания;ИНН;Город;Контакт;Должность\n"
      "ООО «Ромашка»;7707083893;Москва;Пётр Иванов;Директор\n"
      "Ромашка, ООО;7707083893;;Анна Ким;Бухгалтер\n");
  REQUIRE(result.bad_rows.empty());
  REQUIRE(result.rows_taken == 2);
  REQUIRE(result.records.size() == 3);
  const auto* client = find(result, "client", "ООО «Ромашка»");
  REQUIRE(client);
  REQUIRE(client->scope == client->id);
  REQUIRE(client->body == Json{{"name", "ООО «Ромашка»"}, {"inn", "7707083893"}, {"city", "Москва"}});
  const auto* contact = find(result, "contact", "Анна Ким");
  REQUIRE(contact);
  REQUIRE(contact->scope == client->id);
  REQUIRE(contact->body.at("post") == "Бухгалтер");
}

TEST_CASE("without an INN a company is the same by its name without its legal form") {
  const auto result = import("Компания\nООО «Ёлка»\nЕлка (ООО)\nАО «Берёза»\n");
  REQUIRE(result.records.size() == 2);
}

TEST_CASE("importing a file again gives the same ids") {
  const auto* csv = "Компания,ИНН,Контакт\nРомашка,7707083893,Пётр Иванов\nЁлка,,\n";
  const auto first = import(csv);
  const auto second = import(csv);
  REQUIRE(first.records.size() == 3);
  for (std::size_t i = 0; i < first.records.size(); ++i) REQUIRE(first.records[i].id == second.records[i].id);
}

TEST_CASE("a client that is there already keeps its id") {
  const auto known = Uuid::derived(Uuid(), "known");
  Existing existing;
  existing.client = [&](const std::string& inn, const std::string&) {
    return inn == "7707083893" ? std::optional(known) : std::nullopt;
  };
  const auto result = import("Компания,ИНН\nРомашка,7707083893\n", existing);
  REQUIRE(result.records.at(0).id == known);
}

TEST_CASE("the owner becomes an assignment; an unknown one is named and the client still taken") {
  const auto anna = Uuid::derived(Uuid(), "anna");
  Existing existing;
  existing.user = [&](const std::string& name) { return name == "Анна" ? std::optional(anna) : std::nullopt; };
  const auto result = import("Компания,Ответственный\nРомашка,Анна\nЁлка,Борис\n", existing);
  REQUIRE(result.rows_taken == 2);
  REQUIRE(result.warnings.size() == 1);
  REQUIRE(result.warnings[0].line == 3);
  REQUIRE(result.records.at(1).collection == "assignment");
  REQUIRE(result.records.at(1).body.at("user") == anna.text());
  REQUIRE(result.records.at(1).body.at("role") == "owner");
}

TEST_CASE("every bad row is named with its line, column and reason, and the good ones are taken") {
  const auto result = import(
      "Компания;ИНН;E-mail;Доход\n"
      "Ромашка;123;romashka@example.ru;10\n"
      ";7707083893;;\n"
      "\"Ёлка;;;\n"
      "Берёза;;не почта;много\n"
      "Хорошая;;good@example.ru;1 200 000,50\n");
  REQUIRE(result.rows_taken == 1);
  REQUIRE(find(result, "client", "Хорошая")->body.at("income_year") == 120000050);
  std::vector<std::pair<std::size_t, std::string>> named;
  for (const auto& row : result.bad_rows) named.emplace_back(row.line, row.reason);
  REQUIRE(named == std::vector<std::pair<std::size_t, std::string>>{
                       {2, "inn_length"}, {3, "no_name"}, {4, "quote_open"}, {5, "not_email"}, {5, "not_money"}});
  for (const auto& row : result.bad_rows)
    for (const auto language : {text::Language::Russian, text::Language::English})
      REQUIRE(row.message(language).find('{') == std::string::npos);
}

TEST_CASE("money is read as people write it") {
  REQUIRE(value_of("1 200 000,50 ₽", ValueKind::Money) == 120000050);
  REQUIRE(value_of("1\xC2\xA0"
                   "200",
                   ValueKind::Money) == 120000);
  REQUIRE(value_of("1,200,000.5", ValueKind::Money) == 120000050);
  REQUIRE(value_of("1.200.000", ValueKind::Money) == 120000000);
  REQUIRE(value_of("350 руб.", ValueKind::Money) == 35000);
  REQUIRE(reason_of("около 300", ValueKind::Money) == "not_money");
  REQUIRE(reason_of("99999999999999999", ValueKind::Money) == "not_money");
}

TEST_CASE("whole numbers, INN, e-mail and phone are checked") {
  REQUIRE(value_of("100,0", ValueKind::Integer) == 100);
  REQUIRE(reason_of("-5", ValueKind::Integer) == "not_whole_number");
  REQUIRE(reason_of("2,5", ValueKind::Integer) == "not_whole_number");
  REQUIRE(value_of("500100732259", ValueKind::Inn) == "500100732259");
  REQUIRE(reason_of("7707083894", ValueKind::Inn) == "inn_check");
  REQUIRE(value_of("+7 000 123-45-67", ValueKind::Phone) == "+7 000 123-45-67");
  REQUIRE(reason_of("нет", ValueKind::Phone) == "not_phone");
  REQUIRE(reason_of("@example.ru", ValueKind::Email) == "not_email");
}

TEST_CASE("services and roles are taken by code or by label of the questionnaire") {
  REQUIRE(value_of("Выделенный доступ, vpn", ValueKind::Services) == Json{"access", "vpn"});
  REQUIRE(value_of("Принимает решение; Budget", ValueKind::Roles) == Json{"budget", "decides"});
  REQUIRE(reason_of("Выделенный доступ, пирожки", ValueKind::Services) == "unknown_service");
  REQUIRE(value_of("VIP", ValueKind::KeyStatus) == "key");
}
