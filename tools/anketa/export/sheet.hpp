// Tables to be written to a file, independent of its format.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "shared/record/json.hpp"

namespace anketa::cli {

/// A date is ISO text of its own type, so that a spreadsheet can calculate with it; money is in minor units.
struct DateCell {
  std::string iso;
};
struct MoneyCell {
  std::int64_t minor = 0;
};
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, DateCell, MoneyCell>;

/// A chart of columns of its sheet, all rows; formats without charts leave it out.
struct Chart {
  enum class Kind { Column, Bar, Line, Stacked } kind = Kind::Column;
  std::string title;
  /// Column of the names, columns of the values.
  std::size_t names = 0;
  std::vector<std::size_t> values;
};

struct Sheet {
  /// File name (without ending) in CSV, tab in a workbook.
  std::string id, title;
  std::vector<std::string> header;
  std::vector<std::vector<Cell>> rows;
  std::vector<Chart> charts;
};

/// Writes one workbook. Throws ProblemError(FileUnwritable, DiskFull).
void write_xlsx(const std::string& path, const std::vector<Sheet>& sheets);
/// Writes one CSV file into a folder for each sheet: UTF-8 with a byte order mark, semicolons, as Russian Excel reads
/// it. Cells that a spreadsheet would take for formulas are made harmless. Throws ProblemError(FileUnwritable).
void write_csv(const std::string& folder, const std::vector<Sheet>& sheets);

}  // namespace anketa::cli
