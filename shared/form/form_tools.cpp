#include "shared/form/form_tools.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "shared/form/evaluator.hpp"
#include "shared/form/form_state.hpp"
#include "shared/form/row_reader.hpp"
#include "shared/form/sheets.hpp"

namespace anketa::form {
namespace {

Json rows_of(const std::vector<SheetRow>& rows) {
  Json array = Json::array();
  for (const auto& row : rows) array.push_back(row.cells);
  return array;
}

/// Texts of one language only, and without a language, stand as plain text.
void simplify(Json& cells) {
  for (auto& [column, value] : cells.items()) {
    if (is_translated(column) && value.is_object() && value.size() == 1 && value.contains(""))
      value = Json(value.at(""));
  }
}

/// Columns of a sheet in the order people expect, each with its languages.
std::vector<std::string> headings(const Json& rows, const std::vector<std::string_view>& order) {
  std::map<std::size_t, std::vector<std::string>> ordered;
  for (const auto& row : rows) {
    for (const auto& [column, value] : row.items()) {
      const auto place = static_cast<std::size_t>(std::find(order.begin(), order.end(), column) - order.begin());
      auto& names = ordered[place];
      const auto add = [&](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
      };
      if (value.is_object()) {
        for (const auto& [language, text] : value.items()) add(column + "::" + language);
      } else {
        add(column);
      }
    }
  }
  std::vector<std::string> all;
  for (auto& [place, names] : ordered) all.insert(all.end(), names.begin(), names.end());
  return all;
}

Json cells_of(const Json& rows, const std::vector<std::string_view>& order) {
  const auto columns = headings(rows, order);
  Json table = Json::array();
  table.push_back(columns);
  for (const auto& row : rows) {
    Json line = Json::array();
    for (const auto& heading : columns) {
      const auto separator = heading.find("::");
      const auto cell = row.find(heading.substr(0, separator));
      if (cell == row.end()) {
        line.push_back("");
      } else if (separator == std::string::npos) {
        line.push_back(cell->is_object() ? Json("") : *cell);
      } else {
        line.push_back(cell->is_object() ? cell->value(heading.substr(separator + 2), "") : "");
      }
    }
    table.push_back(std::move(line));
  }
  return table;
}

}  // namespace

std::vector<Problem> check_form(const Json& json) {
  return load(json).problems;
}

Json normalise_form(const Json& json) {
  LoadProblems problems;
  auto sheets = read_sheets(json, problems);
  if (!problems.empty()) throw ProblemError(problems.take().front());
  for (auto* rows : {&sheets.survey, &sheets.choices})
    for (auto& row : *rows) simplify(row.cells);
  simplify(sheets.settings);
  return {{"settings", sheets.settings}, {"survey", rows_of(sheets.survey)}, {"choices", rows_of(sheets.choices)}};
}

Json form_to_cells(const Json& json) {
  const auto form = normalise_form(json);
  return {
      {"settings", cells_of(Json::array({form.at("settings")}), {"form_id", "version", "title", "default_language"})},
      {"survey", cells_of(form.at("survey"), known_columns())},
      {"choices", cells_of(form.at("choices"), {"list_name", "name", "label"})}};
}

Evaluation evaluate_text(std::string_view expression, const Form& form, const Json& answers, const LocalTime& now,
                         std::string_view language) {
  auto parsed = parse_expression(expression);
  bind_expression(parsed, form, {});
  FormState state({std::shared_ptr<const Form>(), &form}, {std::string(language), now});
  state.load(answers);
  state.recalculate();
  Evaluator evaluator(state);
  const NodeRef root{no_row, &state.root()};
  const auto value = evaluator.evaluate(parsed, {root, root, 0, 0, nullptr, nullptr});
  Evaluation result{std::string(type_name(value)), nullptr};
  if (const auto* set = std::get_if<NodeSet>(&value)) {
    result.value = Json::array();
    for (const auto& node : *set) result.value.push_back(to_text(evaluator.value_of(node)));
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    result.value = *truth;
  } else {
    result.value = evaluator.text(value);
  }
  return result;
}

}  // namespace anketa::form
