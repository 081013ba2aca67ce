// record get | list | put | edit | remove: any collection, for scripts.
#include "shared/schema/schema.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/field_values.hpp"
#include "tools/anketa/lookup.hpp"

namespace anketa::cli {
namespace {

struct RecordOptions {
  std::string id, collection, client, file;
  std::vector<std::string> sets;
};

Json show(App& app, const Uuid& id) {
  return client::to_json(app.client().need(id));
}

ExitCode answer(App& app, const Json& json) {
  return app.answer(json, [&] { app.terminal.line(json.dump(2)); });
}

Json wanted_body(const RecordOptions& options) {
  Json wanted = Json::object();
  if (!options.file.empty()) wanted = parse_json(read_file(options.file));
  if (!wanted.is_object()) throw ProblemError(ProblemCode::WrongType, {}, options.file);
  put_fields(wanted, options.sets);
  return wanted;
}

ExitCode put(App& app, const RecordOptions& options) {
  const auto* collection = schema::collection(options.collection);
  if (!collection) throw ProblemError(ProblemCode::UnknownCollection, {{"collection", options.collection}});
  auto body = wanted_body(options);
  Scope scope = company_scope;
  if (!options.client.empty()) {
    scope = find_client(app, options.client).view.id;
    if (collection->field("client") && !body.contains("client")) body["client"] = scope.text();
  } else if (collection->placement == schema::Placement::Client) {
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.record.needs_client"}});
  }
  const auto id = app.client().create(options.collection, scope, body,
                                      options.id.empty() ? std::nullopt : std::optional(record_id(options.id)));
  return answer(app, show(app, id));
}

ExitCode edit(App& app, const RecordOptions& options) {
  const auto id = record_id(options.id);
  const auto ops = app.client().edit(id, wanted_body(options));
  auto json = show(app, id);
  json["changes"] = ops;
  return answer(app, json);
}

ExitCode list(App& app, const RecordOptions& options) {
  if (!schema::collection(options.collection))
    throw ProblemError(ProblemCode::UnknownCollection, {{"collection", options.collection}});
  std::optional<Scope> scope;
  if (!options.client.empty()) scope = find_client(app, options.client).view.id;
  Json all = Json::array();
  app.client().each(options.collection, scope, [&](const client::LocalRecord& record) {
    all.push_back(client::to_json(record));
    return true;
  });
  return answer(app, all);
}

}  // namespace

void add_record_commands(Commands& commands) {
  auto& app = commands.app();
  auto* record = commands.add("record", "record.command");
  record->require_subcommand(1);
  const auto options = std::make_shared<RecordOptions>();

  auto* get = commands.add("get", "record.get", record);
  commands.option(get, "id", options->id, "record.id")->required();
  commands.runs(get, [&app, options] { return answer(app, show(app, record_id(options->id))); });

  auto* all = commands.add("list", "record.list", record);
  commands.option(all, "collection", options->collection, "record.collection")->required();
  commands.option(all, "--client", options->client, "record.client");
  commands.runs(all, [&app, options] { return list(app, *options); });

  auto* make = commands.add("put", "record.put", record);
  commands.option(make, "collection", options->collection, "record.collection")->required();
  commands.option(make, "--client", options->client, "record.client");
  commands.option(make, "--id", options->id, "record.new_id");
  commands.option(make, "--file", options->file, "record.file");
  commands.option(make, "--set", options->sets, "record.set");
  commands.runs(make, [&app, options] { return put(app, *options); });

  auto* change = commands.add("edit", "record.edit", record);
  commands.option(change, "id", options->id, "record.id")->required();
  commands.option(change, "--file", options->file, "record.file");
  commands.option(change, "--set", options->sets, "record.set");
  commands.runs(change, [&app, options] { return edit(app, *options); });

  auto* remove = commands.add("remove", "record.remove", record);
  commands.option(remove, "id", options->id, "record.id")->required();
  commands.runs(remove, [&app, options] {
    const auto id = record_id(options->id);
    app.client().remove(id);
    return app.answer({{"removed", id.text()}}, [&] { app.terminal.line(app.say("record.removed")); });
  });
}

}  // namespace anketa::cli
