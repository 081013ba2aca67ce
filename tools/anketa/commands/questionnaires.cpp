// fill, questionnaires, questionnaire show.
#include "shared/form/plain_answers.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/interview/interview.hpp"
#include "tools/anketa/lookup.hpp"
#include "tools/terminal/interrupt.hpp"

namespace anketa::cli {
namespace {

struct FillCommand {
  std::string client, answers, questionnaire;
  bool fresh = false, keep_open = false;
};

client::FillOptions fill_options(const App& app) {
  client::FillOptions options;
  options.language = text::code(app.language());
  options.offset_minutes = app.offset_minutes();
  return options;
}

/// The questionnaire to go on with: the latest of the user's own that is not finished. A paused one whose case is still
/// open is no reason to begin another.
std::optional<client::LocalRecord> unfinished(App& app, const Uuid& client) {
  std::optional<client::LocalRecord> latest;
  app.client().each("questionnaire", client, [&](const client::LocalRecord& record) {
    const auto status = form::fill_status(string_or_empty(record.view.body, "status"));
    if (status != form::FillStatus::Complete && status != form::FillStatus::CompleteAfterPause) latest = record;
    return true;
  });
  return latest;
}

client::Interview open_interview(App& app, const FillCommand& command) {
  auto& client = app.client();
  const auto options = fill_options(app);
  if (!command.questionnaire.empty()) return client.open_questionnaire(record_id(command.questionnaire), options);
  const auto whom = find_client(app, command.client);
  if (!command.fresh)
    if (const auto record = unfinished(app, whom.view.id)) return client.open_questionnaire(record->view.id, options);
  return client.start_questionnaire(whom.view.id, options);
}

Json outcome_json(const client::Interview& interview) {
  const auto& session = interview.session();
  const auto progress = session.progress();
  Json json{{"questionnaire", interview.questionnaire().text()},
            {"client", interview.client().text()},
            {"status", form::id(session.status())},
            {"gate", form::id(session.gate())},
            {"resume_point", session.resume_point()},
            {"answered", progress.answered},
            {"total", progress.total},
            {"missing", Json::array()}};
  for (const auto& gap : session.missing()) json["missing"].push_back(form::to_json(gap));
  return json;
}

/// Unattended: the answers of a file by the very same session rules.
ExitCode fill_from_file(App& app, client::Interview& interview, const FillCommand& command) {
  const auto plain = parse_json(read_file(command.answers));
  auto report = form::apply_plain_answers(interview.session(), plain);
  for (const auto& problem : interview.prefill_problems()) report.problems.push_back(problem);
  std::optional<form::FinishOutcome> outcome;
  if (!command.keep_open && report.problems.empty()) outcome = interview.finish();
  auto json = outcome_json(interview);
  json["applied"] = report.applied;
  json["problems"] = Json::array();
  for (const auto& problem : report.problems) json["problems"].push_back(problem.to_json(app.language()));
  const bool finished = outcome && outcome->done;
  const auto code = !report.problems.empty()          ? ExitCode::Invalid
                    : !finished && !command.keep_open ? ExitCode::NotNow
                                                      : ExitCode::Done;
  return app.answer(
      json,
      [&] {
        app.terminal.line(app.counted("fill.applied", report.applied));
        for (const auto& problem : report.problems) app.terminal.line(problem.what(app.language()));
        for (const auto& gap : interview.session().missing())
          app.terminal.line("  " + gap.number + " " + harmless(gap.label) + ": " + harmless(gap.message));
        app.terminal.line(app.say(
            "fill.status", {{"status", app.named("questionnaire_status", form::id(interview.session().status()))}}));
      },
      code);
}

ExitCode fill(App& app, const FillCommand& command) {
  if (command.client.empty() == command.questionnaire.empty())
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.fill.whom"}});
  if (command.answers.empty() && app.options.json)
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.fill.json_needs_answers"}});
  auto interview = open_interview(app, command);
  const auto status = interview.session().status();
  if (status == form::FillStatus::Complete || status == form::FillStatus::CompleteAfterPause)
    throw ProblemError(ProblemCode::AlreadyExists,
                       {{"reason", "cli.fill.finished"}, {"name", interview.questionnaire().text()}});
  if (status == form::FillStatus::Paused)
    if (const auto closed = interview.resume()) throw ProblemError(*closed);
  if (!command.answers.empty()) return fill_from_file(app, interview, command);
  InterviewScreen screen(app, interview);
  if (screen.run() == InterviewScreen::End::Finished) return ExitCode::Done;
  app.terminal.line(app.say("fill.stopped", {{"id", interview.questionnaire().text()}}));
  return interrupted() ? ExitCode::Interrupted : ExitCode::Done;
}

std::string client_name(App& app, const Uuid& client) {
  const auto record = app.client().get(client);
  return record ? harmless(string_or_empty(record->view.body, "name")) : std::string();
}

ExitCode list(App& app, const std::string& of_client) {
  std::optional<Scope> scope;
  if (!of_client.empty()) scope = find_client(app, of_client).view.id;
  const auto all = app.client().list("questionnaire", scope);
  Json json = Json::array();
  for (const auto& record : all) json.push_back(client::to_json(record));
  return app.answer(json, [&] {
    if (all.empty()) return app.terminal.line(app.say("questionnaires.none"));
    Table table({app.say("questionnaires.date"), app.say("clients.name"), app.say("questionnaires.status"),
                 app.say("questionnaires.sync"), "id"});
    for (const auto& record : all)
      table.row({app.local_date(string_or_empty(record.view.body, "date")), client_name(app, record.view.scope),
                 app.named("questionnaire_status", string_or_empty(record.view.body, "status")),
                 app.say(record.parked         ? "record.parked"
                         : record.unsynced > 0 ? "record.unsynced"
                                               : "record.synced"),
                 record.view.id.text()});
    table.print(app.terminal);
  });
}

void show_answers(App& app, const client::Interview& interview) {
  const auto& session = interview.session();
  for (const auto& section : session.sections()) {
    if (!section.relevant) continue;
    app.terminal.line();
    app.terminal.line(app.terminal.styled(section.number + ". " + harmless(section.label), Style::Bold));
    for (const auto& question : session.section_questions(section.name)) {
      if (!question.answered || question.type == form::RowType::Repeat || question.type == form::RowType::Note)
        continue;
      const auto number = question.number.empty() ? std::string("    ") : question.number + " ";
      app.terminal.line("  " + app.terminal.styled(number + harmless(question.label), Style::Dim));
      for (const auto& line :
           wrapped(harmless(question.value_text), std::max<std::size_t>(app.terminal.columns(), 40) - 8))
        app.terminal.line("      " + line);
    }
  }
}

ExitCode show(App& app, const std::string& id) {
  const auto interview = app.client().open_questionnaire(record_id(id), fill_options(app));
  const auto record = app.client().need(record_id(id));
  auto json = client::to_json(record);
  json["calculated"] = interview.session().calculated();
  json["relevant_answers"] = interview.session().relevant_answers();
  json["fill"] = outcome_json(interview);
  return app.answer(json, [&] {
    app.terminal.line(app.terminal.styled(client_name(app, record.view.scope), Style::Bold) + "  " +
                      app.local_date(string_or_empty(record.view.body, "date")) + "  " +
                      app.named("questionnaire_status", string_or_empty(record.view.body, "status")));
    show_answers(app, interview);
  });
}

}  // namespace

void add_questionnaire_commands(Commands& commands) {
  auto& app = commands.app();
  const auto filling = std::make_shared<FillCommand>();
  auto* fill_command = commands.add("fill", "fill.command");
  commands.option(fill_command, "client", filling->client, "fill.client");
  commands.option(fill_command, "--answers", filling->answers, "fill.answers");
  commands.option(fill_command, "--questionnaire", filling->questionnaire, "fill.questionnaire");
  commands.flag(fill_command, "--new", filling->fresh, "fill.new");
  commands.flag(fill_command, "--keep-open", filling->keep_open, "fill.keep_open");
  commands.runs(fill_command, [&app, filling] { return fill(app, *filling); });

  const auto of_client = std::make_shared<std::string>();
  auto* all = commands.add("questionnaires", "questionnaires.command");
  commands.option(all, "--client", *of_client, "record.client");
  commands.runs(all, [&app, of_client] { return list(app, *of_client); });

  auto* one = commands.add("questionnaire", "questionnaire.command");
  one->require_subcommand(1);
  const auto id = std::make_shared<std::string>();
  auto* showing = commands.add("show", "questionnaire.show", one);
  commands.option(showing, "id", *id, "record.id")->required();
  commands.runs(showing, [&app, id] { return show(app, *id); });
}

}  // namespace anketa::cli
