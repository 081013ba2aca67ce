// results: what the whole programme has found out, read from the server.
#include <algorithm>
#include <array>
#include <cstdio>

#include "tools/anketa/command.hpp"
#include "tools/anketa/consolidated_view.hpp"
#include "tools/anketa/list_view.hpp"
#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

std::string number(const Json& value) {
  if (value.is_number_float()) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f", value.get<double>());
    std::string_view shown = text.data();
    return std::string(shown.ends_with(".0") ? shown.substr(0, shown.size() - 2) : shown);
  }
  return value.is_null() ? "—" : value.dump();
}

class ResultsPrinter {
 public:
  ResultsPrinter(App& app, const Json& overview, const Json& questions)
      : app_(app), overview_(overview), questions_(questions) {}

  void print() {
    overview();
    norm();
    for (const auto& section : questions_.value("sections", Json::array())) {
      heading(string_or_empty(section, "number") + ". " + label_of(app_, section.value("label", Json())));
      for (const auto& question : section.at("questions")) this->question(question);
    }
  }

 private:
  void heading(const std::string& text) {
    app_.terminal.line();
    app_.terminal.line(app_.terminal.styled(harmless(text), Style::Bold));
  }

  void overview() {
    const auto coverage = overview_.value("coverage", Json());
    if (coverage.is_object())
      app_.terminal.line(app_.say("results.coverage", {{"done", number(coverage["done"])},
                                                       {"paused", number(coverage["paused"])},
                                                       {"booked", number(coverage["booked"])},
                                                       {"called", number(coverage["called"])},
                                                       {"untouched", number(coverage["untouched"])},
                                                       {"total", number(coverage["total"])}}));
    const auto nps = overview_.value("nps", Json());
    if (nps.is_object() && !nps.value("score", Json()).is_null())
      app_.terminal.line(
          app_.say("results.nps", {{"score", number(nps["score"])}, {"answers", number(nps["answers"])}}));
    const auto cases = overview_.value("cases", Json());
    if (cases.is_object())
      app_.terminal.line(app_.say("results.cases", {{"open", number(cases["count"])},
                                                    {"confirmed", number(cases.value("confirmed", Json(0)))},
                                                    {"reopened", number(cases.value("reopened", Json(0)))}}));
  }

  void norm() {
    const auto norm = overview_.value("norm", Json());
    if (!norm.is_object()) return;
    heading(app_.say("results.norm", {{"done", number(norm["done"])}, {"norm", number(norm["norm"])}}));
    Table table({app_.say("results.rep"), app_.say("results.done"), app_.say("results.norm_of_week"),
                 app_.say("results.pace"), app_.say("results.clients"), app_.say("results.covered")});
    for (const std::size_t column : {1U, 2U, 4U, 5U}) table.align_right(column);
    for (const auto& rep : norm.at("reps"))
      table.row({harmless(string_or_empty(rep, "name")), number(rep["done"]), number(rep["norm"]),
                 app_.named("pace", string_or_empty(rep, "pace")), number(rep["clients"]), number(rep["covered"])});
    table.print(app_.terminal);
  }

  void question(const Json& question) {
    const auto answered = question.value("answered", 0);
    if (answered == 0) return;
    // A question of a repeat has no number of its own.
    const auto place = string_or_empty(question, "number");
    app_.terminal.line(
        (place.empty() ? "– " : place + " ") + harmless(label_of(app_, question.value("label", Json()))) + "  " +
        app_.terminal.styled(app_.counted("results.answers", static_cast<std::uint64_t>(answered)), Style::Dim));
    if (question.contains("choices"))
      for (const auto& choice : question["choices"])
        bar(label_of(app_, choice.value("label", Json())), choice.value("count", 0), answered);
    if (question.contains("scale"))
      for (const auto& step : question["scale"])
        bar(number(step.value("value", Json())), step.value("count", 0), answered);
    if (question.contains("statistics"))
      statistics(question["statistics"], string_or_empty(question, "kind") == "money");
    for (const auto& sample : question.value("samples", Json::array()))
      app_.terminal.line("    «" + cut(harmless(string_or_empty(sample, "text")), 90) + "»");
  }

  void statistics(const Json& statistics, bool of_money) {
    const auto shown = [&](const char* key) {
      const auto value = statistics.value(key, Json());
      return of_money && value.is_number() ? app_.money(static_cast<std::int64_t>(value.get<double>())) : number(value);
    };
    app_.terminal.line(
        "    " +
        app_.say("results.statistics",
                 {{"min", shown("min")}, {"median", shown("median")}, {"mean", shown("mean")}, {"max", shown("max")}}));
  }

  void bar(const std::string& label, int count, int of) {
    constexpr int length = 24;
    std::string filled;
    for (int i = 0; i < length * count / std::max(of, 1); ++i) filled += "▇";
    const auto name = cut(harmless(label), 34);
    app_.terminal.line("    " + name + std::string(36 - std::min<std::size_t>(width_of(name), 36), ' ') +
                       (count < 10    ? "  "
                        : count < 100 ? " "
                                      : "") +
                       std::to_string(count) + " " + app_.terminal.styled(filled, Style::Dim));
  }

  App& app_;
  const Json& overview_;
  const Json& questions_;
};

ExitCode texts_of(App& app, const std::string& question, const ResultsQuery& query) {
  const auto texts = read_all(app, "/v1/results/questions/" + percent_encoded(question) + "/texts", query);
  return app.answer(texts, [&] {
    for (const auto& item : texts.at("items")) {
      app.terminal.line(app.terminal.styled(
          harmless(app.local_date(string_or_empty(item, "date")) + "  " + string_or_empty(item.at("client"), "name") +
                   "  " + string_or_empty(item.at("rep"), "name")),
          Style::Dim));
      app.terminal.line("  " + harmless(string_or_empty(item, "text")));
    }
    app.terminal.line(app.counted("results.answers", texts.value("total", std::uint64_t{0})));
  });
}

}  // namespace

void add_result_commands(Commands& commands) {
  auto& app = commands.app();
  const auto query = std::make_shared<ResultsQuery>();
  auto* results = commands.add("results", "results");
  add_query_options(commands, results, *query);
  const auto question = std::make_shared<std::string>();
  auto* of_question = commands.option(results, "--question", *question, "query.question");
  commands.option(results, "--search", query->search, "query.search")->needs(of_question);
  const auto list = std::make_shared<std::string>();
  auto* of_list = commands.option(results, "--list", *list, "query.list");
  commands.option(results, "--where", query->where, "query.where")->needs(of_list);
  commands.runs(results, [&app, query, question, list] {
    resolve(app, *query);
    if (!question->empty()) return texts_of(app, *question, *query);
    if (!list->empty()) {
      const auto all = read_all(app, "/v1/results/records/" + percent_encoded(*list), *query);
      return app.answer(all, [&] { print_list(app, *list, all); });
    }
    const auto consolidated = app.read("/v1/results/consolidated" + query->text());
    // All three of one time, whatever each would take where nothing is said.
    query->since = string_or_empty(consolidated, "since");
    query->until = string_or_empty(consolidated, "until");
    const auto overview = app.read("/v1/results/overview" + query->text());
    const auto questions = app.read("/v1/results/questions" + query->text());
    return app.answer({{"consolidated", consolidated}, {"overview", overview}, {"questions", questions}}, [&] {
      print_consolidated(app, consolidated);
      ResultsPrinter(app, overview, questions).print();
    });
  });
}

}  // namespace anketa::cli
