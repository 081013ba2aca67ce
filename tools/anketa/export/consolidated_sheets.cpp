#include "tools/anketa/export/consolidated_sheets.hpp"

#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

Cell number(const Json& value) {
  return value.is_number_integer() ? Cell(value.get<std::int64_t>()) : Cell{};
}

Cell money(const Json& value) {
  return value.is_number_integer() ? Cell(MoneyCell{value.get<std::int64_t>()}) : Cell{};
}

class ConsolidatedSheets {
 public:
  ConsolidatedSheets(App& app, const Json& results) : app_(app), results_(results) {}

  std::vector<Sheet> all() const {
    return {figures(),       key_persons(),     sales("sales_by_kind"), sales("sales_by_service"), referrals(),
            nps("by_month"), nps("by_segment"), nps("by_rep"),          nps("by_question"),        revisions(),
            news()};
  }

 private:
  Sheet begin(const std::string& id, const std::vector<const char*>& columns) const {
    Sheet sheet{id, app_.say("export.sheet." + id), {}, {}, {}};
    for (const auto* column : columns) sheet.header.push_back(app_.say("export.column." + std::string(column)));
    return sheet;
  }

  Sheet figures() const {
    auto sheet = begin("figures", {"figure", "value"});
    const auto add = [&](const char* figure, Cell value) {
      sheet.rows.push_back({app_.say("export.figure." + std::string(figure)), std::move(value)});
    };
    add("since", DateCell{string_or_empty(results_, "since")});
    add("until", DateCell{string_or_empty(results_, "until")});
    add("delivered", number(results_["questionnaires"]["delivered"]));
    add("complete", number(results_["questionnaires"]["complete"]));
    add("met", number(results_["relations"]["met"]));
    add("renewed", number(results_["relations"]["renewed"]));
    add("at_risk", number(results_["risk"]["clients"]));
    add("nps", number(results_["nps"]["score"]));
    add("won", number(results_["sales"]["won"]));
    add("won_month", money(results_["sales"]["won_amount_month"]));
    add("won_once", money(results_["sales"]["won_amount_once"]));
    add("on_the_spot", number(results_["sales"]["on_the_spot"]));
    add("referrals_won", number(results_["referrals"]["won"]));
    for (const auto* year : {"year1", "year3", "year5"}) add(year, money(results_["opportunities"]["possible"][year]));
    add("no_owner", number(results_["accounts"]["none"]));
    return sheet;
  }

  Sheet key_persons() const {
    auto sheet = begin("key_persons", {"outcome", "count"});
    for (const auto* outcome : {"unchanged", "changed", "new", "left"})
      sheet.rows.push_back(
          {app_.value_label("contact", "verified", outcome), number(results_["key_persons"][outcome])});
    sheet.charts.push_back({Chart::Kind::Column, sheet.title, 0, {1}});
    return sheet;
  }

  Sheet sales(const std::string& id) const {
    auto sheet = begin(id, {"what", "offers", "won", "lost", "won_month", "won_once", "open_month"});
    const auto add = [&](const std::string& name, const Json& one) {
      sheet.rows.push_back({name, number(one["offers"]), number(one["won"]), number(one["lost"]),
                            money(one["won_amount_month"]), money(one["won_amount_once"]),
                            money(one["open_amount_month"])});
    };
    if (id == "sales_by_kind") {
      for (const auto* kind : {"volume", "new_line", "direction"})
        add(app_.value_label("offer", "kind", kind), results_["sales"]["by_kind"].value(kind, Json::object()));
    } else {
      for (const auto& one : results_["sales"]["by_service"])
        add(app_.service_name(string_or_empty(one, "service")), one);
    }
    sheet.charts.push_back({Chart::Kind::Bar, sheet.title, 0, {4, 6}});
    return sheet;
  }

  Sheet referrals() const {
    auto sheet = begin("referrals", {"step", "count"});
    for (const auto* step : {"named", "introduced", "contacted", "met", "won", "lost"})
      sheet.rows.push_back({app_.value_label("referral", "status", step), number(results_["referrals"][step])});
    sheet.charts.push_back({Chart::Kind::Bar, sheet.title, 0, {1}});
    return sheet;
  }

  std::string nps_name(const std::string& by, const Json& one) const {
    if (by == "by_month") return string_or_empty(one, "month");
    if (by == "by_segment") return string_or_empty(one, "segment");
    if (by == "by_question") return label_of(app_, one.value("label", Json()));
    return one["rep"].is_object() ? string_or_empty(one["rep"], "name") : std::string();
  }

  Sheet nps(const std::string& by) const {
    auto sheet = begin("nps_" + by, {"what", "nps", "answers", "promoters", "passives", "detractors"});
    for (const auto& one : results_["nps"].value(by, Json::array()))
      sheet.rows.push_back({nps_name(by, one), number(one["score"]), number(one["answers"]), number(one["promoters"]),
                            number(one["passives"]), number(one["detractors"])});
    const bool over_time = by == "by_month";
    sheet.charts.push_back({over_time ? Chart::Kind::Line : Chart::Kind::Column, sheet.title, 0, {1}});
    sheet.charts.push_back({Chart::Kind::Stacked, app_.say("export.chart.groups"), 0, {3, 4, 5}});
    return sheet;
  }

  Sheet revisions() const {
    auto sheet = begin("revisions", {"part", "current", "due", "overdue", "never"});
    for (const auto& one : results_["revisions"])
      sheet.rows.push_back({app_.value_label("dossier_part", "part", string_or_empty(one, "part")),
                            number(one["current"]), number(one["due"]), number(one["overdue"]), number(one["never"])});
    sheet.charts.push_back({Chart::Kind::Stacked, sheet.title, 0, {1, 2, 3, 4}});
    return sheet;
  }

  Sheet news() const {
    auto sheet = begin("new_in_range", {"service", "since", "untold"});
    for (const auto& one : results_["new_in_range"])
      sheet.rows.push_back(
          {label_of(app_, one["name"]), DateCell{string_or_empty(one, "since")}, number(one["clients"])});
    return sheet;
  }

  App& app_;
  const Json& results_;
};

}  // namespace

std::vector<Sheet> consolidated_sheets(App& app, const Json& results) {
  return ConsolidatedSheets(app, results).all();
}

}  // namespace anketa::cli
