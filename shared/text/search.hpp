// Words for full-text search, in Russian and in Latin script: what is indexed and what a query asks for.
//
// Model: both sides are normalised: letters to lower case, ё to е, everything that is neither letter nor digit to a
// space. A query's words match as prefixes; Russian ones first lose their ending, so that "Ромашки" finds "Ромашка".
// Nothing is stripped from what is indexed, so an exact word is always found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anketa::text {

/// Nothing, or spaces in the place of words.
bool is_blank(std::string_view text);

/// Lower case, ё as е, words separated by single spaces. Cyrillic, Latin-1 and ASCII letters are folded, other scripts
/// stay as they are. Broken UTF-8 separates words.
std::string normalise(std::string_view utf8);

/// normalise() with every telephone-like run of digits ("+7 (812) 555-01-01") once more as one word, so that a number
/// is found however it was typed.
std::string index_text(std::string_view utf8);

/// Words of a query as the prefixes to look for. Words of four letters and more, and the last word, lose their Russian
/// ending where at least three letters are left.
std::vector<std::string> query_prefixes(std::string_view utf8);

/// A MATCH expression of SQLite's FTS5 that asks for all the query's words; empty where it has none.
std::string match_expression(std::string_view query);

}  // namespace anketa::text
