#include "sync-server/exports/sheet.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace anketa;
using namespace anketa::server::exports;

namespace {

Sheet sample() {
  return {"Клиенты",
          "anketa-clients",
          {{"Клиент", CellKind::Text, false},
           {"Статус", CellKind::Text, true},
           {"Встреча", CellKind::Day, false},
           {"Сумма", CellKind::Money, false}},
          {{"ООО «Ромашка; и сын»", "ключевой", "2025-06-10", 123456}, {"=HYPERLINK(\"x\")", "обычный", nullptr, -5}}};
}

}  // namespace

TEST_CASE("CSV quotes what would split a cell, and disarms formulas") {
  CHECK(to_csv(sample(), ';') ==
        "\xEF\xBB\xBFКлиент;Статус;Встреча;Сумма\r\n"
        "\"ООО «Ромашка; и сын»\";ключевой;2025-06-10;1234,56\r\n"
        "\"'=HYPERLINK(\"\"x\"\")\";обычный;;-0,05\r\n");
  CHECK(to_csv(sample(), ',').find("1234.56") != std::string::npos);
}

TEST_CASE("A workbook is a zip with the table and the totals; an empty list too is a workbook") {
  const auto full = to_xlsx(sample(), {"Итоги", "Количество", "Сумма"});
  CHECK(full.starts_with("PK"));
  CHECK(full.find("xl/charts/chart1.xml") != std::string::npos);
  auto empty = sample();
  empty.rows.clear();
  const auto without = to_xlsx(empty, {"Итоги", "Количество", "Сумма"});
  CHECK(without.starts_with("PK"));
  CHECK(without.find("xl/charts") == std::string::npos);
}
