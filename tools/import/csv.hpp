// Reading CSV as CRMs and spreadsheets really write it (RFC 4180 and its usual deviations).
//
// Model: the first row that is not empty is the header. A row that cannot be read is named by its first line with a
// reason, and reading goes on with the line after it: one lost quotation mark costs one row, not the rest of the file.
// Quotation marks count only at the start of a field, so `ООО "Ромашка"` without quoting is read as it stands.
// Lines end in LF, CRLF or CR. Pure functions; bounded by the limits below.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/text/text.hpp"
#include "tools/import/encoding.hpp"

namespace anketa::importer {

/// A CRM of a large company exports some ten megabytes; beyond this it is some other file.
inline constexpr std::size_t max_csv_bytes = std::size_t{64} << 20;
/// A longer field is a quotation mark that was never closed.
inline constexpr std::size_t max_csv_field_bytes = std::size_t{64} << 10;
inline constexpr std::size_t max_csv_columns = 500;

struct CsvRow {
  /// Line of the file on which the row begins, from 1.
  std::size_t line = 0;
  /// As many as the header has, white space around them removed.
  std::vector<std::string> fields;
};

/// A row or a value that was not taken, and why. `reason` is the key of a text in the table "import".
struct RowProblem {
  std::size_t line = 0;
  /// Header of the column, where one field is to blame.
  std::string column;
  std::string reason;
  text::Arguments arguments;

  std::string message(text::Language language) const;
};

struct CsvOptions {
  /// Detected where not given.
  std::optional<char> delimiter;
  std::optional<Encoding> encoding;
};

struct CsvTable {
  Encoding encoding = Encoding::Utf8;
  char delimiter = ',';
  std::vector<std::string> header;
  std::vector<CsvRow> rows;
  std::vector<RowProblem> bad_rows;
};

/// Reads a whole file's content. Throws ProblemError(CsvInvalid) where there is no header row to go by, and TooLarge.
CsvTable read_csv(std::string_view bytes, const CsvOptions& options = {});

}  // namespace anketa::importer
