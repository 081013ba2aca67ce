// The quality loop of the invented programme (R13-R18, R22): the case that a talk opens, its repair, the client's word,
// and the second meeting.
#include "shared/form/default_template.hpp"
#include "shared/form/quality_case.hpp"
#include "tools/demo/phrases.hpp"
#include "tools/demo/questionnaire.hpp"

namespace anketa::demo {
namespace {

constexpr Instant minute = 60LL * 1000;
constexpr std::int64_t roubles = 100;

/// What is behind many complaints: mended once, it helps them all.
struct HotSpot {
  std::string_view place, cause;
  /// Roubles: of the fix and, a month, of what it brings, for each complaint.
  std::int64_t cost, profit;
};

constexpr std::array<HotSpot, 5> hot_spots{{{"узел «Заводской»", "перегружен порт коммутатора", 42'000, 9'500},
                                            {"магистраль Тверь — Клин", "нет резервного пути", 160'000, 21'000},
                                            {"бизнес-центр «Маяк»", "старая медная проводка в здании", 75'000, 14'000},
                                            {"круглосуточная поддержка", "ночью один дежурный на всех", 18'000, 12'500},
                                            {"расчётный отдел", "счета формируются вручную", 9'000, 2'800}}};

}  // namespace

void QuestionnaireMaker::open_case(const Json& answers, Instant at) {
  const form::CaseOrigin origin{client_.id,
                                questionnaire_,
                                ledger().colleague(client_.owner).user,
                                string_or_empty(ledger().record(client_.id).body, "name"),
                                world_.calendar.date(at),
                                {at, world_.calendar.offset_minutes()}};
  case_ = ledger().create(client_.owner, at, "quality_case", client_.id,
                          form::quality_case_body(*form::default_template(), answers, origin));
  // One in eight still waits for somebody to take it.
  if (!chance_.percent(12)) repair(at);
}

/// Service finds out what is behind it; for some the lead adds what mending would bring.
void QuestionnaireMaker::estimate(Instant at) {
  if (chance_.percent(25)) return;
  const auto& spot = hot_spots[static_cast<std::size_t>(chance_.below(static_cast<int>(hot_spots.size())))];
  Json found{{"place", spot.place}, {"cause", spot.cause}};
  if (chance_.percent(85)) found["fix_cost"] = spot.cost * roubles * chance_.between(8, 12) / 10;
  ledger().edit(service, at, case_, found);
  if (chance_.percent(80))
    ledger().edit(lead, at + 30 * minute, case_,
                  {{"extra_profit_month", spot.profit * roubles * chance_.between(8, 12) / 10}});
}

void QuestionnaireMaker::repair(Instant opened_at) {
  int day = world_.calendar.days_to(opened_at);
  const auto next = [&](int least, int most, int hour) {
    const auto at = world_.calendar.working(day + chance_.between(least, most), hour, chance_.below(60));
    day = world_.calendar.days_to(at);
    return at;
  };
  const auto who = ledger().colleague(service).user.text();
  const auto accepted_at = next(1, 2, 9);
  ledger().move(service, accepted_at, case_, "accepted",
                {{"accepted_by", who},
                 {"accepted_on", world_.calendar.date(accepted_at)},
                 {"promised_on", world_.calendar.date(accepted_at + 6 * 24 * 60 * minute)}});
  if (chance_.percent(8)) return;
  ledger().move(service, accepted_at + 40 * minute, case_, "in_work");
  estimate(accepted_at + 90 * minute);
  for (int round = 0; round < 3; ++round) {
    const auto work_at = next(1, 3, 11);
    const auto entry = ledger().new_id(work_at).text();
    ledger().edit(service, work_at, case_,
                  {{"works",
                    {{entry,
                      {{"at", work_at},
                       {"user", who},
                       {"text", chance_.pick(phrases(round == 0 ? "works" : "works_again"))}}}}}});
    if (chance_.percent(18)) return;
    const auto fixed_at = next(1, 2, 15);
    ledger().move(service, fixed_at, case_, "reported_fixed",
                  {{"fixed_by", who}, {"fixed_on", world_.calendar.date(fixed_at)}});
    if (chance_.percent(12)) return;
    const auto called_at = next(1, 2, 10);
    ledger().move(client_.owner, called_at, case_, "rep_called", {{"called_on", world_.calendar.date(called_at)}});
    if (chance_.percent(12)) return;
    const auto answered_at = next(1, 3, 14);
    if (!chance_.percent(22)) {
      confirm(answered_at);
      if (chance_.percent(75)) resume(next(2, 6, 11));
      return;
    }
    ledger().move(client_.owner, answered_at, case_, "rejected",
                  {{"rejected_by", ledger().record(case_).at("confirming_contact")},
                   {"rejected_on", world_.calendar.date(answered_at)},
                   {"reopenings", round + 1}});
    ledger().move(service, next(1, 1, 9), case_, "in_work");
  }
}

void QuestionnaireMaker::confirm(Instant at) {
  const auto& contact = ledger().record(case_).at("confirming_contact");
  const auto entry = ledger().new_id(at).text();
  ledger().move(client_.owner, at, case_, "confirmed",
                {{"confirmed_by", contact},
                 {"confirmed_on", world_.calendar.date(at)},
                 {"confirmed_how", chance_.percent(80) ? "call" : "letter"},
                 {"client_words",
                  {{entry,
                    {{"at", at},
                     {"user", ledger().colleague(client_.owner).user.text()},
                     {"contact", contact},
                     {"good", true},
                     {"text", chance_.pick(phrases("confirmed"))}}}}}});
}

void QuestionnaireMaker::resume(Instant at) {
  const auto& before = ledger().record(questionnaire_);
  auto session = this->session(before.at("answers"), form::FillStatus::Paused,
                               string_or_empty(before.body, "resume_point"), true, at);
  if (const auto problem = session.resume()) throw ProblemError(*problem);
  session.go_to_start();
  Talk(session, chance_, mood_, {at, world_.calendar.offset_minutes()}).hold();
  ledger().move(client_.owner, at, questionnaire_, "resumed", {{"resumed_on", world_.calendar.date(at)}});
  ledger().edit(client_.owner, at + minute, questionnaire_, {{"answers", session.answers()}});
  note_meeting(session, at + 40 * minute);
  store(session, at + 45 * minute);
}

}  // namespace anketa::demo
