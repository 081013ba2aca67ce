#include "sync-server/exports/lists.hpp"

#include <algorithm>
#include <array>

#include "shared/problem/problem.hpp"
#include "shared/record/record_state.hpp"

namespace anketa::server::exports {
namespace {

using reports::Query;
using reports::ReportService;
using reports::Viewer;

struct Field {
  /// Where in the item, and under "export.column" in the texts (with "_" for "/").
  const char* path;
  CellKind kind = CellKind::Text;
  /// The values have names: "export.<words>.<value>".
  const char* words = nullptr;
};

struct List {
  const char* name;
  Json (ReportService::*page)(const Viewer&, const Query&);
  std::vector<Field> fields;
};

const std::vector<List>& lists() {
  static const std::vector<List> all{
      {"clients",
       &ReportService::clients,
       {{"name"},
        {"segment"},
        {"industry"},
        {"region"},
        {"city"},
        {"key_status", CellKind::Text, "key_status"},
        {"owner/name"},
        {"coverage", CellKind::Text, "coverage"},
        {"last_met_on", CellKind::Day},
        {"open_cases", CellKind::Number}}},
      {"questionnaires",
       &ReportService::questionnaires,
       {{"date", CellKind::Day},
        {"client/name"},
        {"rep/name"},
        {"status", CellKind::Text, "questionnaire"},
        {"delivered_at", CellKind::Instant},
        {"nps", CellKind::Number},
        {"age_days", CellKind::Number}}},
      {"cases",
       &ReportService::cases,
       {{"opened_on", CellKind::Day},
        {"client/name"},
        {"owner/name"},
        {"status", CellKind::Text, "case"},
        {"severity", CellKind::Text, "severity"},
        {"complaints", CellKind::Number},
        {"reopenings", CellKind::Number},
        {"age_days", CellKind::Number},
        {"confirmed_on", CellKind::Day}}},
  };
  return all;
}

/// Every item of a list, page after page; `shell`: what the answer says beside the items.
Json all_items(ReportService& reports, const Viewer& viewer, Json (ReportService::*page)(const Viewer&, const Query&),
               Query& query, Json* shell = nullptr) {
  Json items = Json::array();
  query["limit"] = std::to_string(reports::max_page);
  for (std::size_t offset = 0;;) {
    query["offset"] = std::to_string(offset);
    auto answer = (reports.*page)(viewer, query);
    for (auto& item : answer.at("items")) items.push_back(std::move(item));
    const auto next = answer.at("next_offset");
    if (shell) *shell = std::move(answer);
    if (next.is_null()) return items;
    offset = next.get<std::size_t>();
  }
}

std::string heading(const char* path, text::Language language) {
  std::string key = path;
  std::replace(key.begin(), key.end(), '/', '_');
  return text::get(language, "export.column." + key);
}

Json cell(const Json& value, const Field& field, text::Language language) {
  if (!value.is_string() || !field.words) return value;
  const auto key = "export." + std::string(field.words) + "." + value.get<std::string>();
  return text::has(language, key) ? Json(text::get(language, key)) : value;
}

Sheet plain_sheet(const List& list, const Json& items, text::Language language) {
  Sheet sheet;
  for (const auto& field : list.fields)
    sheet.columns.push_back({heading(field.path, language), field.kind, field.words != nullptr});
  for (const auto& item : items) {
    std::vector<Json> row;
    for (const auto& field : list.fields) row.push_back(cell(value_at(item, field.path), field, language));
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

std::string label(const Json& labels, text::Language language) {
  const auto text = string_or_empty(labels, text::code(language));
  return text.empty() ? string_or_empty(labels, "ru") : text;
}

/// A choice as a person reads it; several of them, and several items of a repeat, one after the other.
std::string readable(const Json& value, const Json& column, text::Language language) {
  if (value.is_array()) {
    std::string all;
    for (const auto& one : value) all += (all.empty() ? "" : ", ") + readable(one, column, language);
    return all;
  }
  const auto text = value.is_string() ? value.get<std::string>() : value.dump();
  if (const auto choices = column.find("choices"); choices != column.end())
    for (const auto& choice : *choices)
      if (choice.at("name") == text) return label(choice.at("label"), language);
  return text;
}

/// In a repeat the answers of all its items.
Json answer_cell(const Json& answers, const Json& column, text::Language language) {
  const auto name = column.at("name").get<std::string>();
  if (column.at("repeat").is_null()) {
    const auto& value = value_at(answers, name);
    if (value.is_null() || value.is_number()) return value;
    return readable(value, column, language);
  }
  std::string all;
  const auto& repeat = value_at(answers, column.at("repeat").get<std::string>());
  if (repeat.is_object())
    for (const auto& item : repeat)
      if (const auto& value = value_at(item, name); !value.is_null())
        all += (all.empty() ? "" : "; ") + readable(value, column, language);
  return all.empty() ? Json(nullptr) : Json(all);
}

Sheet answer_sheet(const Json& shell, const Json& items, text::Language language) {
  Sheet sheet;
  const std::array<Field, 3> own{Field{"date", CellKind::Day}, {"client/name"}, {"rep/name"}};
  for (const auto& field : own) sheet.columns.push_back({heading(field.path, language), field.kind, false});
  for (const auto& column : shell.at("columns")) {
    const auto kind = string_or_empty(column, "kind");
    const bool repeated = !column.at("repeat").is_null();
    sheet.columns.push_back({string_or_empty(column, "number") + " " + label(column.at("label"), language),
                             repeated          ? CellKind::Text
                             : kind == "money" ? CellKind::Money
                             : kind == "date"  ? CellKind::Day
                                               : CellKind::Number,
                             kind == "choice" && !repeated});
  }
  for (const auto& item : items) {
    std::vector<Json> row;
    for (const auto& field : own) row.push_back(value_at(item, field.path));
    for (const auto& column : shell.at("columns")) row.push_back(answer_cell(item.at("answers"), column, language));
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace

Sheet list_sheet(ReportService& reports, const Viewer& viewer, const std::string& name, Query query,
                 text::Language language) {
  Sheet sheet;
  if (name == "answers") {
    Json shell;
    const auto items = all_items(reports, viewer, &ReportService::answers, query, &shell);
    sheet = answer_sheet(shell, items, language);
  } else {
    const auto& known = lists();
    const auto list = std::find_if(known.begin(), known.end(), [&](const List& one) { return one.name == name; });
    if (list == known.end()) throw ProblemError(ProblemCode::NotFound, {}, name);
    sheet = plain_sheet(*list, all_items(reports, viewer, list->page, query), language);
  }
  sheet.title = text::get(language, "export.title." + name);
  sheet.file = "anketa-" + name;
  return sheet;
}

}  // namespace anketa::server::exports
