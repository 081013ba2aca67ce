// clients, client add, client show.
#include "tools/anketa/card.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/field_values.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

struct ListOptions {
  std::string search;
  int limit = 1000;
};

/// The state of the client's latest questionnaire, in a few words.
std::string latest_questionnaire(App& app, const Uuid& client) {
  std::string latest, date;
  app.client().each("questionnaire", client, [&](const client::LocalRecord& found) {
    const auto on = string_or_empty(found.view.body, "date");
    if (on < date) return true;
    date = on;
    latest = app.named("questionnaire_status", string_or_empty(found.view.body, "status"));
    return true;
  });
  return latest.empty() ? latest : latest + ", " + app.local_date(date);
}

ExitCode list(App& app, const ListOptions& options) {
  auto& client = app.client();
  auto found = options.search.empty() ? client.list("client") : client.search_clients(options.search, options.limit);
  if (found.size() > static_cast<std::size_t>(options.limit)) found.resize(static_cast<std::size_t>(options.limit));
  Json json = Json::array();
  for (const auto& record : found) json.push_back(client::to_json(record));
  return app.answer(json, [&] {
    if (found.empty()) return app.terminal.line(app.say(options.search.empty() ? "clients.none" : "clients.not_found"));
    Table table({app.say("clients.name"), app.say("clients.city"), app.say("clients.key"), app.say("clients.state")});
    for (const auto& record : found) {
      const auto text = [&](const char* field) { return harmless(string_or_empty(record.view.body, field)); };
      const auto key = text("key_status");
      table.row({text("name"), text("city"), key == "ordinary" ? std::string() : app.named("key_status", key),
                 latest_questionnaire(app, record.view.id)});
    }
    table.print(app.terminal);
    app.terminal.line(app.counted("clients.count", found.size()));
  });
}

struct NewClient {
  std::string name, owner;
  std::vector<std::string> fields;
};

ExitCode add(App& app, const NewClient& options) {
  Json body{{"name", options.name}};
  put_fields_of("client", body, options.fields);
  const auto account = app.client().account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  const auto owner = options.owner.empty() ? account->user : find_person(app, options.owner);
  const auto id = app.client().create_client(body, owner);
  return app.answer(client::to_json(app.client().need(id)), [&] {
    app.terminal.line(app.say("client.added", {{"id", id.text()}, {"owner", app.user_name(owner)}}));
  });
}

}  // namespace

void add_client_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<ListOptions>();
  auto* clients = commands.add("clients", "clients.command");
  commands.option(clients, "--search,-s", options->search, "clients.search");
  commands.option(clients, "--limit", options->limit, "clients.limit")->check(CLI::Range(1, 100000));
  commands.runs(clients, [&app, options] { return list(app, *options); });

  auto* one = commands.add("client", "client.command");
  one->require_subcommand(1);
  const auto fresh = std::make_shared<NewClient>();
  auto* adding = commands.add("add", "client.add", one);
  commands.option(adding, "name", fresh->name, "client.name")->required();
  commands.option(adding, "--owner", fresh->owner, "client.owner");
  commands.option(adding, "--set", fresh->fields, "record.set");
  commands.runs(adding, [&app, fresh] { return add(app, *fresh); });

  const auto which = std::make_shared<std::string>();
  auto* show = commands.add("show", "client.show", one);
  commands.option(show, "client", *which, "client.which")->required();
  commands.runs(show, [&app, which] {
    const auto card = app.client().client_card(find_client(app, *which).view.id);
    return app.answer(client::to_json(card), [&] { print_card(app, card); });
  });
}

}  // namespace anketa::cli
