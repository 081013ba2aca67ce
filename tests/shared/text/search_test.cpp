#include "shared/text/search.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace anketa::text;

namespace {

/// What the index does: every prefix of the query begins some word of the text.
bool finds(std::string_view query, std::string_view text) {
  const auto indexed = " " + index_text(text);
  const auto prefixes = query_prefixes(query);
  return !prefixes.empty() && std::all_of(prefixes.begin(), prefixes.end(), [&](const std::string& prefix) {
    return indexed.find(" " + prefix) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("normalising folds case, ё and punctuation") {
  CHECK(normalise("ООО «Ёлка-Палка»") == "ооо елка палка");
  CHECK(normalise("  Café & Co. ") == "café co");
  CHECK(normalise("ÀÞ×Ў") == "àþ ў");
  CHECK(normalise("a\xff\xc3") == "a");
  CHECK(normalise("") == "");
  CHECK(normalise("日本 1") == "日本 1");
}

TEST_CASE("word forms find each other") {
  CHECK(finds("Ромашки", "ООО «Ромашка»"));
  CHECK(finds("ромашкой", "Ромашка"));
  CHECK(finds("договора", "Договор № 17"));
  CHECK(finds("договоров", "договор"));
  CHECK(finds("северные", "Северная верфь"));
  CHECK(finds("ёлка", "Ёлки и палки"));
  CHECK(finds("елка", "Ёлка"));
  CHECK(finds("Иванову Петру", "Петр Иванов"));
  CHECK(finds("ромаш", "Ромашка"));
}

TEST_CASE("what does not fit is not found") {
  CHECK_FALSE(finds("ромашка лтд", "ООО «Ромашка»"));
  CHECK_FALSE(finds("василёк", "Ромашка"));
  CHECK_FALSE(finds("", "Ромашка"));
  CHECK_FALSE(finds("…", "Ромашка"));
}

TEST_CASE("short words keep their ending") {
  CHECK(query_prefixes("он мы дом") == std::vector<std::string>{"он", "мы", "дом"});
  CHECK(query_prefixes("ООО Мир") == std::vector<std::string>{"ооо", "мир"});
  CHECK(query_prefixes("Siemens") == std::vector<std::string>{"siemens"});
}

TEST_CASE("a telephone number is found however it is typed") {
  const std::string_view indexed = "Петров +7 (812) 555-01-01";
  CHECK(finds("78125550101", indexed));
  CHECK(finds("8 812 555 01 01", indexed));
  CHECK(finds("812 555-01-01", indexed));
  CHECK(finds("812 555", indexed));
  CHECK(finds("88125550101", "тел. 78125550101"));
  CHECK_FALSE(finds("8125550102", indexed));
}

TEST_CASE("a match expression quotes every word") {
  CHECK(match_expression("Ромашки \"OR\" NEAR") == "\"ромашк\"* \"or\"* \"near\"*");
  CHECK(match_expression("\"") == "");
}
