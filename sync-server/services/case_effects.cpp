#include "sync-server/services/case_effects.hpp"

#include "shared/programme/account_team.hpp"
#include "shared/programme/quality.hpp"
#include "sync-server/store/own_record.hpp"

namespace anketa::server {
namespace {

constexpr const char* confirmed = "confirmed";

/// Who looks after the client: its owner, or, where it has none, the rep of the meeting.
std::string who_agrees(Writer& writer, const RecordState& quality_case) {
  for (const auto& head : writer.heads_of("assignment", quality_case.scope)) {
    if (head.deleted) continue;
    const auto body = Json::parse(head.body);
    if (programme::is_owner(body)) return string_or_empty(body, "user");
  }
  return string_or_empty(quality_case.body, "rep");
}

programme::DueDays settings(Writer& writer) {
  const auto head = writer.head(programme::quality_settings_id());
  return programme::due_days_from(head ? Json::parse(head->body) : Json::object());
}

Json new_task(Writer& writer, const RecordState& quality_case) {
  Json body{{"client", quality_case.scope.text()},
            {"kind", "agree_meeting"},
            {"cause", quality_case.id.text()},
            {"status", "open"}};
  const auto day = programme::parse_day(string_or_empty(quality_case.body, "confirmed_on"));
  if (day) {
    body["made_on"] = programme::day_text(*day);
    body["due_on"] = programme::day_text(*day + std::chrono::days(settings(writer).meeting));
  }
  if (const auto user = who_agrees(writer, quality_case); !user.empty()) body["user"] = user;
  if (const auto talk = string_or_empty(quality_case.body, "questionnaire"); !talk.empty())
    body["questionnaire"] = talk;
  return body;
}

bool leaves_its_pause(const RecordState& before, const RecordState& after) {
  return before.at("status") == "paused" && after.at("status") != "paused";
}

/// Those that were opened by the questionnaire.
std::vector<Head> cases_of(Reader& reader, const RecordState& questionnaire) {
  auto heads = reader.heads_of("quality_case", questionnaire.scope);
  std::erase_if(heads, [&](const Head& head) {
    return string_or_empty(Json::parse(head.body), "questionnaire") != questionnaire.id.text();
  });
  return heads;
}

}  // namespace

std::optional<Problem> resume_problem(Reader& reader, const RecordState& before, const RecordState& after) {
  if (!leaves_its_pause(before, after) || after.deleted) return std::nullopt;
  auto cases = cases_of(reader, after);
  std::erase_if(cases, [](const Head& head) { return head.deleted; });
  // One that was opened anew since has been confirmed: who went on then, did so rightly.
  const auto was_confirmed = [](const Head& head) {
    return programme::case_dates(Json::parse(head.body)).confirmed_on.has_value();
  };
  if (cases.empty() || std::any_of(cases.begin(), cases.end(), was_confirmed)) return std::nullopt;
  return Problem{ProblemCode::GateClosed, {{"gate", "problem"}}, "status"};
}

void follow_case(Writer& writer, const RecordState& before, const RecordState& after, const Uuid& cause, Instant now) {
  const bool was = before.at("status") == confirmed, is = after.at("status") == confirmed;
  if (was == is) return;
  const auto id = programme::meeting_task_id(after.id);
  const auto head = writer.head(id);
  Json wanted;
  if (!head && is) {
    wanted = new_task(writer, after);
  } else if (head && !head->deleted) {
    const auto status = string_or_empty(Json::parse(head->body), "status");
    if (is) {
      wanted = {{"status", "open"}, {"due_on", new_task(writer, after).value("due_on", Json())}};
    } else if (status == "open") {
      wanted = {{"status", "cancelled"}};
    }
  }
  if (!wanted.is_null()) put_own_record(writer, "task", id, after.scope, wanted, cause.text(), now);
}

void follow_questionnaire(Writer& writer, const RecordState& before, const RecordState& after, const Uuid& cause,
                          Instant now) {
  // Resumed and completed in one mutation, where both were done before a sync.
  if (!leaves_its_pause(before, after)) return;
  for (const auto& head : cases_of(writer, after)) {
    const auto id = programme::meeting_task_id(head.id);
    const auto task = writer.head(id);
    if (!task || task->deleted || string_or_empty(Json::parse(task->body), "status") != "open") continue;
    Json wanted{{"status", "done"}};
    if (const auto day = string_or_empty(after.body, "resumed_on"); !day.empty()) wanted["done_on"] = day;
    put_own_record(writer, "task", id, after.scope, wanted, cause.text(), now);
  }
}

}  // namespace anketa::server
