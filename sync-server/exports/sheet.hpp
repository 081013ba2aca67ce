// A table on its way into a file, whatever the file: headings, kinds of columns, cells as plain values.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "shared/record/json.hpp"

namespace anketa::server::exports {

enum class CellKind {
  Text,
  Number,
  Money,       ///< kopecks; written in roubles
  Hundredths,  ///< 1234 is 12.34
  Decimal,     ///< "3.4"
  Day,         ///< "2025-06-10"
  Instant      ///< milliseconds UTC
};

struct SheetColumn {
  std::string heading;
  CellKind kind = CellKind::Text;
  /// One of a few words: files that can draw show how often each stands there.
  bool counted = false;
};

struct Sheet {
  /// Of the table in the file, and of the file without its ending.
  std::string title, file;
  std::vector<SheetColumn> columns;
  /// Strings, numbers and null, as many in a row as there are columns.
  std::vector<std::vector<Json>> rows;
};

/// Separated by ";" for Russian programs and by "," for others, UTF-8 with a byte order mark. A text that a spreadsheet
/// would run as a formula is written with an apostrophe before it.
std::string to_csv(const Sheet& sheet, char separator);

/// What a workbook's second table is called, its numbers, and the sums of money on top of it.
struct WorkbookWords {
  std::string totals, count, sum;
};
/// A workbook: the table with filters and a frozen heading; and a second one with the sum of every column of money, and
/// for every counted column how often each word occurs, with a chart. Throws ProblemError(FileUnwritable).
std::string to_xlsx(const Sheet& sheet, const WorkbookWords& words);

}  // namespace anketa::server::exports
