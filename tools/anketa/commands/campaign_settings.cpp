// campaign create | edit: dates, whose clients, staff, norms, cadence of a pass (R3, R4, R8, R20).
#include "anketa/programme.hpp"
#include "shared/programme/campaign_staff.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

struct Settings {
  std::string campaign, title, from, until, script_ru, script_en;
  std::vector<std::string> segments, regions, cities, industries, key_statuses, with, without, staff, leave, any;
  int norm_part = 0, norm_full = 0, ordinary_months = 0, key_months = 0, top_months = 0, percent = 0;
  bool paused_count = false, paused_do_not_count = false;
};

/// Options that narrow the choice of clients, and the fields they set.
constexpr std::array<std::pair<const char*, const char*>, 7> filters{{{"segment", "segments"},
                                                                      {"region", "regions"},
                                                                      {"city", "cities"},
                                                                      {"industry", "industries"},
                                                                      {"key-status", "key_statuses"},
                                                                      {"with", "with"},
                                                                      {"without", "without"}}};

void put_set(Json& filter, const char* name, std::vector<std::string> values) {
  if (values.empty()) return;
  std::sort(values.begin(), values.end());
  filter[name] = values;
}

std::vector<std::string> client_ids(App& app, const std::vector<std::string>& typed) {
  std::vector<std::string> ids;
  for (const auto& one : typed) ids.push_back(find_client(app, one).view.id.text());
  return ids;
}

/// "ivanova=full"; without a share part-time.
void put_staff(App& app, programme::StaffList& staff, const std::string& typed) {
  const auto sign = typed.rfind('=');
  staff.put(find_person(app, typed.substr(0, sign)), sign == std::string::npos ? "part" : typed.substr(sign + 1));
}

Json filter_from(App& app, const Settings& settings) {
  Json filter = Json::object();
  put_set(filter, "segments", settings.segments);
  put_set(filter, "regions", settings.regions);
  put_set(filter, "cities", settings.cities);
  put_set(filter, "industries", settings.industries);
  put_set(filter, "key_statuses", settings.key_statuses);
  put_set(filter, "with", client_ids(app, settings.with));
  put_set(filter, "without", client_ids(app, settings.without));
  for (const auto& [option, field] : filters)
    if (std::find(settings.any.begin(), settings.any.end(), option) != settings.any.end()) filter[field] = nullptr;
  return filter;
}

Json staff_from(App& app, const Settings& settings, const Json& now) {
  programme::StaffList staff(now, app.environment());
  for (const auto& one : settings.staff) put_staff(app, staff, one);
  for (const auto& one : settings.leave) staff.take_out(find_person(app, one));
  return staff.changes();
}

/// The fields that were given. `now`: the campaign as it is; an empty object for a new one.
Json body_of(App& app, const Settings& settings, const Json& now) {
  Json body = Json::object();
  const auto put = [&body](const char* group, const char* field, int value) {
    if (value > 0) body[group][field] = value;
  };
  if (!settings.title.empty()) body["title"] = settings.title;
  if (!settings.from.empty()) body["from"] = typed_day(settings.from, "--from");
  if (!settings.until.empty()) body["until"] = typed_day(settings.until, "--until");
  if (auto filter = filter_from(app, settings); !filter.empty()) body["filter"] = std::move(filter);
  if (auto staff = staff_from(app, settings, now.value("staff", Json::object())); !staff.empty())
    body["staff"] = std::move(staff);
  put("norm", "part", settings.norm_part);
  put("norm", "full", settings.norm_full);
  put("cadence", "ordinary_months", settings.ordinary_months);
  put("cadence", "key_months", settings.key_months);
  put("cadence", "top_months", settings.top_months);
  put("pareto", "percent", settings.percent);
  if (settings.paused_count) body["paused_counts"] = true;
  if (settings.paused_do_not_count) body["paused_counts"] = false;
  if (!settings.script_ru.empty()) body["script"]["ru"] = read_file(settings.script_ru);
  if (!settings.script_en.empty()) body["script"]["en"] = read_file(settings.script_en);
  return body;
}

ExitCode create(App& app, const Settings& settings) {
  const auto id = client::create_campaign(app.client(), body_of(app, settings, Json::object()));
  return app.answer(client::to_json(app.client().need(id)), [&] { app.terminal.line(id.text()); });
}

ExitCode edit(App& app, const Settings& settings) {
  const auto id = find_campaign(app, settings.campaign);
  const auto wanted = body_of(app, settings, app.client().need(id).view.body);
  if (wanted.empty()) throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.campaign.nothing_to_change"}});
  const auto changes = client::edit_campaign(app.client(), id, wanted);
  return app.answer(client::to_json(app.client().need(id)),
                    [&] { app.terminal.line(app.say(changes > 0 ? "campaign.changed" : "campaign.unchanged")); });
}

void add_settings(Commands& commands, CLI::App* command, Settings& settings) {
  commands.option(command, "--segment", settings.segments, "campaign.segment");
  commands.option(command, "--region", settings.regions, "campaign.region");
  commands.option(command, "--city", settings.cities, "campaign.city");
  commands.option(command, "--industry", settings.industries, "campaign.industry");
  commands.option(command, "--key-status", settings.key_statuses, "campaign.key_status")
      ->check(CLI::IsMember({"ordinary", "key", "top"}));
  commands.option(command, "--with", settings.with, "campaign.with");
  commands.option(command, "--without", settings.without, "campaign.without");
  commands.option(command, "--staff", settings.staff, "campaign.staff");
  commands.option(command, "--norm-part", settings.norm_part, "campaign.norm_part")->check(CLI::Range(1, 1000));
  commands.option(command, "--norm-full", settings.norm_full, "campaign.norm_full")->check(CLI::Range(1, 1000));
  auto* never =
      commands.flag(command, "--paused-do-not-count", settings.paused_do_not_count, "campaign.paused_do_not_count");
  commands.flag(command, "--paused-count", settings.paused_count, "campaign.paused_count")->excludes(never);
  for (const auto& [name, months] :
       {std::pair{"ordinary", &settings.ordinary_months}, {"key", &settings.key_months}, {"top", &settings.top_months}})
    commands.option(command, std::string("--") + name + "-months", *months, std::string("campaign.months_") + name)
        ->check(CLI::Range(1, 120));
  commands.option(command, "--percent", settings.percent, "campaign.percent")->check(CLI::Range(1, 100));
}

}  // namespace

void add_campaign_settings(Commands& commands, CLI::App* campaign) {
  auto& app = commands.app();
  const auto made = std::make_shared<Settings>();
  auto* creating = commands.add("create", "campaign.create", campaign);
  commands.option(creating, "title", made->title, "campaign.title")->required();
  commands.option(creating, "--from", made->from, "campaign.from")->required();
  commands.option(creating, "--until", made->until, "campaign.until")->required();
  add_settings(commands, creating, *made);
  commands.option(creating, "--script-ru", made->script_ru, "campaign.script_ru");
  commands.option(creating, "--script-en", made->script_en, "campaign.script_en");
  commands.runs(creating, [&app, made] { return create(app, *made); });

  const auto changed = std::make_shared<Settings>();
  auto* editing = commands.add("edit", "campaign.edit", campaign);
  commands.option(editing, "campaign", changed->campaign, "programme.campaign");
  commands.option(editing, "--title", changed->title, "campaign.title");
  commands.option(editing, "--from", changed->from, "campaign.from");
  commands.option(editing, "--until", changed->until, "campaign.until");
  add_settings(commands, editing, *changed);
  commands.option(editing, "--staff-leaves", changed->leave, "campaign.staff_leaves");
  std::vector<std::string> names;
  for (const auto& filter : filters) names.emplace_back(filter.first);
  commands.option(editing, "--any", changed->any, "campaign.any")->check(CLI::IsMember(names));
  commands.runs(editing, [&app, changed] { return edit(app, *changed); });
}

}  // namespace anketa::cli
