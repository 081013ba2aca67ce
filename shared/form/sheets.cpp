#include "shared/form/sheets.hpp"

#include <algorithm>
#include <array>

#include "shared/form/limits.hpp"
#include "shared/form/value.hpp"

namespace anketa::form {
namespace {

constexpr std::array<std::string_view, 5> translated_columns{"label", "hint", "constraint_message", "required_message",
                                                             "title"};

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const auto first = text.find_first_not_of(white);
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, text.find_last_not_of(white) - first + 1);
}

/// "Русский (ru)" → "ru"; a plain name stays.
std::string language_code(std::string_view heading) {
  heading = trimmed(heading);
  const auto open = heading.rfind('(');
  if (open != std::string_view::npos && heading.back() == ')')
    return std::string(trimmed(heading.substr(open + 1, heading.size() - open - 2)));
  return std::string(heading);
}

/// Names that other tools give to the same column.
std::string canonical_column(std::string_view heading) {
  auto name = std::string(trimmed(heading));
  std::replace(name.begin(), name.end(), ' ', '_');
  if (name == "readonly") return "read_only";
  if (name == "relevance" || name == "bind::relevant") return "relevant";
  if (name == "bind::constraint") return "constraint";
  if (name == "bind::required") return "required";
  if (name == "list") return "list_name";
  return name;
}

bool is_blank(const Json& cell) {
  return cell.is_null() || (cell.is_string() && trimmed(cell.get_ref<const std::string&>()).empty()) ||
         (cell.is_object() && cell.empty());
}

class SheetReader {
 public:
  SheetReader(std::string_view name, LoadProblems& problems) : name_(name), problems_(problems) {}

  std::vector<SheetRow> read(const Json& sheet) {
    std::vector<SheetRow> rows;
    if (!sheet.is_array()) {
      problems_.add(name_, 0, "", "sheet_not_a_list");
      return rows;
    }
    const bool table = !sheet.empty() && sheet.front().is_array();
    for (std::size_t i = table ? 1 : 0; i < sheet.size(); ++i) {
      const int number = static_cast<int>(i) + (table ? 1 : 2);
      auto cells = table ? from_table(sheet.front(), sheet[i], number) : from_object(sheet[i], number);
      if (!cells.empty()) rows.push_back({number, std::move(cells)});
    }
    return rows;
  }

  Json from_object(const Json& row, int number) {
    Json cells = Json::object();
    if (!row.is_object()) {
      problems_.add(name_, number, "", "row_not_an_object");
      return cells;
    }
    for (const auto& [heading, value] : row.items()) put(cells, heading, value, number);
    return cells;
  }

 private:
  Json from_table(const Json& header, const Json& row, int number) {
    Json cells = Json::object();
    if (!row.is_array()) {
      problems_.add(name_, number, "", "row_not_a_list");
      return cells;
    }
    for (std::size_t i = 0; i < row.size() && i < header.size(); ++i)
      if (header[i].is_string()) put(cells, header[i].get<std::string>(), row[i], number);
    return cells;
  }

  void put(Json& cells, const std::string& heading, const Json& value, int number) {
    if (is_blank(value)) return;
    const auto separator = heading.find("::");
    const auto column = canonical_column(heading.substr(0, separator));
    if (separator != std::string::npos && is_translated(column)) {
      put_translation(cells, column, language_code(heading.substr(separator + 2)), value, number);
    } else if (is_translated(column) && value.is_object()) {
      for (const auto& [language, text] : value.items()) put_translation(cells, column, language, text, number);
    } else if (is_translated(column)) {
      put_translation(cells, column, "", value, number);
    } else if (value.is_structured()) {
      problems_.add(name_, number, column, "cell_not_a_text");
    } else {
      cells[canonical_column(heading)] = value;
    }
  }

  void put_translation(Json& cells, const std::string& column, const std::string& language, const Json& text,
                       int number) {
    if (!text.is_string()) return problems_.add(name_, number, column, "cell_not_a_text");
    if (text.get_ref<const std::string&>().size() > max_text_bytes)
      return problems_.add(name_, number, column, "text_too_long");
    if (!is_blank(text)) cells[column][language] = text;
  }

  std::string_view name_;
  LoadProblems& problems_;
};

}  // namespace

bool is_translated(std::string_view column) {
  return std::find(translated_columns.begin(), translated_columns.end(), column) != translated_columns.end();
}

std::string cell_text(const Json& cells, std::string_view column) {
  const auto cell = cells.find(column);
  if (cell == cells.end()) return {};
  if (cell->is_string()) return std::string(trimmed(cell->get_ref<const std::string&>()));
  if (cell->is_boolean()) return cell->get<bool>() ? "true" : "false";
  if (cell->is_number_integer()) return cell->dump();
  if (cell->is_number()) return number_text(cell->get<double>());
  return {};
}

Sheets read_sheets(const Json& json, LoadProblems& problems) {
  Sheets sheets;
  if (!json.is_object() || !json.contains("survey")) {
    problems.add("survey", 0, "", "no_survey");
    return sheets;
  }
  sheets.survey = SheetReader("survey", problems).read(json.at("survey"));
  if (json.contains("choices")) sheets.choices = SheetReader("choices", problems).read(json.at("choices"));
  if (const auto settings = json.find("settings"); settings != json.end()) {
    SheetReader reader("settings", problems);
    if (settings->is_array()) {
      const auto rows = reader.read(*settings);
      if (!rows.empty()) sheets.settings = rows.front().cells;
    } else {
      sheets.settings = reader.from_object(*settings, 2);
    }
  }
  return sheets;
}

}  // namespace anketa::form
