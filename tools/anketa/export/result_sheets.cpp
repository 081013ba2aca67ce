#include "tools/anketa/export/result_sheets.hpp"

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

  Sheet cases(const Json& cases) const {
    auto sheet = begin("cases", {"opened", "client", "owner", "case_status", "severity", "complaints", "age_days",
                                 "reopenings", "confirmed", "questionnaire_id"});
    for (const auto& item : cases.at("items"))
      sheet.rows.push_back({date_cell(item["opened_on"]), name_cell(item["client"]), name_cell(item["owner"]),
                            app_.named("case_status", string_or_empty(item, "status")),
                            app_.named("severity", string_or_empty(item, "severity")), number_cell(item["complaints"]),
                            number_cell(item["age_days"]), number_cell(item["reopenings"]),
                            date_cell(item["confirmed_on"]), text_cell(item["questionnaire"])});
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

std::vector<Sheet> result_sheets(const App& app, const Json& answers, const Json& cases, const Json& clients) {
  const Sheets sheets(app, answers);
  return {sheets.questionnaires(), sheets.answers(), sheets.cases(cases), sheets.coverage(clients)};
}

}  // namespace anketa::cli
