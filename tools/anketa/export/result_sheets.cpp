#include "tools/anketa/export/result_sheets.hpp"

#include <cstdlib>

#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

Cell text_cell(const Json& value) {
  if (value.is_string() && !value.get_ref<const std::string&>().empty()) return value.get<std::string>();
  return {};
}

Cell date_cell(const Json& value) {
  if (value.is_string() && value.get_ref<const std::string&>().size() == 10) return DateCell{value.get<std::string>()};
  return {};
}

Cell number_cell(const Json& value) {
  if (value.is_number_integer()) return value.get<std::int64_t>();
  return value.is_number() ? Cell(value.get<double>()) : Cell{};
}

Cell money_cell(const Json& value) {
  return value.is_number_integer() ? Cell(MoneyCell{value.get<std::int64_t>()}) : Cell{};
}

/// A decimal text ("3.4").
Cell decimal_cell(const Json& value) {
  return value.is_string() ? Cell(std::strtod(value.get_ref<const std::string&>().c_str(), nullptr)) : Cell{};
}

Cell name_cell(const Json& reference) {
  return reference.is_object() ? text_cell(reference.value("name", Json())) : Cell{};
}

class Sheets {
 public:
  Sheets(const App& app, const Json& answers) : app_(app), answers_(answers) {}

  Sheet questionnaires() const {
    auto sheet = begin("questionnaires", {"date", "client", "rep", "status", "nps", "delivered", "id"});
    // Questions outside repeats get a column each; what can be given several times is on the sheet of answers.
    std::vector<const Json*> columns;
    for (const auto& column : answers_.at("columns"))
      if (column.value("repeat", Json()).is_null()) {
        columns.push_back(&column);
        sheet.header.push_back(title(column));
      }
    for (const auto& item : answers_.at("items")) {
      std::vector<Cell> row{
          date_cell(item["date"]),  name_cell(item["client"]),
          name_cell(item["rep"]),   app_.named("questionnaire_status", string_or_empty(item, "status")),
          number_cell(item["nps"]), delivered(item["delivered_at"]),
          text_cell(item["id"])};
      for (const auto* column : columns)
        row.push_back(value_cell(*column, item.at("answers").value(string_or_empty(*column, "name"), Json())));
      sheet.rows.push_back(std::move(row));
    }
    return sheet;
  }

  /// One row for each answer: what pivot tables want.
  Sheet answers() const {
    auto sheet = begin("answers", {"id", "client", "date", "number", "question", "item", "answer"});
    for (const auto& item : answers_.at("items"))
      for (const auto& column : answers_.at("columns")) {
        const auto name = string_or_empty(column, "name");
        const auto repeat = string_or_empty(column, "repeat");
        const auto& given = item.at("answers");
        if (repeat.empty()) {
          add_answer(sheet, item, column, {}, given.value(name, Json()));
          continue;
        }
        std::int64_t place = 0;
        for (const auto& one : given.value(repeat, Json::object()))
          add_answer(sheet, item, column, ++place, one.value(name, Json()));
      }
    return sheet;
  }

  /// The summary register (R14).
  Sheet cases(const Json& cases) const {
    auto sheet = begin("cases", {"opened", "client", "owner", "service_owner", "case_status", "severity", "place",
                                 "cause", "complaints", "works", "due_on", "late_days", "age_days", "reopenings",
                                 "confirmed", "confirmed_by", "fix_cost", "profit", "questionnaire_id"});
    for (const auto& item : cases.at("items"))
      sheet.rows.push_back({date_cell(item["opened_on"]), name_cell(item["client"]), name_cell(item["owner"]),
                            name_cell(item["service"]), app_.named("case_status", string_or_empty(item, "status")),
                            app_.named("severity", string_or_empty(item, "severity")), text_cell(item["place"]),
                            text_cell(item["cause"]), number_cell(item["complaints"]), number_cell(item["works"]),
                            date_cell(item["due_on"]), number_cell(item["overdue_days"]), number_cell(item["age_days"]),
                            number_cell(item["reopenings"]), date_cell(item["confirmed_on"]),
                            text_cell(item["confirmed_by"]), money_cell(item["fix_cost"]),
                            money_cell(item.value("extra_profit_month", Json())), text_cell(item["questionnaire"])});
    return sheet;
  }

  Sheet bottlenecks(const Json& bottlenecks) const {
    auto sheet = begin("bottlenecks",
                       {"cause", "place", "cases", "open", "clients", "reopenings", "fix_cost", "profit", "payback"});
    for (const auto& item : bottlenecks.at("items"))
      sheet.rows.push_back({text_cell(item["cause"]), text_cell(item["place"]),
                            static_cast<std::int64_t>(item.at("cases").size()), number_cell(item["open"]),
                            number_cell(item["clients"]), number_cell(item["reopenings"]), money_cell(item["fix_cost"]),
                            money_cell(item["extra_profit_month"]), decimal_cell(item["payback_months"])});
    sheet.charts.push_back({Chart::Kind::Bar, sheet.title, 0, {6, 7}});
    return sheet;
  }

  /// Norms of all together, week by week, and below of each rep (R8).
  Sheet norm_weeks(const Json& norms) const {
    auto sheet = begin("norm_weeks", {"week", "done", "norm"});
    for (const auto& week : norms.at("weeks"))
      sheet.rows.push_back({text_cell(week["week"]), number_cell(week["done"]), number_cell(week["norm"])});
    sheet.charts.push_back({Chart::Kind::Column, sheet.title, 0, {1, 2}});
    return sheet;
  }

  Sheet norms(const Json& norms) const {
    auto sheet = begin("norms", {"week", "rep", "done", "norm", "days"});
    for (const auto& week : norms.at("weeks"))
      for (const auto& rep : week.at("reps"))
        sheet.rows.push_back({text_cell(week["week"]), name_cell(rep["rep"]), number_cell(rep["done"]),
                              number_cell(rep["norm"]), number_cell(rep["days"])});
    return sheet;
  }

  Sheet coverage_by_rep(const Json& coverage) const {
    auto sheet = begin("coverage_by_rep", {"rep", "done", "paused", "booked", "called", "untouched", "total"});
    for (const auto& row : coverage.at("by_rep"))
      sheet.rows.push_back({name_cell(row["rep"]), number_cell(row["done"]), number_cell(row["paused"]),
                            number_cell(row["booked"]), number_cell(row["called"]), number_cell(row["untouched"]),
                            number_cell(row["total"])});
    sheet.charts.push_back({Chart::Kind::Stacked, sheet.title, 0, {1, 2, 3, 4, 5}});
    return sheet;
  }

  Sheet coverage(const Json& clients) const {
    auto sheet = begin(
        "coverage", {"client", "segment", "industry", "region", "city", "key", "owner", "coverage_state", "last_met"});
    for (const auto& item : clients.at("items"))
      sheet.rows.push_back({text_cell(item["name"]), text_cell(item["segment"]), text_cell(item["industry"]),
                            text_cell(item["region"]), text_cell(item["city"]),
                            app_.named("key_status", string_or_empty(item, "key_status")), name_cell(item["owner"]),
                            app_.named("coverage", string_or_empty(item, "coverage")), date_cell(item["last_met_on"])});
    return sheet;
  }

 private:
  Sheet begin(const std::string& id, const std::vector<const char*>& columns) const {
    Sheet sheet{id, app_.say("export.sheet." + id), {}, {}, {}};
    for (const auto* column : columns) sheet.header.push_back(app_.say("export.column." + std::string(column)));
    return sheet;
  }

  std::string title(const Json& column) const {
    const auto number = string_or_empty(column, "number");
    return (number.empty() ? "" : number + " ") + label_of(app_, column.value("label", Json()));
  }

  Cell delivered(const Json& instant) const {
    return instant.is_number_integer() ? Cell(app_.local_time(instant.get<Instant>())) : Cell{};
  }

  void add_answer(Sheet& sheet, const Json& item, const Json& column, Cell place, const Json& value) const {
    auto cell = value_cell(column, value);
    if (std::holds_alternative<std::monostate>(cell)) return;
    sheet.rows.push_back({text_cell(item["id"]), name_cell(item["client"]), date_cell(item["date"]),
                          text_cell(column["number"]), label_of(app_, column.value("label", Json())), std::move(place),
                          std::move(cell)});
  }

  /// As a person reads it: labels of choices, dates and money as such.
  Cell value_cell(const Json& column, const Json& value) const {
    const auto kind = string_or_empty(column, "kind");
    if (value.is_array()) {
      std::string joined;
      for (const auto& one : value) joined += (joined.empty() ? "" : ", ") + choice(column, one);
      return joined.empty() ? Cell{} : Cell(joined);
    }
    if (kind == "money" && value.is_number_integer()) return MoneyCell{value.get<std::int64_t>()};
    if (kind == "date") return date_cell(value);
    if (value.is_string() && column.contains("choices")) return choice(column, value);
    return value.is_number() ? number_cell(value) : text_cell(value);
  }

  std::string choice(const Json& column, const Json& name) const {
    for (const auto& known : column.value("choices", Json::array()))
      if (known.value("name", Json()) == name) return label_of(app_, known.value("label", Json()));
    return name.is_string() ? name.get<std::string>() : name.dump();
  }

  const App& app_;
  const Json& answers_;
};

}  // namespace

std::vector<Sheet> result_sheets(const App& app, const ResultAnswers& results) {
  const Sheets sheets(app, results.answers);
  return {sheets.norm_weeks(results.norms),
          sheets.norms(results.norms),
          sheets.coverage_by_rep(results.coverage),
          sheets.coverage(results.clients),
          sheets.cases(results.cases),
          sheets.bottlenecks(results.bottlenecks),
          sheets.questionnaires(),
          sheets.answers()};
}

}  // namespace anketa::cli
