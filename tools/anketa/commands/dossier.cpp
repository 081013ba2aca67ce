// brief, dossier set | fact | revised | due: the dossier of a client (R30, R31).
#include <map>

#include "shared/form/local_time.hpp"
#include "shared/programme/dossier_fields.hpp"
#include "tools/anketa/card.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/field_values.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

class BriefPrinter {
 public:
  BriefPrinter(App& app, const programme::Brief& brief) : app_(app), brief_(brief), lines_(app) {}

  void print(const std::string& client) {
    app_.terminal.line(app_.terminal.styled(harmless(client), Style::Bold));
    if (brief_.last_meeting) lines_.field(say("last_meeting"), date(*brief_.last_meeting));
    warnings();
    persons();
    changes();
    cases();
    last_talk();
    promises();
    news();
    revisions();
  }

 private:
  std::string say(const std::string& key, const text::Arguments& arguments = {}) const {
    return app_.say("brief." + key, arguments);
  }
  std::string date(programme::Day day) const { return app_.local_date(programme::day_text(day)); }

  void warnings() {
    if (brief_.warnings.empty() && brief_.avoid.empty()) return;
    lines_.heading(say("avoid"));
    for (const auto warning : brief_.warnings)
      app_.terminal.line("  " + app_.terminal.styled("! ", Style::Warning) +
                         say("warning." + std::string(id(warning))));
    if (brief_.avoid.empty()) return;
    for (const auto& line : wrapped(harmless(brief_.avoid), app_.terminal.columns() - 4))
      app_.terminal.line("  " + line);
  }

  std::string map_of(const programme::BriefPerson& person) const {
    std::string all;
    for (const auto& [field, value] : {std::pair{"role", person.role},
                                       {"influence", person.influence},
                                       {"attitude", person.attitude},
                                       {"access", person.access}})
      if (!value.empty())
        all += (all.empty() ? "" : "; ") + app_.field_label("relation_actor", field) + ": " +
               app_.value_label("relation_actor", field, value);
    return all;
  }

  void persons() {
    if (brief_.persons.empty()) return;
    lines_.heading(say("who"));
    for (const auto& person : brief_.persons) {
      auto what = person.post;
      if (person.is_main) what += (what.empty() ? "" : "; ") + say("main");
      if (person.left) what += (what.empty() ? "" : "; ") + say("left");
      if (const auto map = map_of(person); !map.empty()) what += (what.empty() ? "" : "; ") + map;
      lines_.field(harmless(person.name), what.empty() ? say("unknown") : what);
    }
  }

  void changes() {
    if (brief_.changes.empty() && brief_.turnover.empty()) return;
    lines_.heading(say("changes"));
    for (const auto& person : brief_.turnover)
      lines_.field(date(person.verified_on.value()),
                   person.name + ": " + app_.value_label("contact", "verified", id(person.verified.value())));
    for (const auto& fact : brief_.changes)
      lines_.field(date(fact.on),
                   (fact.field.empty() ? "" : app_.field_label("dossier_part", fact.field) + ": ") + fact.text);
  }

  void cases() {
    if (brief_.cases.empty()) return;
    lines_.heading(say("cases"));
    for (const auto& found : brief_.cases)
      lines_.field(date(found.opened_on), app_.named("case_status", found.status) + ", " +
                                              app_.named("severity", found.severity) +
                                              (found.text.empty() ? "" : "\n" + found.text));
  }

  void last_talk() {
    if (!brief_.last_talk) return;
    const auto& talk = *brief_.last_talk;
    lines_.heading(say("last_talk"));
    lines_.field(date(talk.on),
                 app_.value_label("interaction", "kind", talk.kind) + (talk.with.empty() ? "" : ", " + talk.with));
    lines_.field(app_.field_label("interaction", "summary"), talk.summary);
    lines_.field(app_.field_label("interaction", "agreed"), talk.agreed);
    lines_.field(app_.field_label("interaction", "next_step"), talk.next_step);
    if (talk.next_on) lines_.field(app_.field_label("interaction", "next_on"), date(*talk.next_on));
  }

  void promises() {
    if (brief_.promises.empty()) return;
    lines_.heading(say("promises"));
    for (const auto& promise : brief_.promises)
      lines_.field(app_.value_label("interaction", "by", promise.is_ours ? "us" : "client") +
                       (promise.due_on ? ", " + app_.say("promise.due", {{"date", date(*promise.due_on)}}) : ""),
                   promise.text);
  }

  void news() {
    if (brief_.new_in_range.empty()) return;
    lines_.heading(say("news"));
    for (const auto& item : brief_.new_in_range) {
      const bool english = app_.language() == text::Language::English && !item.name_en.empty();
      lines_.field(date(item.dates.since), english ? item.name_en : item.name_ru);
    }
  }

  void revisions() {
    if (brief_.revisions.empty()) return;
    lines_.heading(say("revisions"));
    for (const auto& [part, state] : brief_.revisions)
      lines_.field(app_.value_label("dossier_part", "part", part), app_.named("revision", id(state)));
  }

  App& app_;
  const programme::Brief& brief_;
  Card lines_;
};

ExitCode brief(App& app, const std::string& which) {
  const auto client = find_client(app, which);
  const auto brief = app.client().brief(client.view.id, app.offset_minutes());
  auto json = programme::to_json(brief);
  json["client"] = {{"id", client.view.id.text()}, {"name", string_or_empty(client.view.body, "name")}};
  return app.answer(json, [&] { BriefPrinter(app, brief).print(string_or_empty(client.view.body, "name")); });
}

struct PartOptions {
  std::string client, part, text, date;
  std::vector<std::string> sets;
};

void put_part_options(Commands& commands, CLI::App* command, PartOptions& options) {
  commands.option(command, "client", options.client, "client.which")->required();
  commands.option(command, "part", options.part, "dossier.part")
      ->required()
      ->check(CLI::IsMember({"general", "our_view", "decision", "competitors"}));
}

/// Changes fields of a part of the dossier, which is made where there is none.
ExitCode change(App& app, const PartOptions& options, const Json& wanted) {
  const auto client = find_client(app, options.client).view.id;
  std::optional<Uuid> part;
  for (const auto& record : app.client().list("dossier_part", client))
    if (string_or_empty(record.view.body, "part") == options.part) part = record.view.id;
  if (part) {
    app.client().edit(*part, wanted);
  } else {
    Json body = wanted;
    body.update({{"client", client.text()}, {"part", options.part}});
    part = app.client().create("dossier_part", client, body, Uuid::derived(client, "dossier_part " + options.part));
  }
  const auto record = app.client().need(*part);
  return app.answer(client::to_json(record), [&] {
    Card lines(app);
    lines.heading(app.value_label("dossier_part", "part", options.part));
    lines.record(record, {"part"});
  });
}

std::string me(App& app) {
  const auto account = app.client().account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  return account->user.text();
}

ExitCode due(App& app, const std::string& which) {
  std::optional<Uuid> client;
  if (!which.empty()) client = find_client(app, which).view.id;
  auto all = app.client().revisions(programme::parse_day(app.today()).value(), client);
  if (!client) std::erase_if(all, [](const auto& one) { return one.state == programme::RevisionState::Current; });
  Json json = Json::array();
  for (const auto& one : all) json.push_back(client::to_json(one));
  return app.answer(json, [&] {
    Table table({app.say("clients.name"), app.field_label("dossier_part", "part"),
                 app.field_label("dossier_part", "revised_on"), app.say("revision.due_on"), app.say("revision.state")});
    const auto shown = [&](const Json& day) { return day.is_string() ? app.local_date(day.get<std::string>()) : "—"; };
    std::map<programme::RevisionState, int> counts;
    for (std::size_t i = 0; i < all.size(); ++i) {
      ++counts[all[i].state];
      table.row({harmless(all[i].client_name), app.value_label("dossier_part", "part", all[i].part),
                 shown(json[i].at("revised_on")), shown(json[i].at("due_on")),
                 app.named("revision", id(all[i].state))});
    }
    if (!all.empty()) table.print(app.terminal);
    app.terminal.line(
        app.say("revision.summary", {{"never", std::to_string(counts[programme::RevisionState::Never])},
                                     {"overdue", std::to_string(counts[programme::RevisionState::Overdue])},
                                     {"due", std::to_string(counts[programme::RevisionState::Due])}}));
  });
}

}  // namespace

void add_dossier_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<PartOptions>();
  auto* page = commands.add("brief", "dossier.brief");
  commands.option(page, "client", options->client, "client.which")->required();
  commands.runs(page, [&app, options] { return brief(app, options->client); });

  auto* dossier = commands.add("dossier", "dossier.command");
  dossier->require_subcommand(1);
  auto* set = commands.add("set", "dossier.set", dossier);
  put_part_options(commands, set, *options);
  commands.option(set, "--set", options->sets, "record.set")->required();
  commands.runs(set, [&app, options] {
    Json wanted = Json::object();
    put_fields_of("dossier_part", wanted, options->sets);
    for (const auto& [field, value] : wanted.items())
      if (!programme::is_dossier_field(options->part, field))
        throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.record.other_part"}, {"field", field}});
    return change(app, *options, wanted);
  });

  auto* fact = commands.add("fact", "dossier.fact", dossier);
  put_part_options(commands, fact, *options);
  commands.option(fact, "text", options->text, "dossier.text")->required();
  commands.runs(fact, [&app, options] {
    const Json entry{{"at", app.environment().now()}, {"text", options->text}, {"user", me(app)}};
    return change(app, *options, {{"facts", {{Uuid::v7(app.environment()).text(), entry}}}});
  });

  auto* revised = commands.add("revised", "dossier.revised", dossier);
  put_part_options(commands, revised, *options);
  commands.option(revised, "--date", options->date, "dossier.date");
  commands.runs(revised, [&app, options] {
    const auto day = options->date.empty() ? app.today() : typed_day(options->date, "--date");
    return change(app, *options, {{"revised_on", day}, {"revised_by", me(app)}});
  });

  auto* pressing = commands.add("due", "dossier.due", dossier);
  commands.option(pressing, "client", options->client, "client.which");
  commands.runs(pressing, [&app, options] { return due(app, options->client); });
}

}  // namespace anketa::cli
