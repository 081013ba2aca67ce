// register, bottlenecks: the summary register as the server has it (R14, R16, R22). tasks: what is to be done (R18).
#include <algorithm>

#include "tools/anketa/command.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"
#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

struct RegisterOptions {
  std::string status, severity, age, cause, place, rep, client, search;
};

std::string query_of(App& app, const RegisterOptions& options) {
  const auto client = options.client.empty() ? std::string() : find_client(app, options.client).view.id.text();
  const auto rep = options.rep.empty() ? std::string() : find_person(app, options.rep).text();
  std::string query;
  for (const auto& [name, value] : {std::pair{"status", options.status},
                                    {"severity", options.severity},
                                    {"age", options.age},
                                    {"cause", options.cause},
                                    {"place", options.place},
                                    {"rep", rep},
                                    {"client", client},
                                    {"search", options.search}})
    if (!value.empty()) query += (query.empty() ? "?" : "&") + std::string(name) + "=" + percent_encoded(value);
  return query;
}

std::string text(const Json& item, const char* member) {
  return harmless(string_or_empty(item, member));
}

std::string name(const Json& reference) {
  return reference.is_object() ? text(reference, "name") : std::string();
}

std::string number(const Json& value) {
  return value.is_number_integer() ? value.dump() : "—";
}

/// "3.4" as people write it; "3.0" is 3.
std::string decimal(const App& app, std::string number) {
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  if (app.language() == text::Language::Russian) std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

std::string days(const App& app, const Json& value) {
  return value.is_number_integer() && value != 0 ? app.counted("cases.days", value.get<std::uint64_t>())
                                                 : std::string();
}

/// All pages of the register as one.
Json read_register(App& app, const std::string& query) {
  Json whole;
  for (Json offset = 0; offset.is_number_integer();) {
    auto page = app.read("/v1/register" + query + (query.empty() ? "?" : "&") + "limit=500&offset=" + offset.dump());
    offset = page.value("next_offset", Json());
    if (whole.is_null())
      whole = std::move(page);
    else
      for (auto& item : page.at("items")) whole["items"].push_back(std::move(item));
  }
  whole.erase("next_offset");
  return whole;
}

ExitCode show_register(App& app, const RegisterOptions& options) {
  const auto all = read_register(app, query_of(app, options));
  return app.answer(all, [&] {
    if (all.at("items").empty()) return app.terminal.line(app.say("cases.none"));
    Table table({app.say("cases.client"), app.say("cases.status"), app.say("cases.severity"), app.say("cases.due"),
                 app.say("cases.late"), app.say("cases.age"), app.say("cases.rep"), app.say("cases.service"),
                 app.say("register.reopenings"), app.say("cases.place"), app.say("cases.cause")});
    table.align_right(8);
    for (const auto& item : all.at("items"))
      table.row({name(item.at("client")), app.named("case_status", text(item, "status")),
                 app.named("severity", text(item, "severity")), app.local_date(text(item, "due_on")),
                 days(app, item.at("overdue_days")), days(app, item.at("age_days")), name(item.at("owner")),
                 name(item.at("service")), item.value("reopenings", 0) > 0 ? number(item.at("reopenings")) : "",
                 text(item, "place"), text(item, "cause")});
    table.print(app.terminal);
    const auto& totals = all.at("totals");
    app.terminal.line(app.say("register.totals", {{"open", number(totals.at("open"))},
                                                  {"overdue", number(totals.at("overdue"))},
                                                  {"closed", number(totals.at("closed"))},
                                                  {"reopened", number(totals.at("reopened"))}}));
    if (const auto usual = days(app, totals.at("median_days_to_close")); !usual.empty())
      app.terminal.line(app.say("register.median", {{"days", usual}}));
  });
}

ExitCode show_bottlenecks(App& app, const RegisterOptions& options) {
  const auto all = app.read("/v1/bottlenecks" + query_of(app, options));
  const auto unnamed = all.value("without_cause_and_place", std::uint64_t{0});
  return app.answer(all, [&] {
    if (all.at("items").empty()) return app.terminal.line(app.say("bottlenecks.none"));
    Table table({app.say("cases.cause"), app.say("cases.place"), app.say("bottlenecks.cases"),
                 app.say("bottlenecks.open"), app.say("bottlenecks.clients"), app.say("bottlenecks.cost"),
                 app.say("bottlenecks.profit"), app.say("bottlenecks.payback")});
    for (const std::size_t column : {2U, 3U, 4U, 5U, 6U, 7U}) table.align_right(column);
    const auto money = [&](const Json& value) { return value.is_null() ? std::string("—") : app.money(value); };
    for (const auto& item : all.at("items")) {
      const auto payback = decimal(app, text(item, "payback_months"));
      table.row({text(item, "cause"), text(item, "place"), std::to_string(item.at("cases").size()),
                 number(item.at("open")), number(item.at("clients")), money(item.at("fix_cost")),
                 money(item.at("extra_profit_month")), payback.empty() ? "—" : payback});
    }
    table.print(app.terminal);
    if (unnamed > 0) app.terminal.line(app.counted("bottlenecks.unnamed", unnamed));
  });
}

void add_filter(Commands& commands, CLI::App* command, RegisterOptions& options) {
  commands.option(command, "--status", options.status, "register.status");
  commands.option(command, "--severity", options.severity, "register.severity");
  commands.option(command, "--age", options.age, "register.age");
  commands.option(command, "--cause", options.cause, "register.cause");
  commands.option(command, "--place", options.place, "register.place");
  commands.option(command, "--rep", options.rep, "register.rep");
  commands.option(command, "--client", options.client, "register.client");
  commands.option(command, "--search", options.search, "register.search");
}

ExitCode list_tasks(App& app, bool all) {
  Json json = Json::array();
  app.client().each("task", std::nullopt, [&](const client::LocalRecord& record) {
    if (all || string_or_empty(record.view.body, "status") == "open") json.push_back(client::to_json(record));
    return true;
  });
  return app.answer(json, [&] {
    if (json.empty()) return app.terminal.line(app.say("tasks.none"));
    Table table({app.say("tasks.what"), app.say("tasks.client"), app.say("tasks.due"), app.say("tasks.id")});
    for (const auto& task : json) {
      const auto& body = task.at("body");
      const auto title = text(body, "title");
      const auto account = Uuid::parse(string_or_empty(body, "client"));
      const auto client = account ? app.client().get(*account) : std::nullopt;
      table.row({title.empty() ? app.named("tasks.kind", text(body, "kind")) : title,
                 client ? text(client->view.body, "name") : std::string(), app.local_date(text(body, "due_on")),
                 text(task, "id")});
    }
    table.print(app.terminal);
  });
}

}  // namespace

void add_register_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<RegisterOptions>();
  auto* all = commands.add("register", "register.command");
  add_filter(commands, all, *options);
  commands.runs(all, [&app, options] { return show_register(app, *options); });
  auto* narrow = commands.add("bottlenecks", "bottlenecks");
  add_filter(commands, narrow, *options);
  commands.runs(narrow, [&app, options] { return show_bottlenecks(app, *options); });
}

void add_task_commands(Commands& commands) {
  auto& app = commands.app();
  const auto id = std::make_shared<std::string>();
  const auto all = std::make_shared<bool>(false);
  auto* tasks = commands.add("tasks", "tasks.command");
  auto* list = commands.add("list", "tasks.list", tasks);
  for (auto* command : {tasks, list}) {
    commands.flag(command, "--all", *all, "tasks.all");
    commands.runs(command, [&app, all] { return list_tasks(app, *all); });
  }
  auto* done = commands.add("done", "tasks.done", tasks);
  commands.option(done, "id", *id, "tasks.id")->required();
  commands.runs(done, [&app, id] {
    const auto record = record_id(*id);
    app.client().edit(record, {{"status", "done"}});
    return app.answer(client::to_json(app.client().need(record)), [&] { app.terminal.line(app.say("tasks.done")); });
  });
}

}  // namespace anketa::cli
