#include "tools/import/csv.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"

using namespace anketa;
using namespace anketa::importer;

namespace {

using Fields = std::vector<std::string>;

Fields fields(const CsvTable& table, std::size_t row) {
  return table.rows.at(row).fields;
}

}  // namespace

TEST_CASE("the delimiter is found by what splits the rows evenly") {
  REQUIRE(read_csv("a,b\n1,2\n").delimiter == ',');
  REQUIRE(read_csv("a;b\n1,5;2\n").delimiter == ';');
  REQUIRE(read_csv("a\tb, c\n1\t2\n").delimiter == '\t');
  REQUIRE(read_csv("a|b\n1|2\n").delimiter == '|');
  REQUIRE(read_csv("Название\nРомашка\n").header == Fields{"Название"});
}

TEST_CASE("a given delimiter, or the one in Excel's sep line, goes before what was found") {
  REQUIRE(read_csv("a,b;c\n1,2;3\n", {.delimiter = ';', .encoding = {}}).header == Fields{"a,b", "c"});
  const auto table = read_csv("sep=;\r\na,b;c\r\n1;2\r\n");
  REQUIRE(table.header == Fields{"a,b", "c"});
  REQUIRE(table.rows.front().line == 3);
}

TEST_CASE("quoted fields keep delimiters, quotation marks and line ends") {
  const auto table = read_csv("name,note\n\"ООО \"\"Ромашка\"\", Москва\",\"первая\nвторая\r\nтретья\"\nследующая,x\n");
  REQUIRE(table.bad_rows.empty());
  REQUIRE(fields(table, 0) == Fields{"ООО \"Ромашка\", Москва", "первая\nвторая\r\nтретья"});
  REQUIRE(table.rows[0].line == 2);
  REQUIRE(table.rows[1].line == 5);
}

TEST_CASE("quotation marks inside an unquoted field are part of it") {
  REQUIRE(fields(read_csv("a;b\nООО \"Ромашка\";1\n"), 0) == Fields{"ООО \"Ромашка\"", "1"});
}

TEST_CASE("line ends of Unix, Windows and old Macs, and a missing last one, all end a row") {
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    const auto e = std::string(end);
    const auto table = read_csv("a,b" + e + "1,2" + e + e + "3,4");
    REQUIRE(table.rows.size() == 2);
    REQUIRE(table.rows[1].line == 4);
  }
}

TEST_CASE("a quotation mark that is never closed costs its own row only") {
  const auto table = read_csv("a,b\n1,2\n\"open,3\n4,5\n6,7\n");
  REQUIRE(table.rows.size() == 3);
  REQUIRE(fields(table, 1) == Fields{"4", "5"});
  REQUIRE(table.bad_rows.size() == 1);
  REQUIRE(table.bad_rows[0].line == 3);
  REQUIRE(table.bad_rows[0].reason == "quote_open");
}

TEST_CASE("an unclosed quotation mark that meets the next row's quotation mark costs its own row only") {
  const auto table = read_csv("a,b\n\"open,3\n\"good, row\",5\n6,7\n");
  REQUIRE(table.rows.size() == 2);
  REQUIRE(fields(table, 0) == Fields{"good, row", "5"});
  REQUIRE(table.bad_rows.size() == 1);
  REQUIRE(table.bad_rows[0].line == 2);
}

TEST_CASE("a row of another number of columns is named with both numbers") {
  const auto table = read_csv("a,b\n1,2,3\n1\n4,5,,,\n");
  REQUIRE(table.rows.size() == 1);
  REQUIRE(fields(table, 0) == Fields{"4", "5"});
  REQUIRE(table.bad_rows.size() == 2);
  REQUIRE(table.bad_rows[0].message(text::Language::Russian) == "столбцов 3, а в заголовке 2");
  REQUIRE(table.bad_rows[1].line == 3);
}

TEST_CASE("Windows-1251 is recognised and decoded") {
  // "Имя;Город\nЁж;Тула №5\n"
  const std::string bytes =
      "\xC8\xEC\xFF;\xC3\xEE\xF0\xEE\xE4\n\xA8\xE6;\xD2\xF3\xEB\xE0 \xB9"
      "5\n";
  const auto table = read_csv(bytes);
  REQUIRE(table.encoding == Encoding::Windows1251);
  REQUIRE(table.header == Fields{"Имя", "Город"});
  REQUIRE(fields(table, 0) == Fields{"Ёж", "Тула №5"});
}

TEST_CASE("a byte order mark is no part of the first header, and UTF-16 is read") {
  REQUIRE(read_csv("\xEF\xBB\xBFИмя,b\n1,2\n").header == Fields{"Имя", "b"});
  const std::string utf16("\xFF\xFE\x18\x04\x3C\x04\t\0b\0\n\0001\0\t\0002\0", 18);
  const auto table = read_csv(utf16);
  REQUIRE(table.header == Fields{"Им", "b"});
  REQUIRE(fields(table, 0) == Fields{"1", "2"});
}

TEST_CASE("bytes that are no UTF-8 in a file declared as UTF-8 cost their own row only") {
  const auto table = read_csv("имя,b\n\xC8\xEC,1\nх,2\n", {.delimiter = {}, .encoding = Encoding::Utf8});
  REQUIRE(table.rows.size() == 1);
  REQUIRE(table.bad_rows.size() == 1);
  REQUIRE(table.bad_rows[0].reason == "wrong_encoding");
  REQUIRE(table.bad_rows[0].column == "имя");
}

TEST_CASE("a file without a header row is refused with the reason") {
  for (const std::string_view bytes : {"", "\n\n", " \n", "\"never closed\n"}) {
    INFO(bytes);
    try {
      read_csv(bytes);
      FAIL("taken");
    } catch (const ProblemError& error) {
      REQUIRE(error.problem().code == ProblemCode::CsvInvalid);
      REQUIRE_FALSE(error.problem().where.empty());
      REQUIRE(error.problem().what(text::Language::Russian).find(": ") != std::string::npos);
    }
  }
}

TEST_CASE("hostile files stay within bounds") {
  REQUIRE_THROWS_AS(read_csv(std::string(max_csv_bytes + 1, 'a')), ProblemError);
  REQUIRE_THROWS_AS(read_csv(std::string(max_csv_columns + 1, ',') + "\n"), ProblemError);
  const auto table = read_csv("a,b\n\"" + std::string(max_csv_field_bytes + 10, 'x') + "\",1\n2,3\n");
  REQUIRE(table.bad_rows.size() == 1);
  REQUIRE(table.rows.size() == 1);
  // Every line opens a quotation mark and none closes: time stays linear in the size of the file.
  std::string open = "a,b\n";
  for (int i = 0; i < 2000; ++i) open += "\"x,y\n\n";
  REQUIRE(read_csv(open).rows.empty());
}
