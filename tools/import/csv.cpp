#include "tools/import/csv.hpp"

#include <algorithm>
#include <array>

#include "shared/problem/problem.hpp"

namespace anketa::importer {
namespace {

constexpr std::array<char, 4> delimiters{';', ',', '\t', '|'};

struct RawRow {
  std::size_t line = 0;
  std::vector<std::string> fields;
  /// Key of the reason why the row cannot be read; empty: it can.
  std::string_view reason;
};

/// Splits bytes into rows of undecoded fields.
class Splitter {
 public:
  Splitter(std::string_view bytes, char delimiter, std::size_t first_line = 1)
      : bytes_(bytes), delimiter_(delimiter), line_(first_line) {}

  bool done() const { return at_ >= bytes_.size(); }

  RawRow next() {
    RawRow row;
    row.line = line_;
    const auto start = at_;
    while (true) {
      std::string field;
      row.reason = quoted() ? quoted_field(field) : plain_field(field);
      if (row.reason.empty() && row.fields.size() == max_csv_columns) row.reason = "too_many_columns";
      if (!row.reason.empty()) {
        leave_line(start, row.line);
        return row;
      }
      row.fields.push_back(std::move(field));
      if (done() || at_line_end()) break;
      ++at_;  // the delimiter
    }
    take_line_end();
    return row;
  }

 private:
  bool at_line_end() const { return bytes_[at_] == '\n' || bytes_[at_] == '\r'; }
  bool at_field_end() const { return done() || bytes_[at_] == delimiter_ || at_line_end(); }

  /// Whether the field begins with a quotation mark, white space before it left aside.
  bool quoted() {
    auto look = at_;
    while (look < bytes_.size() && bytes_[look] == ' ') ++look;
    if (look >= bytes_.size() || bytes_[look] != '"') return false;
    at_ = look + 1;
    return true;
  }

  std::string_view plain_field(std::string& field) {
    const auto start = at_;
    while (!at_field_end()) ++at_;
    if (at_ - start > max_csv_field_bytes) return "field_too_long";
    field = bytes_.substr(start, at_ - start);
    return {};
  }

  std::string_view quoted_field(std::string& field) {
    while (!done()) {
      const char c = bytes_[at_++];
      if (c == '"') {
        if (done() || bytes_[at_] != '"') return after_quote();
        ++at_;
      }
      if (c == '\n') ++line_;
      field += c;
      if (field.size() > max_csv_field_bytes) return "quote_open";
    }
    return "quote_open";
  }

  std::string_view after_quote() {
    while (!done() && bytes_[at_] == ' ' && delimiter_ != ' ') ++at_;
    return at_field_end() ? std::string_view() : "text_after_quote";
  }

  void take_line_end() {
    if (done()) return;
    if (bytes_[at_] == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  /// Goes to the line after the one where an unreadable row began.
  void leave_line(std::size_t row_start, std::size_t row_line) {
    at_ = row_start;
    line_ = row_line;
    while (!done() && !at_line_end()) ++at_;
    take_line_end();
  }

  std::string_view bytes_;
  char delimiter_;
  std::size_t at_ = 0;
  std::size_t line_;
};

bool is_blank(const RawRow& row) {
  return row.reason.empty() && row.fields.size() == 1 &&
         row.fields.front().find_first_not_of(" \t") == std::string::npos;
}

/// The delimiter that splits the first rows most evenly into several columns.
char detect_delimiter(std::string_view bytes) {
  char best = ',';
  std::size_t best_score = 0;
  for (const char candidate : delimiters) {
    Splitter splitter(bytes, candidate);
    std::size_t columns = 0;
    std::size_t agreeing = 0;
    for (int seen = 0; seen < 20 && !splitter.done(); ++seen) {
      const auto row = splitter.next();
      if (is_blank(row) || !row.reason.empty()) continue;
      if (columns == 0) columns = row.fields.size();
      if (row.fields.size() == columns) ++agreeing;
    }
    const auto score = columns < 2 ? 0 : agreeing * 1000 + columns;
    if (score > best_score) {
      best_score = score;
      best = candidate;
    }
  }
  return best;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  constexpr std::string_view no_break_space = "\xC2\xA0";
  while (true) {
    if (!text.empty() && white.find(text.front()) != white.npos)
      text.remove_prefix(1);
    else if (!text.empty() && white.find(text.back()) != white.npos)
      text.remove_suffix(1);
    else if (text.substr(0, 2) == no_break_space)
      text.remove_prefix(2);
    else if (text.size() >= 2 && text.substr(text.size() - 2) == no_break_space)
      text.remove_suffix(2);
    else
      return std::string(text);
  }
}

/// Decodes the fields in place. Gives the number of the first field that cannot be decoded.
std::optional<std::size_t> decode(RawRow& row, Encoding encoding) {
  for (std::size_t i = 0; i < row.fields.size(); ++i) {
    auto text = decode_field(row.fields[i], encoding);
    if (!text || text->find('\0') != std::string::npos) return i;
    row.fields[i] = trimmed(*text);
  }
  return std::nullopt;
}

bool fit_columns(RawRow& row, std::size_t columns) {
  while (row.fields.size() > columns && row.fields.back().empty()) row.fields.pop_back();
  return row.fields.size() == columns;
}

void take_row(CsvTable& table, RawRow row) {
  const auto bad = [&](std::string_view reason, std::string column = {}, text::Arguments arguments = {}) {
    table.bad_rows.push_back({row.line, std::move(column), std::string(reason), std::move(arguments)});
  };
  if (is_blank(row)) return;
  if (!row.reason.empty()) return bad(row.reason);
  if (const auto field = decode(row, table.encoding))
    return bad("wrong_encoding", *field < table.header.size() ? table.header[*field] : "");
  if (!fit_columns(row, table.header.size()))
    return bad("columns", {},
               {{"count", std::to_string(row.fields.size())}, {"expected", std::to_string(table.header.size())}});
  if (std::all_of(row.fields.begin(), row.fields.end(), [](const auto& field) { return field.empty(); })) return;
  table.rows.push_back({row.line, std::move(row.fields)});
}

/// Excel names the delimiter in a line of its own: "sep=;".
std::optional<char> take_sep_line(std::string_view& text) {
  if (text.size() < 5 || (text.substr(0, 4) != "sep=" && text.substr(0, 4) != "SEP=")) return std::nullopt;
  const char delimiter = text[4];
  const auto end = text.find('\n');
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return delimiter;
}

ProblemError unreadable(std::string_view reason, std::size_t line) {
  return ProblemError(ProblemCode::CsvInvalid, {{"reason", "import.reason." + std::string(reason)}, {"column", "?"}},
                      "line " + std::to_string(line));
}

}  // namespace

std::string RowProblem::message(text::Language language) const {
  auto all = arguments;
  all.try_emplace("column", column);
  return text::get(language, "import.reason." + reason, all);
}

CsvTable read_csv(std::string_view bytes, const CsvOptions& options) {
  if (bytes.size() > max_csv_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(max_csv_bytes)}});
  CsvTable table;
  table.encoding = options.encoding.value_or(detect_encoding(bytes));
  const auto content = to_ascii_compatible(bytes, table.encoding);
  std::string_view text = content;
  const auto named = take_sep_line(text);
  table.delimiter = options.delimiter ? *options.delimiter : named ? *named : detect_delimiter(text);
  Splitter splitter(text, table.delimiter, named ? 2 : 1);

  RawRow header;
  while (!splitter.done() && (header.fields.empty() || is_blank(header))) {
    header = splitter.next();
    if (header.reason.empty() && decode(header, table.encoding)) header.reason = "wrong_encoding";
    if (!header.reason.empty()) throw unreadable(header.reason, header.line);
  }
  while (!header.fields.empty() && header.fields.back().empty()) header.fields.pop_back();
  if (header.fields.empty()) throw unreadable("empty", 1);
  table.header = std::move(header.fields);
  while (!splitter.done()) take_row(table, splitter.next());
  return table;
}

}  // namespace anketa::importer
