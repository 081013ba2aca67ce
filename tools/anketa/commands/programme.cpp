// norms, coverage, cadence, meetings, pareto, key, staffing, seasons: how the programme goes (R8, R20, R21).
#include <cstdio>

#include "anketa/programme.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

constexpr std::array<const char*, 5> states{"done", "paused", "booked", "called", "untouched"};

ExitCode norms(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "norms", query);
  return app.answer(json, [&] {
    print_campaign(app, json);
    Table table({app.say("norm.week"), app.say("campaign.rep"), app.say("norm.done"), app.say("norm.norm"),
                 app.say("norm.due"), app.say("norm.days"), app.say("norm.pace")});
    for (const std::size_t column : {2U, 3U, 4U, 5U}) table.align_right(column);
    for (const auto& week : json.at("weeks"))
      for (const auto& rep : week.at("reps"))
        table.row({string_or_empty(week, "week"), reference_name(rep.at("rep")), rep.at("done").dump(),
                   rep.at("norm").dump(), rep.at("due").dump(), rep.at("days").dump(),
                   app.named("pace", string_or_empty(rep, "pace"))});
    table.print(app.terminal);
    if (const auto waiting = json.value("not_delivered", 0); waiting > 0)
      app.terminal.line(app.say("norm.not_delivered", {{"count", std::to_string(waiting)}}));
  });
}

std::vector<std::string> state_cells(const Json& counts) {
  std::vector<std::string> cells;
  for (const auto* state : states) cells.push_back(counts.at(state).dump());
  cells.push_back(counts.at("total").dump());
  return cells;
}

void print_coverage_rows(App& app, const Json& rows, const char* title, const char* member) {
  if (rows.empty()) return;
  app.terminal.line();
  Table table({app.say(title), app.say("coverage_title.done"), app.say("coverage_title.paused"),
               app.say("coverage_title.booked"), app.say("coverage_title.called"), app.say("coverage_title.untouched"),
               app.say("coverage_title.total")});
  for (std::size_t column = 1; column < 7; ++column) table.align_right(column);
  for (const auto& row : rows) {
    auto cells = state_cells(row);
    const auto& name = row.at(member);
    cells.insert(cells.begin(), name.is_string() ? harmless(name.get_ref<const std::string&>()) : reference_name(name));
    table.row(std::move(cells));
  }
  table.print(app.terminal);
}

void print_forecast(App& app, const Json& forecast) {
  app.terminal.line();
  app.terminal.line(app.say("forecast.pace", {{"remaining", forecast.at("remaining").dump()},
                                              {"pace", tenths(app, forecast.at("pace_tenths"))},
                                              {"needed", tenths(app, forecast.at("needed_tenths"))}}));
  app.terminal.line(forecast.at("finish").is_null()
                        ? app.say("forecast.never")
                        : app.say("forecast.finish", {{"finish", shown_day(app, forecast.at("finish"))},
                                                      {"until", shown_day(app, forecast.at("until"))}}));
}

ExitCode coverage(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "coverage", query);
  return app.answer(json, [&] {
    print_campaign(app, json);
    text::Arguments figures{{"total", json.at("total").dump()}, {"refused", json.at("refused").dump()}};
    for (const auto* state : states) figures[state] = json.at(state).dump();
    app.terminal.line(app.say("coverage_title.summary", figures));
    print_coverage_rows(app, json.at("by_rep"), "campaign.rep", "rep");
    print_coverage_rows(app, json.at("by_segment"), "coverage_title.segment", "segment");
    app.terminal.line();
    Table weeks({app.say("norm.week"), app.say("coverage_title.covered"), app.say("coverage_title.so_far")});
    for (const std::size_t column : {1U, 2U}) weeks.align_right(column);
    for (const auto& week : json.at("by_week"))
      weeks.row({string_or_empty(week, "week"), week.at("covered").dump(), week.at("so_far").dump()});
    weeks.print(app.terminal);
    print_forecast(app, json.at("forecast"));
  });
}

ExitCode cadence(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "cadence", query);
  return app.answer(json, [&] {
    Table table({app.say("clients.name"), app.say("clients.key"), app.say("cadence.kind"), app.say("campaign.rep"),
                 app.say("cadence.last"), app.say("cadence.due_on"), app.say("cadence.due")});
    for (const auto& one : json.at("items"))
      table.row({reference_name(one.at("client")), app.named("key_status", string_or_empty(one, "key_status")),
                 app.named("due_kind", string_or_empty(one, "kind")), reference_name(one.at("rep")),
                 shown_day(app, one.at("last_on")), shown_day(app, one.at("due_on")),
                 app.named("due", string_or_empty(one, "due"))});
    table.print(app.terminal);
    const auto& counts = json.at("counts");
    app.terminal.line(app.say("cadence.summary", {{"overdue", counts.at("overdue").dump()},
                                                  {"soon", counts.at("soon").dump()},
                                                  {"later", counts.at("later").dump()}}));
  });
}

std::vector<std::string> balance_cells(const Json& balance) {
  std::vector<std::string> cells;
  for (const auto* member : {"total", "with_offer", "without_offer", "informal", "with_questionnaire"})
    cells.push_back(balance.at(member).dump());
  return cells;
}

ExitCode meetings(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "meetings", query);
  return app.answer(json, [&] {
    Table table({app.say("clients.key"), app.say("meeting.total"), app.say("meeting.with_offer"),
                 app.say("meeting.without_offer"), app.say("meeting.informal"), app.say("meeting.with_questionnaire")});
    for (std::size_t column = 1; column < 6; ++column) table.align_right(column);
    const auto add = [&](const std::string& name, const Json& balance) {
      auto cells = balance_cells(balance);
      cells.insert(cells.begin(), name);
      table.row(std::move(cells));
    };
    for (const auto& [status, balance] : json.at("by_status").items()) add(app.named("key_status", status), balance);
    add(app.say("meeting.all"), json);
    table.print(app.terminal);
  });
}

/// "80,5 %" of hundredths of a per cent.
std::string percent(const App& app, int basis_points) {
  return tenths(app, basis_points / 10) + "\xC2\xA0%";
}

struct ParetoOptions {
  ProgrammeQuery query;
  int percent = 0;
  bool apply = false;
};

ExitCode pareto(App& app, const ParetoOptions& options) {
  auto query = options.query;
  if (options.percent > 0) query.more["percent"] = std::to_string(options.percent);
  auto json = programme_report(app, "pareto", query);
  if (options.apply) json["applied"] = client::apply_pareto(app.client(), json.at("percent").get<int>());
  return app.answer(json, [&] {
    Table table({app.say("clients.name"), app.field_label("client", "income_year"), app.say("pareto.share"),
                 app.say("pareto.in_set"), app.say("clients.key"), app.say("pareto.wanted")});
    for (const std::size_t column : {1U, 2U}) table.align_right(column);
    for (const auto& one : json.at("items")) {
      if (!one.at("in_set").get<bool>() && !one.at("changes").get<bool>() && one.at("key_status").is_null()) continue;
      const auto status = [&](const char* member) { return app.named("key_status", string_or_empty(one, member)); };
      table.row(
          {reference_name(one.at("client")), app.money(one.at("income_year")),
           percent(app, one.at("running_share").get<int>()),
           app.say(one.at("in_set").get<bool>() ? "pareto.yes" : "pareto.no"),
           status("key_status") + (one.at("own_decision").get<bool>() ? " " + app.say("pareto.own_decision") : ""),
           one.at("changes").get<bool>()
               ? (one.at("wanted").is_null() ? app.named("key_status", "ordinary") : status("wanted"))
               : std::string()});
    }
    table.print(app.terminal);
    app.terminal.line(app.say("pareto.summary", {{"in_set", json.at("in_set").dump()},
                                                 {"clients", json.at("clients").dump()},
                                                 {"percent", json.at("percent").dump()},
                                                 {"changes", json.at("changes").dump()}}));
    if (options.apply) app.terminal.line(app.say("pareto.applied", {{"count", json.at("applied").dump()}}));
  });
}

struct KeyDecision {
  std::string client, status;
};

ExitCode decide_key(App& app, const KeyDecision& decision) {
  const auto id = find_client(app, decision.client).view.id;
  client::decide_key_status(app.client(), id, decision.status == "by_income" ? std::string() : decision.status);
  return app.answer(client::to_json(app.client().need(id)),
                    [&] { app.terminal.line(app.named("key_status", decision.status)); });
}

struct StaffingOptions {
  ProgrammeQuery query;
  std::string from, until;
  int clients = -1, full = -1, part = -1;
};

ExitCode staffing(App& app, const StaffingOptions& options) {
  auto query = options.query;
  if (!options.from.empty()) query.more["from"] = typed_day(options.from, "--from");
  query.until = options.until;
  for (const auto& [name, value] :
       {std::pair{"clients", options.clients}, {"full", options.full}, {"part", options.part}})
    if (value >= 0) query.more[name] = std::to_string(value);
  const auto json = programme_report(app, "staffing", query);
  return app.answer(json, [&] {
    const auto& people = json.at("people");
    const auto shown = [](const Json& number) { return number.is_null() ? std::string("—") : number.dump(); };
    app.terminal.line(app.say("staffing.people", {{"clients", json.at("clients").dump()},
                                                  {"meetings", people.at("meetings").dump()},
                                                  {"from", shown_day(app, json.at("from"))},
                                                  {"until", shown_day(app, json.at("until"))},
                                                  {"full_only", shown(people.at("full_only"))},
                                                  {"part_only", shown(people.at("part_only"))},
                                                  {"full", json.at("team").at("full").dump()},
                                                  {"part_besides", shown(people.at("part_besides"))}}));
    const auto& length = json.at("length");
    const text::Arguments team{{"full", json.at("team").at("full").dump()},
                               {"part", json.at("team").at("part").dump()}};
    if (length.is_null()) return app.terminal.line(app.say("staffing.never", team));
    auto arguments = team;
    arguments["weeks"] = length.at("weeks").dump();
    arguments["finish"] = shown_day(app, length.at("finish"));
    app.terminal.line(app.say("staffing.length", arguments));
  });
}

ExitCode seasons(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "seasons", query);
  return app.answer(json, [&] {
    std::vector<std::string> header{""};
    for (const auto& one : json.at("items")) header.push_back(harmless(string_or_empty(one, "title")));
    Table table(header);
    for (std::size_t column = 1; column < header.size(); ++column) table.align_right(column);
    for (const auto* figure : {"clients", "covered", "questionnaires", "complete", "paused", "referrals", "offers",
                               "offers_won", "won_month", "won_year", "cost", "cost_of_one", "payback_months"}) {
      const bool money = std::string_view(figure).starts_with("won_") || std::string_view(figure).starts_with("cost");
      std::vector<std::string> row{app.say("season." + std::string(figure))};
      for (const auto& one : json.at("items")) {
        const auto& value = one.at(figure);
        row.push_back(value.is_null() ? "—" : money ? app.money(value) : value.dump());
      }
      table.row(std::move(row));
    }
    table.print(app.terminal);
  });
}

/// A report with the usual options.
void add_report(Commands& commands, const std::string& name, const std::string& key,
                ExitCode (*run)(App&, const ProgrammeQuery&),
                const std::function<void(CLI::App*, ProgrammeQuery&)>& more) {
  auto& app = commands.app();
  const auto query = std::make_shared<ProgrammeQuery>();
  auto* command = commands.add(name, key);
  add_programme_options(commands, command, *query);
  more(command, *query);
  commands.runs(command, [&app, query, run] { return run(app, *query); });
}

void add_reports(Commands& commands) {
  add_report(commands, "norms", "programme.norms", norms,
             [&](CLI::App* command, ProgrammeQuery& query) { add_rep_option(commands, command, query); });
  const auto by_rep_and_segment = [&](CLI::App* command, ProgrammeQuery& query) {
    add_rep_option(commands, command, query);
    add_segment_option(commands, command, query);
  };
  add_report(commands, "coverage", "programme.coverage", coverage, by_rep_and_segment);
  add_report(commands, "cadence", "programme.cadence", cadence, [&](CLI::App* command, ProgrammeQuery& query) {
    by_rep_and_segment(command, query);
    commands.option(command, "--state", query.state, "programme.due_state")
        ->check(CLI::IsMember({"overdue", "soon", "later", "all"}));
  });
  add_report(commands, "meetings", "programme.meetings", meetings, [&](CLI::App* command, ProgrammeQuery& query) {
    by_rep_and_segment(command, query);
    commands.option(command, "--since", query.since, "query.since");
    commands.option(command, "--until", query.until, "query.until");
  });
  auto& app = commands.app();
  const auto all = std::make_shared<ProgrammeQuery>();
  auto* comparing = commands.add("seasons", "programme.seasons");
  commands.flag(comparing, "--server", all->server, "programme.server");
  commands.runs(comparing, [&app, all] { return seasons(app, *all); });
}

}  // namespace

void add_programme_commands(Commands& commands) {
  auto& app = commands.app();
  add_reports(commands);

  const auto split = std::make_shared<ParetoOptions>();
  auto* splitting = commands.add("pareto", "pareto.command");
  commands.option(splitting, "--percent", split->percent, "pareto.percent")->check(CLI::Range(1, 100));
  auto* apply = commands.flag(splitting, "--apply", split->apply, "pareto.apply");
  commands.flag(splitting, "--server", split->query.server, "programme.server")->excludes(apply);
  commands.runs(splitting, [&app, split] { return pareto(app, *split); });

  const auto decision = std::make_shared<KeyDecision>();
  auto* deciding = commands.add("key", "pareto.key");
  commands.option(deciding, "client", decision->client, "client.which")->required();
  commands.option(deciding, "status", decision->status, "pareto.status")
      ->required()
      ->check(CLI::IsMember({"ordinary", "key", "top", "by_income"}));
  commands.runs(deciding, [&app, decision] { return decide_key(app, *decision); });

  const auto team = std::make_shared<StaffingOptions>();
  auto* planning = commands.add("staffing", "staffing.command");
  add_programme_options(commands, planning, team->query);
  commands.option(planning, "--from", team->from, "staffing.from");
  commands.option(planning, "--until", team->until, "staffing.until");
  commands.option(planning, "--clients", team->clients, "staffing.clients")->check(CLI::NonNegativeNumber);
  commands.option(planning, "--full", team->full, "staffing.full")->check(CLI::NonNegativeNumber);
  commands.option(planning, "--part", team->part, "staffing.part")->check(CLI::NonNegativeNumber);
  commands.runs(planning, [&app, team] { return staffing(app, *team); });
}

}  // namespace anketa::cli
