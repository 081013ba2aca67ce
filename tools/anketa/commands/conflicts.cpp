// conflicts list | resolve, parked list | retry | dismiss.
#include "tools/anketa/command.hpp"
#include "tools/anketa/lookup.hpp"

namespace anketa::cli {
namespace {

struct ConflictOptions {
  std::string id, value;
  int side = 0;
};

std::string shown(const Json& value) {
  if (value.is_null()) return "—";
  return harmless(value.is_string() ? value.get<std::string>() : value.dump());
}

/// What a person calls the record: its name, or its kind with the client's name or its id.
std::string title(App& app, const Uuid& record) {
  const auto found = app.client().get(record);
  if (!found) return record.text();
  const auto kind = app.named("collection", found->view.collection);
  auto name = string_or_empty(found->view.body, "name");
  if (const auto account = name.empty() ? app.client().get(found->view.scope) : std::nullopt)
    name = string_or_empty(account->view.body, "name");
  return name.empty() ? kind + " " + record.text() : kind + " «" + harmless(name) + "»";
}

/// A value as people call it: of a choice or a status, or the step that could not be taken, with what came with it.
std::string in_words(const App& app, const std::string& collection, const std::string& path, const Json& value) {
  if (value.is_string()) return harmless(app.value_label(collection, path, value.get_ref<const std::string&>()));
  const auto to = string_or_empty(value, "to");
  if (to.empty()) return shown(value);
  auto words = app.value_label(collection, path, to);
  for (const auto& [field, fact] : value.value("facts", Json::object()).items())
    words += "; " + app.field_label(collection, field) + ": " + in_words(app, collection, field, fact);
  return words;
}

void show_conflict(App& app, const client::ConflictView& conflict) {
  const auto& terminal = app.terminal;
  const auto record = app.client().get(conflict.record);
  const auto collection = record ? record->view.collection : std::string();
  terminal.line(
      terminal.styled(title(app, conflict.record) + ", " + app.field_label(collection, conflict.path), Style::Bold));
  terminal.line(terminal.styled(conflict.id.text(), Style::Dim));
  int number = 0;
  for (const auto& side : conflict.sides) {
    ++number;
    if (side.consumed) continue;
    terminal.line("  " + std::to_string(number) + ") " + in_words(app, collection, conflict.path, side.value) + "  " +
                  terminal.styled(harmless(side.user_name) + ", " + app.local_time(side.at), Style::Dim) +
                  (side.in_effect ? "  " + app.say("conflicts.in_effect") : ""));
  }
}

ExitCode list(App& app) {
  const auto all = app.client().conflicts();
  Json json = Json::array();
  for (const auto& conflict : all) json.push_back(client::to_json(conflict));
  return app.answer(json, [&] {
    if (all.empty()) return app.terminal.line(app.say("conflicts.none"));
    for (const auto& conflict : all) show_conflict(app, conflict);
    app.terminal.line();
    app.terminal.line(app.say("conflicts.how"));
  });
}

client::ConflictView find_conflict(App& app, const std::string& typed) {
  const auto id = record_id(typed);
  for (auto& conflict : app.client().conflicts())
    if (conflict.id == id) return std::move(conflict);
  throw ProblemError(ProblemCode::ConflictNotOpen, {}, typed);
}

int ask_side(App& app, const client::ConflictView& conflict) {
  if (!app.terminal.input_is_terminal() || app.options.json)
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.conflicts.no_choice"}});
  show_conflict(app, conflict);
  while (true) {
    const auto typed = app.terminal.read_line(app.say("conflicts.ask"));
    if (!typed) throw ProblemError(ProblemCode::Cancelled);
    const int side = std::atoi(typed->c_str());
    if (side >= 1 && side <= static_cast<int>(conflict.sides.size())) return side;
  }
}

ExitCode resolve(App& app, const ConflictOptions& options) {
  const auto conflict = find_conflict(app, options.id);
  if (!options.value.empty()) {
    const auto value = Json::parse(options.value, nullptr, false);
    app.client().resolve(conflict.id, value.is_discarded() ? Json(options.value) : value);
  } else {
    const int side = options.side > 0 ? options.side : ask_side(app, conflict);
    if (side > static_cast<int>(conflict.sides.size()))
      throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.conflicts.no_side"}});
    app.client().resolve_with_side(conflict.id, static_cast<std::size_t>(side - 1));
  }
  const auto record = app.client().get(conflict.record);
  const Json value = record ? record->view.at(conflict.path) : Json();
  return app.answer(
      {{"conflict", conflict.id.text()}, {"record", conflict.record.text()}, {"path", conflict.path}, {"value", value}},
      [&] {
        const auto words = record ? in_words(app, record->view.collection, conflict.path, value) : shown(value);
        app.terminal.line(app.say("conflicts.resolved", {{"value", words}}));
      });
}

ExitCode list_parked(App& app) {
  const auto all = app.client().parked();
  Json json = Json::array();
  for (const auto& edit : all) json.push_back(client::to_json(edit, app.language()));
  return app.answer(json, [&] {
    if (all.empty()) return app.terminal.line(app.say("parked.none"));
    for (const auto& edit : all) {
      app.terminal.line(app.terminal.styled(title(app, edit.record), Style::Bold) + "  " + app.local_time(edit.at));
      app.terminal.line("  " + edit.problem.what(app.language()));
      app.terminal.line("  " + edit.problem.remedy(app.language()));
      for (const auto& op : edit.ops)
        app.terminal.line("  " + harmless(string_or_empty(op, "path")) + ": " + shown(op.value("value", Json())));
      app.terminal.line("  " + app.terminal.styled(edit.record.text(), Style::Dim));
    }
    app.terminal.line(app.say("parked.how"));
  });
}

}  // namespace

void add_conflict_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<ConflictOptions>();
  auto* conflicts = commands.add("conflicts", "conflicts.command");
  conflicts->require_subcommand(0, 1);
  commands.runs(conflicts, [&app] { return list(app); });
  commands.runs(commands.add("list", "conflicts.list", conflicts), [&app] { return list(app); });
  auto* settle = commands.add("resolve", "conflicts.resolve", conflicts);
  commands.option(settle, "id", options->id, "conflicts.id")->required();
  auto* side = commands.option(settle, "--side", options->side, "conflicts.side")->check(CLI::Range(1, 1000));
  commands.option(settle, "--value", options->value, "conflicts.value")->excludes(side);
  commands.runs(settle, [&app, options] { return resolve(app, *options); });

  const auto record = std::make_shared<std::string>();
  auto* parked = commands.add("parked", "parked.command");
  parked->require_subcommand(0, 1);
  commands.runs(parked, [&app] { return list_parked(app); });
  commands.runs(commands.add("list", "parked.list", parked), [&app] { return list_parked(app); });
  auto* retry = commands.add("retry", "parked.retry", parked);
  commands.option(retry, "record", *record, "record.id")->required();
  commands.runs(retry, [&app, record] {
    app.client().retry_parked(record_id(*record));
    return app.answer({{"retried", *record}}, [&] { app.terminal.line(app.say("parked.retried")); });
  });
  auto* dismiss = commands.add("dismiss", "parked.dismiss", parked);
  commands.option(dismiss, "record", *record, "record.id")->required();
  commands.runs(dismiss, [&app, record] {
    app.client().dismiss_parked(record_id(*record));
    return app.answer({{"dismissed", *record}}, [&] { app.terminal.line(app.say("parked.dismissed")); });
  });
}

}  // namespace anketa::cli
