// calls, call, visits, visit …, calendar …: from the telephone to the meeting (R9, R20).
#include "anketa/programme.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/anketa/programme_query.hpp"

namespace anketa::cli {
namespace {

struct CallOptions {
  std::string client, outcome, back_at, note, campaign;
};

struct VisitOptions {
  std::string client, at, place, purpose, kind = "questionnaire", campaign;
  int minutes = 60;
  bool informal = false;
};

client::VisitPlan plan_of(App& app, const VisitOptions& options) {
  client::VisitPlan plan;
  plan.at = typed_time(options.at, "--at");
  plan.minutes = options.minutes;
  plan.place = options.place;
  plan.purpose = options.purpose;
  plan.kind = options.kind;
  plan.informal = options.informal;
  if (!options.campaign.empty()) plan.campaign = find_campaign(app, options.campaign);
  return plan;
}

/// The campaign that is meant; none where there is none at all.
std::optional<Uuid> campaign_of(App& app, const std::string& typed) {
  if (typed.empty() && app.client().list("campaign").empty()) return std::nullopt;
  return find_campaign(app, typed);
}

struct WhomToCall {
  std::string name, phone;
};

/// The main contact, else a key person who is still there and has a telephone, else the company's own number.
WhomToCall whom_to_call(App& app, const Uuid& id) {
  const auto client = app.client().get(id);
  if (!client) return {};
  const auto main = string_or_empty(client->view.body, "main_contact");
  WhomToCall found{{}, string_or_empty(client->view.body, "phone")};
  app.client().each("contact", id, [&](const client::LocalRecord& contact) {
    const auto& body = contact.view.body;
    const auto phone = string_or_empty(body, "phone");
    const bool is_main = contact.view.id.text() == main;
    if (string_or_empty(body, "state") == "left" || (phone.empty() && !is_main)) return true;
    if (found.name.empty() || is_main) found = {string_or_empty(body, "name"), phone.empty() ? found.phone : phone};
    return !is_main;
  });
  return found;
}

ExitCode list_calls(App& app, const ProgrammeQuery& query, bool script) {
  const auto json = programme_report(app, "calls", query);
  return app.answer(json, [&] {
    print_campaign(app, json);
    if (script)
      app.terminal.line("\n" + harmless(string_or_empty(json.at("script"), text::code(app.language()))) + "\n");
    Table table({app.say("clients.name"), app.say("call.whom"), app.say("call.phone"), app.say("campaign.rep"),
                 app.say("call.attempts"), app.say("call.outcome"), app.say("call.back_at")});
    table.align_right(4);
    for (const auto& one : json.at("items")) {
      const auto& last = one.at("last");
      const bool called = last.is_object();
      const auto whom = whom_to_call(app, Uuid::from(one.at("client").at("id").get<std::string>()));
      table.row({reference_name(one.at("client")), harmless(whom.name), harmless(whom.phone),
                 reference_name(one.at("rep")), one.at("attempts").dump(),
                 called ? app.named("call_outcome", string_or_empty(last, "outcome")) : std::string("—"),
                 called ? shown_time(app, last.at("call_back_at")) : std::string("—")});
    }
    table.print(app.terminal);
    app.terminal.line(app.counted("clients.count", json.at("total").get<std::uint64_t>()));
  });
}

ExitCode note_call(App& app, const CallOptions& call, const VisitOptions& visit) {
  client::CallNote note;
  note.client = find_client(app, call.client).view.id;
  note.outcome = call.outcome;
  note.note = call.note;
  note.campaign = campaign_of(app, call.campaign);
  // Said by the option's name, as it is typed.
  if (note.outcome == "call_back" && call.back_at.empty())
    throw ProblemError(ProblemCode::RequiredMissing, {}, "--back-at");
  if (note.outcome == "booked" && visit.at.empty()) throw ProblemError(ProblemCode::RequiredMissing, {}, "--at");
  if (!call.back_at.empty()) note.call_back_at = typed_time(call.back_at, "--back-at");
  if (!visit.at.empty()) note.visit = plan_of(app, visit);
  const auto logged = client::log_call(app.client(), note);
  return app.answer(
      {{"call", logged.call.text()}, {"visit", logged.visit ? Json(logged.visit->text()) : Json(nullptr)}}, [&] {
        app.terminal.line(app.named("call_outcome", call.outcome));
        if (logged.visit) app.terminal.line(app.say("visit.booked", {{"id", logged.visit->text()}}));
      });
}

struct VisitList {
  std::string rep, client;
  bool all = false;
};

ExitCode list_visits(App& app, const VisitList& options) {
  auto& client = app.client();
  const auto account = client.account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  const auto whose = options.rep.empty() ? account->user : find_person(app, options.rep);
  std::optional<Scope> scope;
  if (!options.client.empty()) scope = find_client(app, options.client).view.id;
  auto visits = client.list("visit", scope);
  std::erase_if(visits, [&](const client::LocalRecord& visit) {
    const auto& body = visit.view.body;
    return (!scope && string_or_empty(body, "rep") != whose.text()) ||
           (!options.all && string_or_empty(body, "status") != "booked");
  });
  std::sort(visits.begin(), visits.end(), [](const auto& a, const auto& b) {
    return a.view.body.value("at", Instant{0}) < b.view.body.value("at", Instant{0});
  });
  Json json = Json::array();
  for (const auto& visit : visits) json.push_back(client::to_json(visit));
  return app.answer(json, [&] {
    if (visits.empty()) return app.terminal.line(app.say("visit.none"));
    Table table(
        {app.say("visit.at"), app.say("clients.name"), app.say("visit.place"), app.say("campaign.status"), "id"});
    for (const auto& visit : visits) {
      const auto of = client.get(visit.view.scope);
      table.row({app.local_time(visit.view.body.value("at", Instant{0})),
                 of ? harmless(string_or_empty(of->view.body, "name")) : std::string(),
                 harmless(string_or_empty(visit.view.body, "place")),
                 app.named("visit_status", string_or_empty(visit.view.body, "status")), visit.view.id.text()});
    }
    table.print(app.terminal);
  });
}

ExitCode book(App& app, const VisitOptions& options) {
  auto plan = plan_of(app, options);
  if (!plan.campaign) plan.campaign = campaign_of(app, {});
  const auto id = client::book_visit(app.client(), find_client(app, options.client).view.id, plan);
  return app.answer(client::to_json(app.client().need(id)), [&] {
    app.terminal.line(app.say("visit.booked", {{"id", id.text()}}));
  });
}

struct VisitEnd {
  std::string id;
  bool offer = false, no_offer = false;
};

ExitCode end(App& app, const VisitEnd& how, bool held) {
  const auto id = record_id(how.id);
  const auto offer = how.offer ? std::optional(true) : how.no_offer ? std::optional(false) : std::nullopt;
  client::end_visit(app.client(), id, held, offer);
  return app.answer(client::to_json(app.client().need(id)),
                    [&] { app.terminal.line(app.named("visit_status", held ? "held" : "cancelled")); });
}

ExitCode export_calendar(App& app, const std::string& file, const std::string& rep) {
  const auto whose = rep.empty() ? std::nullopt : std::optional(find_person(app, rep));
  const auto calendar = client::visits_calendar(app.client(), app.language(), whose);
  write_file(file, calendar);
  return app.answer({{"file", file}, {"bytes", calendar.size()}}, [&] {
    app.terminal.line(app.say("calendar.written", {{"file", file}}));
  });
}

ExitCode calendar_address(App& app, bool renew, bool remove) {
  if (remove) {
    app.request("DELETE", "/v1/calendar");
    return app.answer({{"made_at", nullptr}}, [&] { app.terminal.line(app.say("calendar.removed")); });
  }
  if (!renew) {
    const auto state = app.read("/v1/calendar");
    return app.answer(state, [&] {
      const auto& made = state.at("made_at");
      app.terminal.line(made.is_null() ? app.say("calendar.no_address")
                                       : app.say("calendar.has_address", {{"at", shown_time(app, made)}}));
    });
  }
  auto made = app.request("POST", "/v1/calendar");
  made["address"] = app.client().account()->server + string_or_empty(made, "path");
  return app.answer(made, [&] {
    app.terminal.line(string_or_empty(made, "address"));
    app.terminal.note(app.say("calendar.secret"));
  });
}

void add_visit_options(Commands& commands, CLI::App* command, VisitOptions& visit) {
  commands.option(command, "--minutes", visit.minutes, "visit.minutes")->check(CLI::Range(1, 24 * 60));
  commands.option(command, "--place", visit.place, "visit.place");
  commands.option(command, "--purpose", visit.purpose, "visit.purpose");
  commands.option(command, "--kind", visit.kind, "visit.kind")
      ->check(CLI::IsMember({"questionnaire", "follow_up", "meeting"}));
  commands.flag(command, "--informal", visit.informal, "visit.informal");
}

void add_calls(Commands& commands) {
  auto& app = commands.app();
  const auto query = std::make_shared<ProgrammeQuery>();
  const auto script = std::make_shared<bool>(false);
  auto* all = commands.add("calls", "call.list");
  add_programme_options(commands, all, *query);
  add_rep_option(commands, all, *query);
  add_segment_option(commands, all, *query);
  commands.flag(all, "--script", *script, "call.script");
  commands.runs(all, [&app, query, script] { return list_calls(app, *query, *script); });

  const auto call = std::make_shared<CallOptions>();
  const auto visit = std::make_shared<VisitOptions>();
  auto* one = commands.add("call", "call.command");
  commands.option(one, "client", call->client, "client.which")->required();
  commands.option(one, "outcome", call->outcome, "call.outcome")
      ->required()
      ->check(CLI::IsMember({"no_answer", "call_back", "refused", "booked"}));
  commands.option(one, "--back-at", call->back_at, "call.back_at");
  commands.option(one, "--at", visit->at, "call.visit_at");
  add_visit_options(commands, one, *visit);
  commands.option(one, "--note", call->note, "call.note");
  commands.option(one, "--campaign", call->campaign, "programme.campaign");
  commands.runs(one, [&app, call, visit] { return note_call(app, *call, *visit); });
}

void add_visits(Commands& commands) {
  auto& app = commands.app();
  const auto query = std::make_shared<VisitList>();
  auto* all = commands.add("visits", "visit.list");
  commands.option(all, "--rep", query->rep, "programme.rep");
  commands.option(all, "--client", query->client, "record.client");
  commands.flag(all, "--all", query->all, "visit.all");
  commands.runs(all, [&app, query] { return list_visits(app, *query); });

  auto* visit = commands.add("visit", "visit.command");
  visit->require_subcommand(1);
  const auto plan = std::make_shared<VisitOptions>();
  auto* booking = commands.add("book", "visit.book", visit);
  commands.option(booking, "client", plan->client, "client.which")->required();
  commands.option(booking, "--at", plan->at, "visit.at")->required();
  add_visit_options(commands, booking, *plan);
  commands.option(booking, "--campaign", plan->campaign, "programme.campaign");
  commands.runs(booking, [&app, plan] { return book(app, *plan); });

  const auto held = std::make_shared<VisitEnd>();
  auto* holding = commands.add("held", "visit.held", visit);
  commands.option(holding, "id", held->id, "record.id")->required();
  auto* offer = commands.flag(holding, "--offer", held->offer, "visit.offer");
  commands.flag(holding, "--no-offer", held->no_offer, "visit.no_offer")->excludes(offer);
  commands.runs(holding, [&app, held] { return end(app, *held, true); });

  const auto cancelled = std::make_shared<VisitEnd>();
  auto* cancelling = commands.add("cancel", "visit.cancel", visit);
  commands.option(cancelling, "id", cancelled->id, "record.id")->required();
  commands.runs(cancelling, [&app, cancelled] { return end(app, *cancelled, false); });
}

void add_calendar(Commands& commands) {
  auto& app = commands.app();
  auto* calendar = commands.add("calendar", "calendar.command");
  calendar->require_subcommand(1);
  const auto file = std::make_shared<std::string>(), rep = std::make_shared<std::string>();
  auto* exporting = commands.add("export", "calendar.export", calendar);
  commands.option(exporting, "file", *file, "calendar.file")->required();
  commands.option(exporting, "--rep", *rep, "programme.rep");
  commands.runs(exporting, [&app, file, rep] { return export_calendar(app, *file, *rep); });

  const auto renew = std::make_shared<bool>(false), remove = std::make_shared<bool>(false);
  auto* address = commands.add("address", "calendar.address", calendar);
  auto* renewing = commands.flag(address, "--renew", *renew, "calendar.renew");
  commands.flag(address, "--remove", *remove, "calendar.remove")->excludes(renewing);
  commands.runs(address, [&app, renew, remove] { return calendar_address(app, *renew, *remove); });
}

}  // namespace

void add_call_commands(Commands& commands) {
  add_calls(commands);
  add_visits(commands);
  add_calendar(commands);
}

}  // namespace anketa::cli
