#include "shared/form/row_reader.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "shared/form/limits.hpp"

namespace anketa::form {
namespace {

struct TypeName {
  std::string_view name;
  RowType type;
};

constexpr std::array<TypeName, 20> type_names{{
    {"text", RowType::Text},
    {"string", RowType::Text},
    {"integer", RowType::Integer},
    {"int", RowType::Integer},
    {"decimal", RowType::Decimal},
    {"date", RowType::Date},
    {"time", RowType::Time},
    {"dateTime", RowType::DateTime},
    {"datetime", RowType::DateTime},
    {"select_one", RowType::SelectOne},
    {"select1", RowType::SelectOne},
    {"select_multiple", RowType::SelectMultiple},
    {"range", RowType::Range},
    {"note", RowType::Note},
    {"calculate", RowType::Calculate},
    {"calculation", RowType::Calculate},
    {"acknowledge", RowType::Acknowledge},
    {"image", RowType::Image},
    {"photo", RowType::Image},
    {"file", RowType::File},
}};

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool is_yes(std::string_view text) {
  return text == "yes" || text == "Yes" || text == "true" || text == "TRUE" || text == "1" || text == "true()";
}
bool is_no(std::string_view text) {
  return text.empty() || text == "no" || text == "No" || text == "false" || text == "FALSE" || text == "0" ||
         text == "false()";
}

/// A default such as today() or ${name}; anything else is the answer itself.
bool is_dynamic(std::string_view text) {
  if (text.find("${") != std::string_view::npos) return true;
  const auto open = text.find('(');
  if (open == std::string_view::npos || open == 0 || text.back() != ')') return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(open),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':'; });
}

class RowReader {
 public:
  RowReader(const SheetRow& sheet_row, const TypeCell& type, LoadProblems& problems)
      : cells_(sheet_row.cells), number_(sheet_row.number), type_(type), problems_(problems) {}

  Row read() {
    row_.type = type_.type;
    row_.sheet_row = number_;
    row_.name = cell("name");
    check_name();
    read_texts();
    read_expressions();
    read_default();
    read_parameters();
    read_own_columns();
    keep_other_columns();
    return std::move(row_);
  }

 private:
  std::string cell(std::string_view column) const { return cell_text(cells_, column); }
  void fail(std::string_view column, std::string_view reason, text::Arguments arguments = {}) {
    problems_.add("survey", number_, column, reason, std::move(arguments));
  }

  void check_name() {
    if (row_.name.empty()) return fail("name", "no_name");
    if (!is_good_name(row_.name)) fail("name", "bad_name", {{"name", row_.name}});
    // Items of a repeat keep their place under this name.
    if (row_.name == "pos") fail("name", "reserved_name", {{"name", row_.name}});
  }

  Label label(std::string_view column) const {
    Label label;
    if (const auto found = cells_.find(column); found != cells_.end())
      for (const auto& [language, text] : found->items()) label[language] = text.get<std::string>();
    return label;
  }

  void read_texts() {
    row_.label = label("label");
    row_.hint = label("hint");
    row_.constraint_message = label("constraint_message");
    row_.required_message = label("required_message");
    row_.appearance = cell("appearance");
    row_.read_only = is_yes(cell("read_only"));
    const bool needs_label = !row_.is_container() && row_.type != RowType::Calculate;
    if (needs_label && row_.label.empty() && row_.hint.empty()) fail("label", "no_label", {{"name", row_.name}});
  }

  void read_expression(std::string_view column, std::optional<Expression>& into) {
    const auto text = cell(column);
    if (text.empty()) return;
    try {
      into = parse_expression(text);
    } catch (const ExpressionError& error) {
      problems_.add(error, number_, column, text);
    }
  }

  void read_expressions() {
    read_expression("relevant", row_.relevant);
    read_expression("constraint", row_.constraint);
    read_expression("choice_filter", row_.choice_filter);
    if (row_.choice_filter && !row_.is_select()) fail("choice_filter", "not_for_this_type");
    const auto required = cell("required");
    if (is_yes(required)) {
      row_.always_required = true;
    } else if (!is_no(required)) {
      read_expression("required", row_.required);
    }
    if (row_.type == RowType::Calculate) {
      read_expression("calculation", row_.calculation);
      if (cell("calculation").empty() && cell("prefill").empty()) fail("calculation", "no_calculation");
    } else if (!cell("calculation").empty()) {
      fail("calculation", "only_calculates_calculate");
    }
  }

  void read_default() {
    const auto text = cell("default");
    if (text.empty()) return;
    if (row_.is_container() || row_.type == RowType::Note || row_.type == RowType::Calculate)
      return fail("default", "not_for_this_type");
    if (is_dynamic(text)) {
      read_expression("default", row_.dynamic_default);
    } else {
      row_.plain_default = text;
    }
  }

  /// "start=0 end=10 step=1"
  void read_parameters() {
    const auto text = cell("parameters");
    std::string_view rest = text;
    while (!(rest = trimmed(rest)).empty()) {
      const auto end = std::min(rest.find_first_of(" ;,"), rest.size());
      const auto pair = rest.substr(0, end);
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || equals == 0 || equals + 1 == pair.size())
        return fail("parameters", "bad_parameters", {{"found", std::string(pair)}});
      row_.parameters.emplace(pair.substr(0, equals), pair.substr(equals + 1));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (row_.type == RowType::Range) read_range();
  }

  void read_range() {
    const auto bound = [&](std::string_view name, double& into) {
      const auto found = row_.parameters.find(name);
      if (found == row_.parameters.end()) return;
      into = parse_number(found->second);
      if (std::isnan(into)) fail("parameters", "not_a_number", {{"found", found->second}});
    };
    bound("start", row_.range.start);
    bound("end", row_.range.end);
    bound("step", row_.range.step);
    if (!(row_.range.step > 0) || !(row_.range.end > row_.range.start)) fail("parameters", "bad_range");
  }

  int whole_number(std::string_view column) {
    const auto text = cell(column);
    if (text.empty()) return 0;
    const double number = parse_number(text);
    if (number >= 0 && number <= 10000 && number == std::floor(number)) return static_cast<int>(number);
    fail(column, "not_a_number", {{"found", text}});
    return 0;
  }

  void read_own_columns() {
    row_.prefill = cell("prefill");
    row_.refresh = is_yes(cell("refresh"));
    row_.writes_to = cell("writes_to");
    row_.access_class = cell("class");
    row_.warns = cell("warn");
    if (!row_.warns.empty() && row_.type != RowType::Note) fail("warn", "only_notes_warn");
    row_.minutes = whole_number("minutes");
    row_.side = whole_number("side");
    row_.gate = !is_no(cell("gate"));
    row_.min_items = whole_number("min_items");
    if (row_.min_items > 0 && row_.type != RowType::Repeat) fail("min_items", "not_for_this_type");
    row_.print_rows = whole_number("print_rows");
    const auto print = cell("print");
    row_.printed = print.empty() || !is_no(print);
    row_.number = cell("number");
  }

  void keep_other_columns() {
    const auto& known = known_columns();
    for (const auto& [column, value] : cells_.items())
      if (std::find(known.begin(), known.end(), column) == known.end()) row_.other[column] = value;
  }

  const Json& cells_;
  int number_;
  const TypeCell& type_;
  LoadProblems& problems_;
  Row row_;
};

}  // namespace

const std::vector<std::string_view>& known_columns() {
  static const std::vector<std::string_view> columns{"type",        "name",       "label",
                                                     "hint",        "required",   "required_message",
                                                     "relevant",    "constraint", "constraint_message",
                                                     "calculation", "default",    "choice_filter",
                                                     "read_only",   "appearance", "parameters",
                                                     "prefill",     "refresh",    "writes_to",
                                                     "class",       "number",     "minutes",
                                                     "side",        "gate",       "warn",
                                                     "min_items",   "print",      "print_rows"};
  return columns;
}

bool is_good_name(std::string_view name) {
  const auto begins = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  };
  return !name.empty() && name.size() <= 64 && begins(name.front()) &&
         std::all_of(name.begin(), name.end(),
                     [&](char c) { return begins(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; });
}

TypeCell parse_type(std::string_view cell) {
  // "begin group", "begin_group", "select one list", "select_one list"
  std::string text(trimmed(cell));
  for (const std::string_view spaced : {"begin ", "end ", "select one", "select multiple"})
    if (text.compare(0, spaced.size(), spaced) == 0) text[text.find(' ')] = '_';
  const auto space = text.find(' ');
  const auto word = text.substr(0, space);
  TypeCell type;
  if (space != std::string::npos) type.source = trimmed(std::string_view(text).substr(space));
  using Kind = TypeCell::Kind;
  constexpr std::array<std::pair<std::string_view, Kind>, 4> brackets{{{"begin_group", Kind::BeginGroup},
                                                                       {"end_group", Kind::EndGroup},
                                                                       {"begin_repeat", Kind::BeginRepeat},
                                                                       {"end_repeat", Kind::EndRepeat}}};
  for (const auto& bracket : brackets)
    if (bracket.first == word) type.kind = bracket.second;
  if (type.kind == Kind::BeginGroup) type.type = RowType::Group;
  if (type.kind == Kind::BeginRepeat) type.type = RowType::Repeat;
  for (const auto& each : type_names) {
    if (each.name != word) continue;
    type.kind = Kind::Row;
    type.type = each.type;
  }
  return type;
}

Row read_row(const SheetRow& sheet_row, const TypeCell& type, LoadProblems& problems) {
  return RowReader(sheet_row, type, problems).read();
}

}  // namespace anketa::form
