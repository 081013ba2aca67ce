// campaigns, campaign …: a pass over the clients, its individual lists and suggestions (R3-R5).
#include "anketa/programme.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

ExitCode show_all(App& app) {
  const auto json = client::programme_report(app.client(), "campaigns", {}, app.offset_minutes());
  return app.answer(json, [&] {
    if (json.at("items").empty()) return app.terminal.line(app.say("campaign.no_campaigns"));
    Table table(
        {app.say("campaign.title"), app.say("campaign.from"), app.say("campaign.until"), app.say("campaign.status")});
    for (const auto& one : json.at("items"))
      table.row({harmless(string_or_empty(one, "title")), shown_day(app, one.at("from")),
                 shown_day(app, one.at("until")), app.named("campaign_status", string_or_empty(one, "status"))});
    table.print(app.terminal);
  });
}

ExitCode show(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "campaign", query);
  return app.answer(json, [&] {
    print_campaign(app, json);
    app.terminal.line(app.say("campaign.summary", {{"clients", json.at("clients").dump()},
                                                   {"listed", json.at("listed").dump()},
                                                   {"without_rep", json.at("without_rep").dump()},
                                                   {"days", json.at("working_days").dump()},
                                                   {"part", json.at("norms").at("part").dump()},
                                                   {"full", json.at("norms").at("full").dump()}}));
    Table table({app.say("campaign.rep"), app.say("campaign.share"), app.say("campaign.clients"),
                 app.say("campaign.capacity"), app.say("campaign.covered")});
    for (const std::size_t column : {2U, 3U, 4U}) table.align_right(column);
    for (const auto& one : json.at("staff"))
      table.row({reference_name(one.at("user")), app.named("share", string_or_empty(one, "share")),
                 one.at("clients").dump(), one.at("capacity").dump(), one.at("covered").dump()});
    table.print(app.terminal);
    if (const auto left = json.at("left_behind").get<std::uint64_t>(); left > 0)
      app.terminal.line(app.counted("campaign.left_behind", left));
  });
}

ExitCode lists(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "lists", query);
  return app.answer(json, [&] {
    print_campaign(app, json);
    Table table({app.say("clients.name"), app.say("clients.city"), app.say("campaign.rep"), app.say("campaign.state"),
                 app.say("campaign.relation"), app.say("campaign.visit")});
    for (const auto& one : json.at("items"))
      table.row({reference_name(one.at("client")), harmless(string_or_empty(one, "city")),
                 reference_name(one.at("rep")), app.named("coverage", string_or_empty(one, "coverage")),
                 app.named("relation", string_or_empty(one, "relation")), shown_time(app, one.at("visit_at"))});
    table.print(app.terminal);
    app.terminal.line(app.counted("clients.count", json.at("total").get<std::uint64_t>()));
  });
}

ExitCode set_status(App& app, const std::string& typed, const char* status) {
  const auto id = find_campaign(app, typed);
  app.client().edit(id, {{"status", status}});
  return app.answer(client::to_json(app.client().need(id)),
                    [&] { app.terminal.line(app.named("campaign_status", status)); });
}

struct ScriptFiles {
  std::string campaign, ru, en;
};

ExitCode script(App& app, const ScriptFiles& files) {
  const auto id = find_campaign(app, files.campaign);
  Json texts = Json::object();
  if (!files.ru.empty()) texts["ru"] = read_file(files.ru);
  if (!files.en.empty()) texts["en"] = read_file(files.en);
  if (!texts.empty()) app.client().edit(id, {{"script", texts}});
  const auto now = app.client().need(id).view.at("script");
  return app.answer(now, [&] { app.terminal.line(harmless(string_or_empty(now, text::code(app.language())))); });
}

ExitCode split(App& app, const std::string& typed) {
  const auto outcome = client::split_campaign(app.client(), find_campaign(app, typed), app.offset_minutes());
  return app.answer(programme::to_json(outcome), [&] {
    app.terminal.line(app.say("campaign.split", {{"listed", std::to_string(outcome.listed)},
                                                 {"clients", std::to_string(outcome.clients)},
                                                 {"moved", std::to_string(outcome.moved)},
                                                 {"suggestions", std::to_string(outcome.suggestions)}}));
  });
}

ExitCode suggestions(App& app, const ProgrammeQuery& query) {
  const auto json = programme_report(app, "suggestions", query);
  return app.answer(json, [&] {
    print_campaign(app, json);
    Table table({app.say("clients.name"), app.say("campaign.giver"), app.say("campaign.taker"),
                 app.say("campaign.reason"), app.say("campaign.status"), "id"});
    for (const auto& one : json.at("items"))
      table.row({reference_name(one.at("client")), reference_name(one.at("from")), reference_name(one.at("to")),
                 app.named("reassignment_reason", string_or_empty(one, "reason")),
                 app.named("reassignment_status", string_or_empty(one, "status")), string_or_empty(one, "id")});
    table.print(app.terminal);
  });
}

struct Judgement {
  std::string client, relation, campaign;
};

ExitCode judge(App& app, const Judgement& judgement) {
  const auto made =
      client::judge_relation(app.client(), find_campaign(app, judgement.campaign),
                             find_client(app, judgement.client).view.id, judgement.relation, app.offset_minutes());
  return app.answer({{"suggestion", made ? Json(made->text()) : Json(nullptr)}}, [&] {
    app.terminal.line(made ? app.say("campaign.suggested", {{"id", made->text()}}) : app.say("campaign.not_suggested"));
  });
}

struct Move {
  std::string client, person, campaign;
  bool with_responsibility = false;
};

ExitCode move_client(App& app, const Move& move) {
  const auto campaign = find_campaign(app, move.campaign);
  const auto record = find_client(app, move.client);
  const auto person = find_person(app, move.person);
  client::move_client(app.client(), campaign, record.view.id, person, move.with_responsibility);
  return app.answer({{"client", record.view.id.text()}, {"rep", person.text()}}, [&] {
    app.terminal.line(app.say("campaign.moved", {{"client", harmless(string_or_empty(record.view.body, "name"))},
                                                 {"person", app.user_name(person)}}));
  });
}

struct Decision {
  std::string suggestion, to;
};

ExitCode decide(App& app, const Decision& decision, bool accept) {
  const auto id = record_id(decision.suggestion);
  client::decide_suggestion(app.client(), id, accept,
                            decision.to.empty() ? std::nullopt : std::optional(find_person(app, decision.to)));
  return app.answer(client::to_json(app.client().need(id)),
                    [&] { app.terminal.line(app.named("reassignment_status", accept ? "accepted" : "declined")); });
}

struct Cost {
  std::string title, amount, on, campaign;
};

/// "1500" or "1500,50" or "1500.50", in minor units. Throws ProblemError(InvalidValue).
std::int64_t minor_units(const std::string& typed) {
  const ProblemError wrong(ProblemCode::InvalidValue, {{"value", excerpt(typed)}}, "amount");
  std::int64_t amount = 0;
  int decimals = -1;
  for (const char c : typed) {
    if ((c == '.' || c == ',') && decimals < 0 && amount >= 0 && typed.front() != c) {
      decimals = 0;
      continue;
    }
    if (c < '0' || c > '9' || decimals == 2 || amount > 1'000'000'000'000'000) throw wrong;
    amount = amount * 10 + (c - '0');
    if (decimals >= 0) ++decimals;
  }
  if (typed.empty()) throw wrong;
  for (int i = decimals < 0 ? 0 : decimals; i < 2; ++i) amount *= 10;
  return amount;
}

ExitCode add_cost(App& app, const Cost& cost) {
  Json body{{"campaign", find_campaign(app, cost.campaign).text()},
            {"title", cost.title},
            {"amount", minor_units(cost.amount)}};
  if (!cost.on.empty()) body["on"] = typed_day(cost.on, "--on");
  const auto id = app.client().create("campaign_cost", {}, body);
  return app.answer(client::to_json(app.client().need(id)), [&] { app.terminal.line(id.text()); });
}

void add_work(Commands& commands, CLI::App* campaign) {
  auto& app = commands.app();
  for (const auto& [name, status] : {std::pair{"start", "running"}, {"finish", "finished"}}) {
    const auto which = std::make_shared<std::string>();
    auto* command = commands.add(name, "campaign." + std::string(name), campaign);
    commands.option(command, "campaign", *which, "programme.campaign");
    commands.runs(command, [&app, which, status = status] { return set_status(app, *which, status); });
  }
  const auto files = std::make_shared<ScriptFiles>();
  auto* scripting = commands.add("script", "campaign.script", campaign);
  commands.option(scripting, "campaign", files->campaign, "programme.campaign");
  commands.option(scripting, "--ru", files->ru, "campaign.script_ru");
  commands.option(scripting, "--en", files->en, "campaign.script_en");
  commands.runs(scripting, [&app, files] { return script(app, *files); });

  const auto to_split = std::make_shared<std::string>();
  auto* splitting = commands.add("split", "campaign.split", campaign);
  commands.option(splitting, "campaign", *to_split, "programme.campaign");
  commands.runs(splitting, [&app, to_split] { return split(app, *to_split); });

  const auto cost = std::make_shared<Cost>();
  auto* costing = commands.add("cost", "campaign.cost", campaign);
  commands.option(costing, "title", cost->title, "campaign.cost_title")->required();
  commands.option(costing, "amount", cost->amount, "campaign.cost_amount")->required();
  commands.option(costing, "--on", cost->on, "campaign.cost_on");
  commands.option(costing, "--campaign", cost->campaign, "programme.campaign");
  commands.runs(costing, [&app, cost] { return add_cost(app, *cost); });
}

void add_suggestions(Commands& commands, CLI::App* campaign) {
  auto& app = commands.app();
  const auto query = std::make_shared<ProgrammeQuery>();
  auto* listing = commands.add("suggestions", "campaign.suggestions", campaign);
  add_programme_options(commands, listing, *query);
  commands.runs(listing, [&app, query] { return suggestions(app, *query); });

  const auto judgement = std::make_shared<Judgement>();
  auto* judging = commands.add("relation", "campaign.relation", campaign);
  commands.option(judging, "client", judgement->client, "client.which")->required();
  commands.option(judging, "relation", judgement->relation, "campaign.relation_is")
      ->required()
      ->check(CLI::IsMember({"good", "unsure", "monopolised"}));
  commands.option(judging, "--campaign", judgement->campaign, "programme.campaign");
  commands.runs(judging, [&app, judgement] { return judge(app, *judgement); });

  const auto move = std::make_shared<Move>();
  auto* moving = commands.add("move", "campaign.move", campaign);
  commands.option(moving, "client", move->client, "client.which")->required();
  commands.option(moving, "person", move->person, "programme.rep")->required();
  commands.flag(moving, "--owner", move->with_responsibility, "campaign.move_owner");
  commands.option(moving, "--campaign", move->campaign, "programme.campaign");
  commands.runs(moving, [&app, move] { return move_client(app, *move); });

  const auto accepted = std::make_shared<Decision>();
  auto* accepting = commands.add("accept", "campaign.accept", campaign);
  commands.option(accepting, "suggestion", accepted->suggestion, "campaign.suggestion")->required();
  commands.option(accepting, "--to", accepted->to, "campaign.to");
  commands.runs(accepting, [&app, accepted] { return decide(app, *accepted, true); });

  const auto declined = std::make_shared<Decision>();
  auto* declining = commands.add("decline", "campaign.decline", campaign);
  commands.option(declining, "suggestion", declined->suggestion, "campaign.suggestion")->required();
  commands.runs(declining, [&app, declined] { return decide(app, *declined, false); });
}

}  // namespace

void add_campaign_commands(Commands& commands) {
  auto& app = commands.app();
  auto* all = commands.add("campaigns", "campaign.all");
  commands.runs(all, [&app] { return show_all(app); });

  auto* campaign = commands.add("campaign", "campaign.command");
  campaign->require_subcommand(1);
  add_campaign_settings(commands, campaign);
  const auto shown = std::make_shared<ProgrammeQuery>();
  auto* showing = commands.add("show", "campaign.show", campaign);
  add_programme_options(commands, showing, *shown);
  commands.runs(showing, [&app, shown] { return show(app, *shown); });
  const auto listed = std::make_shared<ProgrammeQuery>();
  auto* listing = commands.add("list", "campaign.list", campaign);
  add_programme_options(commands, listing, *listed);
  add_rep_option(commands, listing, *listed);
  add_segment_option(commands, listing, *listed);
  commands.option(listing, "--state", listed->state, "programme.coverage_state")
      ->check(CLI::IsMember({"done", "paused", "booked", "called", "untouched"}));
  commands.runs(listing, [&app, listed] { return lists(app, *listed); });
  add_work(commands, campaign);
  add_suggestions(commands, campaign);
}

}  // namespace anketa::cli
