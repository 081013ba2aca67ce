// cases: clients' complaints on their way to the client's confirmation (R13-R18).
#include <charconv>

#include "anketa/cases.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

using client::Cases;
using client::CaseView;

struct CaseOptions {
  std::string which, client, severity = "hinders", contact, call_when, promised, cause, place, cost, profit, text;
  std::string how = "call", on;
  bool mine = false, all = false;
  int stops = 0, hinders = 0, annoys = 0, call = 0, meeting = 0;
};

Cases cases(App& app) {
  return {app.client(), app.offset_minutes()};
}

std::string field(const CaseView& view, const char* name) {
  return harmless(string_or_empty(view.record.view.body, name));
}

std::string company(App& app, const CaseView& view) {
  const auto account = app.client().get(view.record.view.scope);
  return account ? harmless(string_or_empty(account->view.body, "name")) : field(view, "company");
}

std::string date(const App& app, const std::optional<programme::Day>& day) {
  return day ? app.local_date(programme::day_text(*day)) : std::string();
}

/// By id, by the beginning of one, or by a client who has one open complaint.
Uuid find_case(App& app, const std::string& typed) {
  if (const auto id = Uuid::parse(typed)) return *id;
  std::vector<CaseView> fitting;
  for (auto& view : cases(app).list())
    if (typed.size() >= 4 && view.record.view.id.text().starts_with(typed)) fitting.push_back(std::move(view));
  if (fitting.empty()) {
    client::CaseFilter filter;
    filter.open = true;
    filter.client = find_client(app, typed).view.id;
    fitting = cases(app).list(filter);
  }
  if (fitting.size() == 1) return fitting.front().record.view.id;
  if (fitting.empty()) throw ProblemError(ProblemCode::RecordNotFound, {}, typed);
  std::string names;
  for (const auto& view : fitting) names += (names.empty() ? "" : ", ") + view.record.view.id.text();
  throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.cases.several"}, {"names", names}});
}

/// "45000" or "45000.50" roubles as kopecks.
std::optional<std::int64_t> amount(const std::string& typed, const char* where) {
  if (typed.empty()) return std::nullopt;
  const auto point = std::min(typed.find_first_of(".,"), typed.size());
  auto digits = typed.substr(0, point);
  auto kopecks = point < typed.size() ? typed.substr(point + 1) : std::string();
  if (kopecks.size() > 2) throw ProblemError(ProblemCode::InvalidValue, {{"value", typed}}, where);
  kopecks.resize(2, '0');
  digits += kopecks;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || value < 0)
    throw ProblemError(ProblemCode::InvalidValue, {{"value", typed}}, where);
  return value;
}

std::string day_or_empty(const std::string& typed, const char* option) {
  return typed.empty() ? std::string() : typed_day(typed, option);
}

client::Repair repair(const CaseOptions& options) {
  return {day_or_empty(options.promised, "--promised"), options.cause, options.place, amount(options.cost, "cost"),
          amount(options.profit, "profit")};
}

client::ClientWord word(const CaseOptions& options) {
  return {options.contact, options.how, day_or_empty(options.on, "--on"), options.text};
}

ExitCode list(App& app, const CaseOptions& options) {
  client::CaseFilter filter;
  filter.mine = options.mine;
  filter.open = !options.all;
  if (!options.client.empty()) filter.client = find_client(app, options.client).view.id;
  const auto found = cases(app).list(filter);
  Json json = Json::array();
  for (const auto& view : found) json.push_back(client::to_json(view));
  return app.answer(json, [&] {
    if (found.empty()) return app.terminal.line(app.say("cases.none"));
    Table table({app.say("cases.id"), app.say("cases.client"), app.say("cases.status"), app.say("cases.severity"),
                 app.say("cases.due"), app.say("cases.late"), app.say("cases.place")});
    for (const auto& view : found)
      table.row({view.record.view.id.text(), company(app, view), app.named("case_status", view.dates.status),
                 app.named("severity", view.dates.severity), date(app, view.due),
                 view.overdue > 0 ? app.counted("cases.days", static_cast<std::uint64_t>(view.overdue)) : "",
                 field(view, "place")});
    table.print(app.terminal);
    app.terminal.line(app.counted("cases.count", found.size()));
  });
}

ExitCode due(App& app, const CaseOptions& options) {
  auto all = cases(app);
  Json wanted = Json::object();
  for (const auto& [name, days] : {std::pair("stops", options.stops),
                                   {"hinders", options.hinders},
                                   {"annoys", options.annoys},
                                   {"call", options.call},
                                   {"meeting", options.meeting}})
    if (days > 0) wanted[name] = days;
  if (!wanted.empty()) all.set_due_days(wanted);
  const auto days = programme::to_json(all.due_days());
  return app.answer(days, [&] {
    for (const auto& [name, count] : days.items())
      app.terminal.line(app.counted("cases.days", count.get<std::uint64_t>()) + "  " + app.named("cases.due_of", name));
  });
}

class CasePrinter {
 public:
  CasePrinter(App& app, const CaseView& view) : app_(app), view_(view) {}

  void print() {
    const auto& id = view_.record.view.id;
    app_.terminal.line(app_.terminal.styled(company(app_, view_), Style::Bold) + "  " +
                       app_.terminal.styled(id.text(), Style::Dim));
    line("status", app_.named("case_status", view_.dates.status) + ", " +
                       app_.say("cases.turn." + std::string(programme::id(view_.turn))));
    line("severity", app_.named("severity", view_.dates.severity));
    line("opened", date(app_, view_.dates.opened_on));
    line("due", date(app_, view_.due));
    if (view_.overdue > 0) line("late", app_.counted("cases.days", static_cast<std::uint64_t>(view_.overdue)));
    line("promised", date(app_, view_.dates.promised_on));
    for (const auto* name : {"place", "cause", "idea", "call_when"}) line(name, field(view_, name));
    line("contact", field(view_, "confirming_contact"));
    money("cost", "fix_cost");
    money("profit", "extra_profit_month");
    if (const auto& times = view_.record.view.at("reopenings"); times.is_number_integer())
      app_.terminal.line("  " + app_.counted("cases.reopened", times.get<std::uint64_t>()));
    complaints();
    works();
    words();
    end();
  }

 private:
  void line(const std::string& key, const std::string& value) {
    if (value.empty()) return;
    const auto label = app_.say("cases." + key);
    const auto width = width_of(label);
    app_.terminal.line("  " + app_.terminal.styled(label, Style::Dim) + std::string(width < 24 ? 24 - width : 1, ' ') +
                       value);
  }
  void money(const std::string& key, const char* name) {
    if (const auto& value = view_.record.view.at(name); value.is_number_integer()) line(key, app_.money(value));
  }
  void heading(const std::string& key) {
    app_.terminal.line();
    app_.terminal.line(app_.terminal.styled(app_.say("cases." + key), Style::Bold));
  }

  void complaints() {
    const auto& all = view_.record.view.at("complaints");
    if (!all.is_object() || all.empty()) return;
    heading("complaints");
    for (const auto& each : all) {
      app_.terminal.line("  " + harmless(string_or_empty(each, "p_text")));
      if (const auto sign = string_or_empty(each, "p_done"); !sign.empty())
        app_.terminal.line("    " + app_.say("cases.sign", {{"text", harmless(sign)}}));
    }
  }

  /// Entries of a log in the order of time.
  std::vector<Json> entries(const char* log) const {
    std::vector<Json> sorted;
    const auto& all = view_.record.view.at(log);
    if (all.is_object())
      for (const auto& each : all) sorted.push_back(each);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Json& a, const Json& b) {
      return a.value("at", Instant{0}) < b.value("at", Instant{0});
    });
    return sorted;
  }

  std::string who(const Json& entry) {
    const auto user = Uuid::parse(string_or_empty(entry, "user"));
    return app_.local_time(entry.value("at", Instant{0})) + "  " + (user ? app_.user_name(*user) : "");
  }

  void works() {
    const auto all = entries("works");
    if (all.empty()) return;
    heading("works");
    for (const auto& each : all) app_.terminal.line("  " + who(each) + ": " + harmless(string_or_empty(each, "text")));
  }

  void words() {
    const auto all = entries("client_words");
    if (all.empty()) return;
    heading("words");
    for (const auto& each : all) {
      const auto good = each.find("good");
      const auto said = good == each.end() ? "asked" : good->get<bool>() ? "good" : "bad";
      auto words = "  " + who(each) + ": " + app_.say("cases." + std::string(said));
      for (const auto* part : {"contact", "text"})
        if (const auto text = string_or_empty(each, part); !text.empty()) words += ", " + harmless(text);
      app_.terminal.line(words);
    }
  }

  void end() {
    app_.terminal.line();
    if (view_.turn == programme::Turn::Nobody)
      return app_.terminal.line(
          app_.say("cases.confirmed", {{"name", field(view_, "confirmed_by")},
                                       {"date", date(app_, view_.dates.confirmed_on)},
                                       {"how", app_.named("cases.how", field(view_, "confirmed_how"))}}));
    if (view_.steps.empty()) return;
    std::string steps;
    for (const auto& step : view_.steps) steps += (steps.empty() ? "anketa cases " : ", ") + step;
    app_.terminal.line(app_.say("cases.next", {{"steps", steps}}));
  }

  App& app_;
  const CaseView& view_;
};

ExitCode show(App& app, const Uuid& id) {
  const auto view = cases(app).show(id);
  return app.answer(client::to_json(view), [&] { CasePrinter(app, view).print(); });
}

/// What the step came to, and what comes next.
ExitCode answer_step(App& app, const Uuid& id) {
  const auto view = cases(app).show(id);
  return app.answer(client::to_json(view), [&] {
    app.terminal.line(app.say("cases.saved", {{"status", app.named("case_status", view.dates.status)}}));
    if (view.turn == programme::Turn::Nobody) app.terminal.line(app.say("cases.meeting"));
    if (view.dates.status == "reported_fixed")
      app.terminal.line(app.say("cases.call_hint", {{"contact", field(view, "confirming_contact")}}));
  });
}

/// A step that is not possible now, told in the words of the list; programs are given the codes.
[[noreturn]] void refuse(const App& app, Problem problem) {
  if (problem.code == ProblemCode::IllegalTransition && !app.options.json)
    for (const auto* name : {"from", "to"}) problem.arguments[name] = app.named("case_status", problem.arguments[name]);
  throw ProblemError(std::move(problem));
}

class CaseCommands {
 public:
  explicit CaseCommands(Commands& commands) : commands_(commands), app_(commands.app()) {}

  void add() {
    group_ = commands_.add("cases", "cases.command");
    list_options(group_);
    commands_.runs(group_, [&app = app_, options = options_] { return list(app, *options); });
    auto* all = commands_.add("list", "cases.list", group_);
    list_options(all);
    commands_.runs(all, [&app = app_, options = options_] { return list(app, *options); });
    add_open();
    auto* one = commands_.add("show", "cases.show", group_);
    which(one);
    commands_.runs(one, [&app = app_, options = options_] { return show(app, find_case(app, options->which)); });
    add_service_steps();
    add_rep_steps();
    add_due();
  }

 private:
  using Step = std::function<void(Cases&, const Uuid&, const CaseOptions&)>;

  void list_options(CLI::App* command) {
    commands_.flag(command, "--mine", options_->mine, "cases.mine");
    commands_.flag(command, "--all", options_->all, "cases.all");
    commands_.option(command, "--client", options_->client, "cases.client");
  }
  void which(CLI::App* command) { commands_.option(command, "case", options_->which, "cases.which")->required(); }

  CLI::App* step(const std::string& name, const Step& work) {
    auto* command = commands_.add(name, "cases." + name, group_);
    which(command);
    commands_.runs(command, [&app = app_, options = options_, work] {
      const auto id = find_case(app, options->which);
      auto all = cases(app);
      try {
        work(all, id, *options);
      } catch (const ProblemError& error) {
        refuse(app, error.problem());
      }
      return answer_step(app, id);
    });
    return command;
  }

  void repair_options(CLI::App* command) {
    commands_.option(command, "--promised", options_->promised, "cases.promised");
    commands_.option(command, "--cause", options_->cause, "cases.cause");
    commands_.option(command, "--place", options_->place, "cases.place");
    commands_.option(command, "--cost", options_->cost, "cases.cost");
    commands_.option(command, "--profit", options_->profit, "cases.profit");
  }

  void word_options(CLI::App* command) {
    commands_.option(command, "--contact", options_->contact, "cases.contact");
    commands_.option(command, "--text", options_->text, "cases.text");
    commands_.option(command, "--on", options_->on, "cases.on");
  }

  void add_open() {
    auto* open = commands_.add("open", "cases.open", group_);
    commands_.option(open, "client", options_->client, "cases.client")->required();
    commands_.option(open, "complaint", options_->text, "cases.complaint")->required();
    commands_.option(open, "--severity", options_->severity, "cases.severity")
        ->check(CLI::IsMember({"stops", "hinders", "annoys"}));
    commands_.option(open, "--contact", options_->contact, "cases.contact");
    commands_.option(open, "--call-when", options_->call_when, "cases.call_when");
    commands_.option(open, "--place", options_->place, "cases.place");
    commands_.runs(open, [&app = app_, options = options_] {
      const auto account = find_client(app, options->client).view.id;
      return answer_step(app, cases(app).open({account, options->text, options->severity, options->contact,
                                               options->call_when, options->place}));
    });
  }

  void add_due() {
    auto* days = commands_.add("due", "cases.due", group_);
    for (const auto& [name, value] : {std::pair("--stops", &CaseOptions::stops),
                                      {"--hinders", &CaseOptions::hinders},
                                      {"--annoys", &CaseOptions::annoys},
                                      {"--call", &CaseOptions::call},
                                      {"--meeting", &CaseOptions::meeting}})
      commands_.option(days, name, (*options_).*value, "cases.due_days")->check(CLI::Range(1, 365));
    commands_.runs(days, [&app = app_, options = options_] { return due(app, *options); });
  }

  void add_service_steps() {
    repair_options(step("accept", [](Cases& all, const Uuid& id, const CaseOptions& o) { all.accept(id, repair(o)); }));
    auto* work =
        step("work", [](Cases& all, const Uuid& id, const CaseOptions& o) { all.work(id, o.text, repair(o)); });
    commands_.option(work, "text", options_->text, "cases.text")->required();
    repair_options(work);
    repair_options(
        step("fixed", [](Cases& all, const Uuid& id, const CaseOptions& o) { all.report_fixed(id, repair(o)); }));
    repair_options(
        step("estimate", [](Cases& all, const Uuid& id, const CaseOptions& o) { all.estimate(id, repair(o)); }));
  }

  void add_rep_steps() {
    word_options(step("called", [](Cases& all, const Uuid& id, const CaseOptions& o) { all.called(id, word(o)); }));
    auto* confirm = step("confirm", [](Cases& all, const Uuid& id, const CaseOptions& o) { all.confirm(id, word(o)); });
    word_options(confirm);
    commands_.option(confirm, "--how", options_->how, "cases.how")->check(CLI::IsMember({"call", "meeting", "letter"}));
    word_options(step("reject", [](Cases& all, const Uuid& id, const CaseOptions& o) { all.reject(id, word(o)); }));
  }

  Commands& commands_;
  App& app_;
  CLI::App* group_ = nullptr;
  std::shared_ptr<CaseOptions> options_ = std::make_shared<CaseOptions>();
};

}  // namespace

void add_case_commands(Commands& commands) {
  CaseCommands(commands).add();
}

}  // namespace anketa::cli
