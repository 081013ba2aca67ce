// actor, competitor, opportunity, referral, sale, talk, range: what the dossier keeps as records of its own (R19, R23,
// R30, R35); promise: what was promised in a talk.
#include "shared/programme/referral.hpp"
#include "shared/schema/schema.hpp"
#include "tools/anketa/card.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/field_values.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

struct Kind {
  const char* command;
  const char* collection;
};

constexpr std::array<Kind, 7> kinds{{{"actor", "relation_actor"},
                                     {"competitor", "competitor"},
                                     {"opportunity", "opportunity"},
                                     {"referral", "referral"},
                                     {"sale", "offer"},
                                     {"talk", "interaction"},
                                     {"range", "range_item"}}};

struct RecordOptions {
  std::string client, id;
  std::vector<std::string> sets;
};

ExitCode show(App& app, const Uuid& id) {
  const auto record = app.client().need(id);
  return app.answer(client::to_json(record), [&] {
    Card lines(app);
    lines.heading(app.named("collection", record.view.collection));
    app.terminal.line("  " + app.terminal.styled(id.text(), Style::Dim));
    lines.record(record);
  });
}

std::string my_id(App& app) {
  const auto account = app.client().account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  return account->user.text();
}

/// What a record of the kind has unless something else is typed.
void put_usual(App& app, std::string_view collection, Json& body) {
  const auto usual = [&](const char* field, const std::string& value) {
    if (value_at(body, field).is_null()) body[field] = value;
  };
  if (collection == "interaction") usual("date", app.today()), usual("user", my_id(app));
  if (collection == "offer") usual("made_on", app.today()), usual("rep", my_id(app));
  if (collection == "referral") usual("named_on", app.today()), usual("rep", my_id(app));
  if (collection == "opportunity") usual("assessed_on", app.today()), usual("assessed_by", my_id(app));
}

ExitCode add(App& app, const Kind& kind, const RecordOptions& options) {
  const auto* declared = schema::collection(kind.collection);
  Json body = Json::object();
  put_fields_of(kind.collection, body, options.sets);
  put_usual(app, kind.collection, body);
  Scope scope = company_scope;
  if (declared->placement == schema::Placement::Client) {
    scope = find_client(app, options.client).view.id;
    body["client"] = scope.text();
  }
  return show(app, app.client().create(kind.collection, scope, body));
}

/// A step is dated today unless another day is typed.
void put_step_day(App& app, const client::LocalRecord& record, Json& wanted) {
  const auto status = string_or_empty(wanted, "status");
  const std::string field(programme::step_day_field(record.view.collection, status));
  if (field.empty() || record.view.at("status") == status || wanted.contains(field)) return;
  wanted[field] = app.today();
}

ExitCode edit(App& app, const Kind& kind, const RecordOptions& options) {
  const auto id = record_id(options.id);
  const auto record = app.client().need(id);
  if (record.view.collection != kind.collection) throw ProblemError(ProblemCode::RecordNotFound, {}, options.id);
  Json wanted = Json::object();
  put_fields_of(kind.collection, wanted, options.sets);
  put_step_day(app, record, wanted);
  app.client().edit(id, wanted);
  return show(app, id);
}

struct PromiseOptions {
  std::string client, text, id, due, by = "us", date;
};

/// A promise lives in the talk it was made in: that of the day, or a new one.
ExitCode promise(App& app, const PromiseOptions& options) {
  const auto client = find_client(app, options.client).view.id;
  const auto day = options.date.empty() ? app.today() : typed_day(options.date, "--date");
  std::optional<Uuid> talk;
  for (const auto& record : app.client().list("interaction", client))
    if (string_or_empty(record.view.body, "date") == day) talk = record.view.id;
  const auto item = Uuid::v7(app.environment());
  Json made{{"text", options.text}, {"by", options.by}, {"user", my_id(app)}};
  if (!options.due.empty()) made["due_on"] = typed_day(options.due, "--due");
  const Json promises{{item.text(), made}};
  if (talk)
    app.client().edit(*talk, {{"promises", promises}});
  else
    app.client().create("interaction", client,
                        {{"client", client.text()},
                         {"kind", "agreement"},
                         {"date", day},
                         {"user", my_id(app)},
                         {"promises", promises}});
  return app.answer({{"id", item.text()}, {"client", client.text()}, {"promise", made}}, [&] {
    app.terminal.line(app.say("promise.noted") + " " + app.terminal.styled(item.text(), Style::Dim));
  });
}

ExitCode keep(App& app, const PromiseOptions& options) {
  const auto item = record_id(options.id).text();
  const auto day = options.date.empty() ? app.today() : typed_day(options.date, "--date");
  for (const auto& record : app.client().list("interaction")) {
    const auto& promises = value_at(record.view.body, "promises");
    if (!promises.is_object() || !promises.contains(item)) continue;
    app.client().edit(record.view.id, {{"promises", {{item, {{"done_on", day}}}}}});
    return app.answer({{"id", item}, {"done_on", day}}, [&] { app.terminal.line(app.say("promise.kept")); });
  }
  throw ProblemError(ProblemCode::RecordNotFound, {}, options.id);
}

void add_promise_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<PromiseOptions>();
  auto* group = commands.add("promise", "promise.command");
  group->require_subcommand(1);
  auto* make = commands.add("add", "promise.add", group);
  commands.option(make, "client", options->client, "client.which")->required();
  commands.option(make, "text", options->text, "promise.text")->required();
  commands.option(make, "--due", options->due, "promise.due");
  commands.option(make, "--by", options->by, "promise.by")->check(CLI::IsMember({"us", "client"}));
  commands.option(make, "--date", options->date, "promise.date");
  commands.runs(make, [&app, options] { return promise(app, *options); });
  auto* done = commands.add("done", "promise.done", group);
  commands.option(done, "id", options->id, "promise.id")->required();
  commands.option(done, "--date", options->date, "promise.kept_on");
  commands.runs(done, [&app, options] { return keep(app, *options); });
}

}  // namespace

void add_dossier_record_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<RecordOptions>();
  for (const auto& kind : kinds) {
    const std::string name = kind.command;
    auto* group = commands.add(name, name + ".command");
    group->require_subcommand(1);
    auto* make = commands.add("add", name + ".add", group);
    if (schema::collection(kind.collection)->placement == schema::Placement::Client)
      commands.option(make, "client", options->client, "client.which")->required();
    commands.option(make, "--set", options->sets, "record.set")->required();
    commands.runs(make, [&app, &kind, options] { return add(app, kind, *options); });
    auto* change = commands.add("edit", name + ".edit", group);
    commands.option(change, "id", options->id, "record.id")->required();
    commands.option(change, "--set", options->sets, "record.set")->required();
    commands.runs(change, [&app, &kind, options] { return edit(app, kind, *options); });
  }
  add_promise_commands(commands);
}

}  // namespace anketa::cli
