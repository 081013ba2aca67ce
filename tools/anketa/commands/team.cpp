// team owner | add | end: who works with a client (R37).
#include "tools/anketa/command.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

struct TeamOptions {
  std::string client, user, id, unit, duty;
  bool keep = false;
};

ExitCode show_team(App& app, const Uuid& client) {
  const auto all = app.client().list("assignment", client);
  Json json = Json::array();
  for (const auto& record : all) json.push_back(client::to_json(record));
  return app.answer(json, [&] {
    Table table({app.field_label("assignment", "role"), app.field_label("assignment", "user"),
                 app.field_label("assignment", "unit"), app.field_label("assignment", "duty"), "id"});
    for (const auto& record : all) {
      const auto& body = record.view.body;
      const auto user = Uuid::parse(string_or_empty(body, "user"));
      table.row({app.value_label("assignment", "role", string_or_empty(body, "role")),
                 user ? app.user_name(*user) : std::string(),
                 app.value_label("assignment", "unit", string_or_empty(body, "unit")),
                 harmless(string_or_empty(body, "duty")), record.view.id.text()});
    }
    table.print(app.terminal);
  });
}

ExitCode add_member(App& app, const TeamOptions& options) {
  const auto client = find_client(app, options.client).view.id;
  Json body{{"client", client.text()},
            {"user", find_person(app, options.user).text()},
            {"role", "member"},
            {"since", app.today()}};
  if (!options.unit.empty()) body["unit"] = options.unit;
  if (!options.duty.empty()) body["duty"] = options.duty;
  app.client().create("assignment", client, body);
  return show_team(app, client);
}

}  // namespace

void add_team_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<TeamOptions>();
  auto* team = commands.add("team", "team.command");
  team->require_subcommand(1);

  auto* show = commands.add("show", "team.show", team);
  commands.option(show, "client", options->client, "client.which")->required();
  commands.runs(show, [&app, options] { return show_team(app, find_client(app, options->client).view.id); });

  auto* owner = commands.add("owner", "team.owner", team);
  commands.option(owner, "client", options->client, "client.which")->required();
  commands.option(owner, "user", options->user, "team.user")->required();
  commands.flag(owner, "--keep", options->keep, "team.keep");
  commands.runs(owner, [&app, options] {
    const auto client = find_client(app, options->client).view.id;
    app.client().assign_owner(client, find_person(app, options->user), options->keep);
    return show_team(app, client);
  });

  auto* add = commands.add("add", "team.add", team);
  commands.option(add, "client", options->client, "client.which")->required();
  commands.option(add, "user", options->user, "team.user")->required();
  commands.option(add, "--unit", options->unit, "team.unit")
      ->check(CLI::IsMember({"sales", "technical", "service", "logistics", "finance", "production", "quality"}));
  commands.option(add, "--duty", options->duty, "team.duty");
  commands.runs(add, [&app, options] { return add_member(app, *options); });

  auto* end = commands.add("end", "team.end", team);
  commands.option(end, "id", options->id, "team.id")->required();
  commands.runs(end, [&app, options] {
    const auto id = record_id(options->id);
    const auto client = app.client().need(id).view.scope;
    app.client().end_assignment(id);
    return show_team(app, client);
  });
}

}  // namespace anketa::cli
