// Questionnaires: begun, answered with every answer committed, paused, resumed and finished (R6, R13, R18).
#include "anketa/client.hpp"
#include "client-core/api/answer_flow.hpp"
#include "client-core/api/parts.hpp"
#include "shared/form/quality_case.hpp"

namespace anketa::client {
namespace {

form::LocalTime local_time(ClientParts& parts, int offset_minutes) {
  return {parts.environment.now(), offset_minutes};
}

/// `talk_date`: of the talk's first part; a second one after a repair is still the same talk.
form::FillContext context_for(ClientParts& parts, const Uuid& client, const FillOptions& options,
                              const std::string& talk_date) {
  form::FillContext context;
  context.language = options.language;
  context.now = local_time(parts, options.offset_minutes);
  context.prefill = prefill_sources(parts, client, parts.need_account());
  context.prefill["range"] = range_source(parts, client, talk_date, options.offset_minutes, options.language);
  context.new_id = [&parts] { return Uuid::v7(parts.environment).text(); };
  return context;
}

/// Ops of the session as ops of the record.
std::vector<Op> as_record_ops(const std::vector<Op>& ops) {
  auto prefixed = ops;
  for (auto& op : prefixed) op.path = join_path("answers", op.path);
  return prefixed;
}

Op transition(form::FillStatus from, form::FillStatus to, Json facts) {
  return {OpKind::Transition,
          "status",
          {{"from", form::id(from)}, {"to", form::id(to)}, {"facts", std::move(facts)}},
          {},
          {}};
}

}  // namespace

struct Interview::Collected {
  bool collecting = false;
  std::vector<Op> ops;
};

/// Makes Interviews for Client. Ops of begin() and resume() are collected and committed with what belongs to them.
struct InterviewMaker {
  static Interview make(ClientParts& parts, const Uuid& questionnaire, const Uuid& client, const PinnedForm& pinned,
                        Json answers, form::FillContext context, std::shared_ptr<Interview::Collected> collected) {
    Interview interview;
    interview.parts_ = &parts;
    interview.questionnaire_ = questionnaire;
    interview.client_ = client;
    interview.form_ = pinned.form;
    interview.offset_minutes_ = context.now.offset_minutes;
    interview.collected_ = collected;
    const auto autosave = [&parts, questionnaire, collected](const std::vector<Op>& ops) {
      auto prefixed = as_record_ops(ops);
      if (collected->collecting)
        collected->ops.insert(collected->ops.end(), prefixed.begin(), prefixed.end());
      else
        commit(parts, {questionnaire, {}, {}, std::move(prefixed)});
    };
    interview.session_ =
        std::make_unique<form::FillSession>(pinned.form, std::move(answers), std::move(context), autosave);
    return interview;
  }
};

Interview Client::start_questionnaire(const Uuid& client, const FillOptions& options) {
  auto& parts = *parts_;
  const auto account = parts.need_account();
  if (need(client).view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, client.text());
  const auto pinned = template_to_start(parts, options.form);
  const auto today = form::date_text(local_time(parts, options.offset_minutes));
  auto context = context_for(parts, client, options, today);
  const auto id = Uuid::v7(parts.environment);
  auto collected = std::make_shared<Interview::Collected>();
  collected->collecting = true;
  auto interview = InterviewMaker::make(parts, id, client, pinned, Json::object(), std::move(context), collected);
  interview.session_->begin();
  collected->collecting = false;
  Json body{
      {"client", client.text()},    {"form", {{"id", pinned.id}, {"version", pinned.version}, {"hash", pinned.hash}}},
      {"status", "draft"},          {"date", today},
      {"rep", account.user.text()}, {"started_at", parts.environment.now()}};
  if (!interview.session_->answers().empty()) body["answers"] = interview.session_->answers();
  collected->ops.clear();
  commit(parts, {id, "questionnaire", client, LocalEdits::creation(std::move(body))});
  return interview;
}

Interview Client::open_questionnaire(const Uuid& questionnaire, const FillOptions& options) {
  auto& parts = *parts_;
  const auto record = need(questionnaire);
  if (record.view.collection != "questionnaire")
    throw ProblemError(ProblemCode::RecordNotFound, {}, questionnaire.text());
  const auto& body = record.view.body;
  const auto client = record.view.scope;
  auto context = context_for(parts, client, options, string_or_empty(body, "date"));
  context.status = form::fill_status(string_or_empty(body, "status"));
  context.resume_point = string_or_empty(body, "resume_point");
  context.case_confirmed = case_confirmed(parts, client, questionnaire);
  return InterviewMaker::make(parts, questionnaire, client, template_of(parts, body),
                              body.value("answers", Json::object()), std::move(context),
                              std::make_shared<Interview::Collected>());
}

const std::vector<Problem>& Interview::prefill_problems() const noexcept {
  return session_->unfit_prefills();
}

std::optional<Problem> Interview::answer(std::string_view path, const Json& value) {
  session_->set_now(local_time(*parts_, offset_minutes_));
  return session_->answer(path, value);
}

std::optional<Problem> Interview::resume() {
  const auto now = local_time(*parts_, offset_minutes_);
  session_->set_now(now);
  const auto before = session_->status();
  collected_->collecting = true;
  auto problem = session_->resume();
  collected_->collecting = false;
  auto ops = std::exchange(collected_->ops, {});
  if (problem) return problem;
  ops.insert(ops.begin(), transition(before, session_->status(), {{"resumed_on", form::date_text(now)}}));
  commit(*parts_, {questionnaire_, {}, {}, std::move(ops)});
  return std::nullopt;
}

Json Interview::case_body(const form::LocalTime& now) const {
  const auto account = parts_->need_account();
  const auto talk = need_record(*parts_, questionnaire_).view.body;
  const form::CaseOrigin origin{client_,
                                questionnaire_,
                                Uuid::parse(string_or_empty(talk, "rep")).value_or(account.user),
                                string_or_empty(need_record(*parts_, client_).view.body, "name"),
                                string_or_empty(talk, "date"),
                                now};
  return form::quality_case_body(*form_, session_->answers(), origin);
}

form::FinishOutcome Interview::finish() {
  const auto now = local_time(*parts_, offset_minutes_);
  session_->set_now(now);
  const auto before = session_->status();
  auto outcome = session_->finish();
  if (!outcome.done || outcome.status == before) return outcome;
  const bool paused = outcome.status == form::FillStatus::Paused;
  Json facts = paused ? Json{{"resume_point", outcome.resume_point}} : Json{{"finished_at", now.instant}};
  RecordEdit status{questionnaire_, {}, {}, {transition(before, outcome.status, std::move(facts))}};
  guarded([&] {
    Atomic atomic(parts_->store.database());
    LocalEdits edits(parts_->store);
    if (paused) {
      const auto id = Uuid::derived(questionnaire_, "quality_case");
      auto body = case_body(now);
      edits.commit_group({std::move(status), {id, "quality_case", client_, LocalEdits::creation(std::move(body))}});
    } else {
      edits.commit(std::move(status));
    }
    for (auto& edit : answer_edits(*parts_, talk_of(*parts_, client_, questionnaire_, *session_, now)))
      edits.commit(std::move(edit));
    atomic.commit();
  });
  parts_->changed({questionnaire_});
  return outcome;
}

}  // namespace anketa::client
