// absences, absence …, holidays, holiday …: the days on which norms do not run (R8).
#include <algorithm>

#include "shared/programme/calendar.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

struct AbsenceOptions {
  std::string id, person, from, until, kind;
  bool all = false;
};

struct HolidayOptions {
  std::string day, title;
  bool working = false, all = false;
};

std::string day_of(const client::LocalRecord& record, const char* field) {
  return string_or_empty(record.view.body, field);
}

/// Records of a company collection whose last day is today or later, by that day.
std::vector<client::LocalRecord> days_to_come(App& app, const char* collection, const char* last, bool all) {
  auto records = app.client().list(collection);
  if (!all) std::erase_if(records, [&](const auto& record) { return day_of(record, last) < app.today(); });
  std::stable_sort(records.begin(), records.end(),
                   [last](const auto& a, const auto& b) { return day_of(a, last) < day_of(b, last); });
  return records;
}

Json as_json(const std::vector<client::LocalRecord>& records) {
  Json json = Json::array();
  for (const auto& record : records) json.push_back(client::to_json(record));
  return json;
}

ExitCode show_absences(App& app, const AbsenceOptions& options) {
  auto records = days_to_come(app, "absence", "until", options.all);
  if (!options.person.empty()) {
    const auto person = find_person(app, options.person).text();
    std::erase_if(records, [&](const auto& record) { return day_of(record, "user") != person; });
  }
  return app.answer(as_json(records), [&] {
    if (records.empty()) return app.terminal.line(app.say("calendar_days.no_absences"));
    Table table({app.field_label("absence", "user"), app.field_label("absence", "from"),
                 app.field_label("absence", "until"), app.field_label("absence", "kind"), "id"});
    for (const auto& record : records) {
      const auto user = Uuid::parse(day_of(record, "user"));
      table.row({user ? app.user_name(*user) : std::string(), app.local_date(day_of(record, "from")),
                 app.local_date(day_of(record, "until")), app.value_label("absence", "kind", day_of(record, "kind")),
                 record.view.id.text()});
    }
    table.print(app.terminal);
  });
}

ExitCode show_holidays(App& app, bool all) {
  const auto records = days_to_come(app, "holiday", "date", all);
  return app.answer(as_json(records), [&] {
    if (records.empty()) return app.terminal.line(app.say("calendar_days.no_holidays"));
    Table table(
        {app.field_label("holiday", "date"), app.field_label("holiday", "kind"), app.field_label("holiday", "title")});
    for (const auto& record : records)
      table.row({app.local_date(day_of(record, "date")), app.value_label("holiday", "kind", day_of(record, "kind")),
                 harmless(day_of(record, "title"))});
    table.print(app.terminal);
  });
}

/// The given fields; the last day is the first where only that is said.
Json absence_fields(const AbsenceOptions& options, const Json& now) {
  Json body = Json::object();
  if (!options.from.empty()) body["from"] = typed_day(options.from, "--from");
  if (!options.until.empty()) body["until"] = typed_day(options.until, "--until");
  if (!options.kind.empty()) body["kind"] = options.kind;
  if (body.contains("from") && !body.contains("until") && !now.contains("until")) body["until"] = body["from"];
  auto after = now;
  after.update(body);
  if (string_or_empty(after, "until") < string_or_empty(after, "from"))
    throw ProblemError(ProblemCode::InvalidValue, {{"value", string_or_empty(after, "until")}}, "--until");
  return body;
}

ExitCode add_absence(App& app, const AbsenceOptions& options) {
  auto body = absence_fields(options, Json::object());
  body["user"] = find_person(app, options.person).text();
  const auto id = app.client().create("absence", {}, body);
  return app.answer(client::to_json(app.client().need(id)), [&] { app.terminal.line(id.text()); });
}

client::LocalRecord need_absence(App& app, const std::string& id) {
  auto record = app.client().need(record_id(id));
  if (record.view.collection != "absence") throw ProblemError(ProblemCode::RecordNotFound, {}, id);
  return record;
}

ExitCode edit_absence(App& app, const AbsenceOptions& options) {
  const auto record = need_absence(app, options.id);
  app.client().edit(record.view.id, absence_fields(options, record.view.body));
  return app.answer(client::to_json(app.client().need(record.view.id)),
                    [&] { app.terminal.line(record.view.id.text()); });
}

ExitCode remove_absence(App& app, const std::string& id) {
  const auto record = need_absence(app, id);
  app.client().remove(record.view.id);
  return app.answer({{"removed", record.view.id.text()}}, [&] { app.terminal.line(app.say("calendar_days.removed")); });
}

/// The entry of a day; two devices may both have made one.
std::vector<client::LocalRecord> holidays_on(App& app, const std::string& day) {
  auto records = app.client().list("holiday");
  std::erase_if(records, [&](const auto& record) { return day_of(record, "date") != day; });
  return records;
}

ExitCode add_holiday(App& app, const HolidayOptions& options) {
  const auto day = typed_day(options.day, "day");
  Json body{{"kind", options.working ? "working_day" : "day_off"}};
  if (!options.title.empty()) body["title"] = options.title;
  const auto known = holidays_on(app, day);
  Uuid id;
  if (known.empty()) {
    body["date"] = day;
    id = app.client().create("holiday", {}, body);
  } else {
    id = known.front().view.id;
    app.client().edit(id, body);
  }
  return app.answer(client::to_json(app.client().need(id)), [&] {
    app.terminal.line(app.local_date(day) + "  " + app.value_label("holiday", "kind", string_or_empty(body, "kind")));
  });
}

ExitCode remove_holiday(App& app, const HolidayOptions& options) {
  const auto day = typed_day(options.day, "day");
  const auto known = holidays_on(app, day);
  if (known.empty()) throw ProblemError(ProblemCode::RecordNotFound, {}, day);
  for (const auto& record : known) app.client().remove(record.view.id);
  return app.answer({{"removed", day}}, [&] { app.terminal.line(app.say("calendar_days.removed")); });
}

CLI::Option* kind_option(Commands& commands, CLI::App* command, AbsenceOptions& options) {
  return commands.option(command, "--kind", options.kind, "calendar_days.kind")
      ->check(CLI::IsMember({"vacation", "business_trip", "training", "other"}));
}

void add_absences(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<AbsenceOptions>();
  auto* all = commands.add("absences", "calendar_days.absences");
  commands.option(all, "--person", options->person, "programme.rep");
  commands.flag(all, "--all", options->all, "calendar_days.all");
  commands.runs(all, [&app, options] { return show_absences(app, *options); });

  auto* absence = commands.add("absence", "calendar_days.absence");
  absence->require_subcommand(1);
  auto* adding = commands.add("add", "calendar_days.absence_add", absence);
  commands.option(adding, "person", options->person, "programme.rep")->required();
  commands.option(adding, "--from", options->from, "calendar_days.from")->required();
  commands.option(adding, "--until", options->until, "calendar_days.until");
  kind_option(commands, adding, *options);
  commands.runs(adding, [&app, options] { return add_absence(app, *options); });

  auto* editing = commands.add("edit", "calendar_days.absence_edit", absence);
  commands.option(editing, "id", options->id, "calendar_days.id")->required();
  commands.option(editing, "--from", options->from, "calendar_days.from");
  commands.option(editing, "--until", options->until, "calendar_days.until");
  kind_option(commands, editing, *options);
  commands.runs(editing, [&app, options] { return edit_absence(app, *options); });

  auto* removing = commands.add("remove", "calendar_days.absence_remove", absence);
  commands.option(removing, "id", options->id, "calendar_days.id")->required();
  commands.runs(removing, [&app, options] { return remove_absence(app, options->id); });
}

void add_holidays(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<HolidayOptions>();
  auto* all = commands.add("holidays", "calendar_days.holidays");
  commands.flag(all, "--all", options->all, "calendar_days.all");
  commands.runs(all, [&app, options] { return show_holidays(app, options->all); });

  auto* holiday = commands.add("holiday", "calendar_days.holiday");
  holiday->require_subcommand(1);
  auto* adding = commands.add("add", "calendar_days.holiday_add", holiday);
  commands.option(adding, "day", options->day, "calendar_days.day")->required();
  commands.option(adding, "--title", options->title, "calendar_days.title");
  commands.flag(adding, "--working", options->working, "calendar_days.working");
  commands.runs(adding, [&app, options] { return add_holiday(app, *options); });

  auto* removing = commands.add("remove", "calendar_days.holiday_remove", holiday);
  commands.option(removing, "day", options->day, "calendar_days.day")->required();
  commands.runs(removing, [&app, options] { return remove_holiday(app, *options); });
}

}  // namespace

void add_calendar_day_commands(Commands& commands) {
  add_absences(commands);
  add_holidays(commands);
}

}  // namespace anketa::cli
