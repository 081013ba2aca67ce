// The three sheets of a form as rows of named cells, from whichever shape they come in.
//
// Shapes: a sheet is an array of objects (one per row), or an array of arrays whose first is the header, as a
// spreadsheet has it. Translated columns are an object by language code, or columns "label::ru", "label::Русский (ru)".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/form/load_problems.hpp"
#include "shared/record/json.hpp"

namespace anketa::form {

struct SheetRow {
  /// Row number in the sheet; the header is row 1.
  int number = 0;
  /// Column name → text, number or boolean; translated columns → text or object by language code. No empty cells.
  Json cells;
};

struct Sheets {
  Json settings = Json::object();
  std::vector<SheetRow> survey, choices;
};

Sheets read_sheets(const Json& json, LoadProblems& problems);

/// Text of a cell: numbers and truths as XLSForm writes them; empty where there is none or it is translated.
std::string cell_text(const Json& cells, std::string_view column);
/// Whether the column holds texts by language.
bool is_translated(std::string_view column);

}  // namespace anketa::form
