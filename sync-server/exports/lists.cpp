#include "sync-server/exports/lists.hpp"

#include <algorithm>
#include <array>

#include "shared/problem/problem.hpp"
#include "shared/record/record_state.hpp"
#include "sync-server/api/operation.hpp"
#include "sync-server/exports/cells.hpp"
#include "sync-server/exports/columns.hpp"
#include "sync-server/reports/filter.hpp"

namespace anketa::server::exports {
namespace {

constexpr const char* answers = "results/answers";

const Json& answer_schema(const std::string& path) {
  for (const auto& operation : api::operations())
    if (operation.method == "GET" && operation.path == path && operation.answer) return operation.answer->schema;
  throw ProblemError(ProblemCode::NotFound, {}, path);
}

const Json& items_schema(const Json& schema, const std::string& array) {
  const auto* found = member_schema(schema, array);
  if (!found) throw ProblemError(ProblemCode::Internal, {}, array);
  return found->at("items");
}

/// Every page of an answer, the arrays of all of them joined; the rest is the last page's.
Json whole_answer(const Ask& ask, const std::string& path, Query query, const std::vector<std::string>& arrays) {
  query["limit"] = std::to_string(reports::max_page);
  query.erase("offset");
  query.erase("before");
  Json whole;
  for (;;) {
    auto page = ask(path, query);
    const auto next = page.value("next_offset", Json()), before = page.value("next_before", Json());
    if (!whole.is_null())
      for (const auto& array : arrays) {
        auto& so_far = whole.at(array);
        so_far.insert(so_far.end(), page.at(array).begin(), page.at(array).end());
        page.at(array) = std::move(so_far);
      }
    whole = std::move(page);
    if (next.is_number()) query["offset"] = next.dump();
    if (before.is_number()) query["before"] = before.dump();
    if (!next.is_number() && !before.is_number()) return whole;
  }
}

std::string as_key(std::string path) {
  std::replace(path.begin(), path.end(), '/', '_');
  return path.starts_with('_') ? path.substr(1) : path;
}

/// "export.column.due_on", or one of the list's own: "export.own.campaign_norms.due".
std::string heading(const List& list, const std::string& column, text::Language language) {
  const auto own = "export.own." + as_key(list.path) + "." + as_key(column);
  return text::get(language, text::has(language, own) ? own : "export.column." + as_key(column));
}

/// A row's members: of the item, and behind "/" of the item it lies in.
class Rows {
 public:
  Rows(const List& list, const Json& schema, text::Language language) : list_(list), language_(language) {
    outer_schema_ = &items_schema(schema, list.arrays.front());
    inner_schema_ = list.inner.empty() ? outer_schema_ : &items_schema(*outer_schema_, list.inner);
    if (list.arrays.size() > 1)
      sheet.columns.push_back({text::get(language, "export.column.list"), CellKind::Text, true});
    for (const auto& column : list.columns) {
      const auto* schema_of = find(column);
      if (!schema_of) throw ProblemError(ProblemCode::Internal, {}, list.path + "/" + column);
      sheet.columns.push_back(column_of(*schema_of, column, heading(list, column, language)));
    }
  }

  void add(const Json& answer) {
    for (const auto& array : list_.arrays)
      for (const auto& item : answer.at(array)) {
        if (list_.inner.empty())
          row(array, item, item);
        else
          for (const auto& inner : item.at(list_.inner)) row(array, item, inner);
      }
  }

  Sheet sheet;

 private:
  const Json* find(const std::string& column) const {
    return column.starts_with('/') ? member_schema(*outer_schema_, column.substr(1))
                                   : member_schema(*inner_schema_, column);
  }

  void row(const std::string& array, const Json& outer, const Json& item) {
    std::vector<Json> cells;
    if (list_.arrays.size() > 1) cells.emplace_back(text::get(language_, "export.list." + list_.path + "." + array));
    for (const auto& column : list_.columns) {
      const bool above = column.starts_with('/');
      const auto& value = above ? value_at(outer, column.substr(1)) : value_at(item, column);
      cells.push_back(cell_of(value, *find(column), language_));
    }
    sheet.rows.push_back(std::move(cells));
  }

  const List& list_;
  text::Language language_;
  const Json *outer_schema_, *inner_schema_;
};

// Answers: the columns are the form's own questions.

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
Json answer_cell(const Json& given, const Json& column, text::Language language) {
  const auto name = column.at("name").get<std::string>();
  if (column.at("repeat").is_null()) {
    const auto& value = value_at(given, name);
    if (value.is_null() || value.is_number()) return value;
    return readable(value, column, language);
  }
  std::string all;
  const auto& repeat = value_at(given, column.at("repeat").get<std::string>());
  if (repeat.is_object())
    for (const auto& item : repeat)
      if (const auto& value = value_at(item, name); !value.is_null())
        all += (all.empty() ? "" : "; ") + readable(value, column, language);
  return all.empty() ? Json(nullptr) : Json(all);
}

CellKind answer_kind(const Json& column) {
  const auto kind = string_or_empty(column, "kind");
  if (!column.at("repeat").is_null()) return CellKind::Text;
  return kind == "money" ? CellKind::Money : kind == "date" ? CellKind::Day : CellKind::Number;
}

Sheet answer_sheet(const Json& answer, text::Language language) {
  const List own{answers, {"date", "client/name", "rep/name"}};
  const auto& schema = items_schema(answer_schema("/v1/results/answers"), "items");
  Sheet sheet;
  for (const auto& path : own.columns)
    sheet.columns.push_back(column_of(*member_schema(schema, path), path, heading(own, path, language)));
  for (const auto& column : answer.at("columns"))
    sheet.columns.push_back({string_or_empty(column, "number") + " " + label(column.at("label"), language),
                             answer_kind(column), column.at("kind") == "choice" && column.at("repeat").is_null()});
  for (const auto& item : answer.at("items")) {
    std::vector<Json> row;
    for (const auto& path : own.columns) row.push_back(value_at(item, path));
    for (const auto& column : answer.at("columns")) row.push_back(answer_cell(item.at("answers"), column, language));
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

const List& list_at(const std::string& path) {
  const auto& known = lists();
  const auto found = std::find_if(known.begin(), known.end(), [&](const List& one) { return one.path == path; });
  if (found == known.end()) throw ProblemError(ProblemCode::NotFound, {}, path);
  return *found;
}

Exported read_list(const Ask& ask, const std::string& path, const Query& query, text::Language language) {
  if (path == answers) {
    auto answer = whole_answer(ask, "/v1/results/answers", query, {"items"});
    return {answer_sheet(answer, language), std::move(answer.at("items"))};
  }
  const auto& list = list_at(path);
  auto answer = whole_answer(ask, "/v1/" + path, query, list.arrays);
  Rows rows(list, answer_schema("/v1/" + path), language);
  rows.add(answer);
  Json items = list.arrays.size() > 1 ? Json::object() : std::move(answer.at(list.arrays.front()));
  if (list.arrays.size() > 1)
    for (const auto& array : list.arrays) items[array] = std::move(answer.at(array));
  return {std::move(rows.sheet), std::move(items)};
}

}  // namespace

Exported export_list(const Ask& ask, const std::string& list, Query query, text::Language language) {
  auto exported = read_list(ask, list, query, language);
  auto name = as_key(list);
  exported.sheet.title = text::get(language, "export.title." + name);
  std::replace(name.begin(), name.end(), '_', '-');
  exported.sheet.file = "anketa-" + name;
  return exported;
}

std::vector<std::string> exported_lists() {
  std::vector<std::string> all{answers};
  for (const auto& list : lists()) all.push_back(list.path);
  return all;
}

}  // namespace anketa::server::exports
