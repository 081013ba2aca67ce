// One row of the survey sheet: its cells read into a Row, everything wrong with them collected.
#pragma once

#include <string>
#include <string_view>

#include "shared/form/form.hpp"
#include "shared/form/sheets.hpp"

namespace anketa::form {

/// What a cell of the column "type" says.
struct TypeCell {
  enum class Kind { Row, BeginGroup, EndGroup, BeginRepeat, EndRepeat, Unknown } kind = Kind::Unknown;
  RowType type = RowType::Text;
  /// What a select chooses from: a list's name, or "${repeat}".
  std::string source;
};

TypeCell parse_type(std::string_view cell);
/// Columns a row is read from, our own included, in the order of a sheet's columns.
const std::vector<std::string_view>& known_columns();

/// Reads all cells but those that need other rows: expressions are parsed, not bound. Text columns stay as they are.
Row read_row(const SheetRow& sheet_row, const TypeCell& type, LoadProblems& problems);

/// Whether a name can stand in ${}.
bool is_good_name(std::string_view name);

}  // namespace anketa::form
