#include "tools/anketa/consolidated_view.hpp"

#include <algorithm>

#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

std::string count(const Json& value) {
  return value.is_number() ? value.dump() : "—";
}

class ConsolidatedPrinter {
 public:
  ConsolidatedPrinter(App& app, const Json& results) : app_(app), results_(results) {}

  void print() {
    line("period", {{"since", date("since")}, {"until", date("until")}});
    const auto& questionnaires = results_.at("questionnaires");
    line("questionnaires",
         {{"delivered", count(questionnaires["delivered"])}, {"complete", count(questionnaires["complete"])}});
    persons();
    relations();
    sales();
    referrals();
    risk();
    news();
    dossiers();
  }

 private:
  std::string date(const char* name) const { return app_.local_date(string_or_empty(results_, name)); }
  void line(const std::string& key, const text::Arguments& arguments) {
    app_.terminal.line(app_.say("consolidated." + key, arguments));
  }
  void heading(const std::string& key) {
    app_.terminal.line();
    app_.terminal.line(app_.terminal.styled(app_.say("consolidated." + key), Style::Bold));
  }

  void persons() {
    const auto& all = results_.at("key_persons");
    line("key_persons", {{"verified", count(all["verified"])},
                         {"unchanged", count(all["unchanged"])},
                         {"changed", count(all["changed"])},
                         {"new", count(all["new"])},
                         {"left", count(all["left"])}});
  }

  void relations() {
    const auto& all = results_.at("relations");
    line("relations", {{"met", count(all["met"])},
                       {"clients", count(all["clients"])},
                       {"renewed", count(all["renewed"])},
                       {"never", count(all["never_met"])}});
  }

  void sales() {
    const auto& all = results_.at("sales");
    heading("sales");
    Table table({app_.field_label("offer", "kind"), app_.say("consolidated.offers"), app_.say("consolidated.won"),
                 app_.say("consolidated.won_month"), app_.say("consolidated.won_once"), app_.say("consolidated.open"),
                 app_.say("consolidated.open_month")});
    for (std::size_t column = 1; column < 7; ++column) table.align_right(column);
    const auto row = [&](const std::string& name, const Json& one) {
      table.row({name, count(one["offers"]), count(one["won"]), app_.money(one["won_amount_month"]),
                 app_.money(one["won_amount_once"]), count(one["open"]), app_.money(one["open_amount_month"])});
    };
    for (const auto* kind : {"volume", "new_line", "direction"})
      if (const auto& one = all["by_kind"][kind]; one.value("offers", 0) > 0)
        row(app_.value_label("offer", "kind", kind), one);
    row(app_.say("consolidated.together"), all);
    table.print(app_.terminal);
  }

  void referrals() {
    const auto& all = results_.at("referrals");
    heading("referrals");
    std::string way;
    for (const auto* step : {"named", "introduced", "contacted", "met", "won"})
      way += (way.empty() ? "" : " → ") + app_.value_label("referral", "status", step) + " " + count(all[step]);
    app_.terminal.line("  " + way + ", " + app_.value_label("referral", "status", "lost") + " " + count(all["lost"]));
    for (const auto& one : all["by_introduction"])
      app_.terminal.line("  " + app_.value_label("referral", "introduction", string_or_empty(one, "introduction")) +
                         ": " + count(one["named"]) + ", " + app_.value_label("referral", "status", "won") + " " +
                         count(one["won"]));
  }

  void risk() {
    const auto& all = results_.at("risk");
    app_.terminal.line();
    line("risk", {{"clients", count(all["clients"])},
                  {"trouble", count(all["only_trouble"])},
                  {"nobody", count(all["nobody_known"])}});
  }

  void news() {
    if (results_.at("new_in_range").empty()) return;
    heading("news");
    for (const auto& item : results_.at("new_in_range"))
      app_.terminal.line("  " + harmless(label_of(app_, item["name"])) + "  " +
                         app_.local_date(string_or_empty(item, "since")) + "  " +
                         app_.say("consolidated.untold", {{"clients", count(item["clients"])}}));
  }

  void dossiers() {
    heading("dossiers");
    const auto& sum = results_.at("opportunities").at("possible");
    app_.terminal.line("  " + app_.say("consolidated.opportunities", {{"year1", app_.money(sum["year1"])},
                                                                      {"year3", app_.money(sum["year3"])},
                                                                      {"year5", app_.money(sum["year5"])}}));
    for (const auto& part : results_.at("revisions"))
      app_.terminal.line("  " +
                         app_.say("consolidated.revisions",
                                  {{"part", app_.value_label("dossier_part", "part", string_or_empty(part, "part"))},
                                   {"overdue", count(part["overdue"])},
                                   {"never", count(part["never"])},
                                   {"due", count(part["due"])}}));
    const auto& accounts = results_.at("accounts");
    if (accounts.value("none", 0) + accounts.value("several", 0) > 0)
      app_.terminal.line(
          "  " + app_.terminal.styled(app_.say("consolidated.accounts", {{"none", count(accounts["none"])},
                                                                         {"several", count(accounts["several"])}}),
                                      Style::Warning));
  }

  App& app_;
  const Json& results_;
};

}  // namespace

void print_consolidated(App& app, const Json& results) {
  ConsolidatedPrinter(app, results).print();
}

}  // namespace anketa::cli
