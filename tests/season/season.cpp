#include "tests/season/season.hpp"

#include "tests/client-core/api/filling.hpp"
#include "tests/season/season_parts.hpp"

namespace anketa::season {
namespace {

void must(Interview& interview, const std::string& path, const Json& value) {
  const auto problem = interview.answer(path, value);
  INFO(path << ": " << (problem ? problem->what(text::Language::English) : ""));
  REQUIRE_FALSE(problem);
}

void finish(Interview& interview) {
  client::test::fill_gaps(interview.session());
  const auto outcome = interview.finish();
  INFO(form::to_json(outcome, text::Language::English).dump());
  REQUIRE(outcome.done);
}

const server::reports::OrgCalendar& calendar() {
  static const server::reports::OrgCalendar moscow_calendar("Europe/Moscow");
  return moscow_calendar;
}

}  // namespace

Rep Place::rep() const {
  if (position <= 2) return Rep::Anna;
  if (position <= 5) return Rep::Boris;
  return static_cast<Rep>(position - 4);
}

int Place::worked_in_week() const {
  return rep() == Rep::Vera && week() == 4 ? 5 : week();
}

Season::Season()
    : office_(7, friday_before),
      lead_(office_.device(Role::Lead)),
      service_(office_.device(Role::Service)),
      campaign_reports_(office_.store(), office_.environment(), "Europe/Moscow"),
      results_(office_.store(), office_.environment(), "Europe/Moscow") {
  for (int i = 0; i < reps; ++i) reps_.push_back(office_.device(Role::Rep));
  hire();
  office_.sync(lead_);
  take_on_clients();
  plan_campaign();
  sync_everybody();
}

template <typename Work>
void Season::each(int week, const Work& work) {
  for (int number = 0; number < decades * clients_a_decade; ++number) {
    const Place place{number / clients_a_decade, number % clients_a_decade};
    if (place.worked_in_week() == week) work(place);
  }
}

void Season::play() {
  for (int number = 0; number < weeks; ++number) week(number);
  until(weeks - 1, 6, 9);
}

void Season::until(int week, int weekday, int at) {
  const auto wanted = time_of(week, weekday, at), now = office_.environment().now();
  if (wanted > now) office_.environment().advance(wanted - now);
}

void Season::week(int number) {
  until(number, 0, 0);
  each(number, [&](const Place& place) { call(place); });
  if (number == 5)
    lead_.client->create("range_item", {},
                         {{"code", "wifi"}, {"name", {{"ru", "Wi-Fi для гостей"}}}, {"since", "2025-07-07"}});
  until(number, 0, 1);
  each(number, [&](const Place& place) {
    if (place.no_answer_at_first() || place.asks_to_call_back()) book(place);
  });
  std::array<int, reps> slots{};
  each(number, [&](const Place& place) {
    if (place.met()) meet(place, slots[static_cast<std::size_t>(place.rep())]++);
  });
  until(number, 1, 9);
  sync_everybody();
  until(number, 2, 1);
  each(number, [&](const Place& place) {
    if (place.has_problem()) repair(place, !place.stays_broken());
  });
  sync_everybody();
  each(number, [&](const Place& place) {
    if (place.has_problem()) estimate(place);
  });
  until(number, 4, 0);
  each(number, [&](const Place& place) {
    if (!place.has_problem() || place.stays_broken()) return;
    Cases cases(*device_of(place).client, moscow);
    const auto id = case_of(*device_of(place).client, place);
    if (place.rejects_once())
      cases.reject(id, {"", "call", "", "Обрывы остались"});
    else
      cases.confirm(id, {"", "call", "", ""});
    if (!place.rejects_once()) resume(place);
  });
  sync_everybody();
  until(number, 4, 3);
  each(number, [&](const Place& place) {
    if (place.rejects_once()) repair(place, true);
  });
  sync_everybody();
  until(number, 4, 6);
  each(number, [&](const Place& place) {
    if (place.rejects_once()) {
      Cases(*device_of(place).client, moscow)
          .confirm(case_of(*device_of(place).client, place), {"", "meeting", "", ""});
      resume(place);
    }
    if (place.recommendation_is_won()) sell_on(place);
  });
  sync_everybody();
  if (number == 0)
    office_.store().read([&](server::Reader& reader) {
      first_friday_ = server::reports::daily(reader, server::reports::load_tables(reader), calendar(), time_of(0, 3, 9),
                                             office_.environment().now() + 1);
    });
}

programme::WeeklyAgenda Season::last_week() {
  programme::WeeklyAgenda agenda;
  office_.store().read([&](server::Reader& reader) {
    agenda = server::reports::weekly(reader, server::reports::load_tables(reader), calendar(), time_of(weeks - 1, 0, 0),
                                     office_.environment().now() + 1);
  });
  return agenda;
}

void Season::call(const Place& place) {
  if (place.untouched()) return;
  auto& rep = *device_of(place).client;
  CallNote note{account(place), "booked", {}, {}, campaign_, {}, ""};
  if (place.refuses()) {
    note.outcome = "refused";
  } else if (place.no_answer_at_first()) {
    note.outcome = "no_answer";
  } else if (place.asks_to_call_back()) {
    note.outcome = "call_back";
    note.call_back_at = office_.environment().now() + hour;
  } else {
    return book(place);
  }
  log_call(rep, note);
}

void Season::book(const Place& place) {
  auto& rep = *device_of(place).client;
  const auto number = place.decade * clients_a_decade + place.position;
  VisitPlan plan;
  plan.at = place.booked_for_autumn() ? time_of(14, 0, 2) : time_of(place.worked_in_week(), 1, 1);
  plan.campaign = campaign_;
  const auto logged = log_call(rep, {account(place), "booked", {}, plan, campaign_, {}, ""});
  visits_[number] = logged.visit.value();
}

/// An hour's talk, the meetings of one rep one after the other.
void Season::meet(const Place& place, int slot) {
  until(place.worked_in_week(), 1, 1 + slot);
  auto& rep = *device_of(place).client;
  const auto number = place.decade * clients_a_decade + place.position;
  auto interview = rep.start_questionnaire(account(place), {});
  talk(place, interview);
  finish(interview);
  questionnaires_[number] = interview.questionnaire();
  end_visit(rep, visits_.at(number), true, place.orders());
}

void Season::talk(const Place& place, Interview& interview) {
  const auto number = place.decade * clients_a_decade + place.position;
  const auto contact = contacts_.at(static_cast<std::size_t>(number)).text();
  auto respondent = contact;
  if (place.rep() == Rep::Boris) {
    must(interview, "contacts/" + contact + "/c_stat", "upd");
    must(interview, "contacts/" + contact + "/c_tel", "+7 495 200-00-00");
  } else if (place.rep() == Rep::Vera) {
    must(interview, "contacts/" + contact + "/c_stat", "left");
    const auto fresh = interview.session().add_item("contacts");
    must(interview, fresh + "/c_stat", "new");
    must(interview, fresh + "/c_name", "Новый " + std::to_string(number));
    respondent = fresh.substr(fresh.find('/') + 1);
  } else {
    must(interview, "contacts/" + contact + "/c_stat", "same");
  }
  must(interview, "respondent", respondent);
  must(interview, "sp_ok", "yes");
  must(interview, "out", "no");
  must(interview, "nps", place.score());
  must(interview, "serious", place.has_problem() ? "yes" : "no");
  if (!place.has_problem()) return after_gate(place, interview);
  const auto claim = interview.session().add_item("claims");
  must(interview, claim + "/p_cat", place.position == 0 ? "outage" : "speed");
  must(interview, claim + "/p_text", "Мешает работать");
  must(interview, claim + "/p_sev", place.position == 0 ? "stops" : "hinders");
  must(interview, claim + "/p_done", "Неделя без обрывов");
  must(interview, "p_who", respondent);
}

/// Growth, what is new, the sale on the spot, and always referrals (R19).
void Season::after_gate(const Place& place, Interview& interview) {
  if (place.wants_more()) {
    must(interview, "cap", "no");
    must(interview, "cap_mbps", 300);
  }
  if (place.orders()) {
    must(interview, "offers_vpn", "yes");
    const auto order = interview.session().add_item("steps");
    must(interview, order + "/t_serv", "vpn");
    must(interview, order + "/t_next", "order");
    must(interview, order + "/t_sum", 10'000 * rouble);
  }
  must(interview, "ref", place.recommends() ? "yes" : "no");
  if (!place.recommends()) return;
  const auto named = interview.session().add_item("refs");
  must(interview, named + "/r_co", "ООО «Сосед " + std::to_string(place.decade) + "»");
  must(interview, named + "/r_know", "no");
  must(interview, named + "/r_intro", place.odd() ? "cite" : "call");
}

Uuid Season::case_of(Client& device, const Place& place) const {
  const auto cases = device.list("quality_case", account(place));
  REQUIRE(cases.size() == 1);
  return cases.front().view.id;
}

/// The service side's part (R15): what is not finished stays in work.
void Season::repair(const Place& place, bool finished) {
  Cases cases(*service_.client, moscow);
  const auto id = case_of(*service_.client, place);
  const bool line = place.position == 0;
  if (cases.show(id).record.view.body.at("status") == "open") cases.accept(id);
  cases.work(id, "Заменён участок",
             {"", line ? "Старый кабель" : "Перегружен узел", line ? "Магистраль 1" : "Узел 2",
              (line ? 3'000 : 20'000) * rouble, std::nullopt});
  if (finished) cases.report_fixed(id);
}

/// What a mended place brings is the lead's to say (R22).
void Season::estimate(const Place& place) {
  Repair repair;
  repair.extra_profit_month = (place.position == 0 ? 1'000 : 500) * rouble;
  Cases(*lead_.client, moscow).estimate(case_of(*lead_.client, place), repair);
}

/// The questionnaire goes on where it stopped (R18).
void Season::resume(const Place& place) {
  auto interview = device_of(place).client->open_questionnaire(
      questionnaires_.at(place.decade * clients_a_decade + place.position), {});
  const auto closed = interview.resume();
  INFO((closed ? closed->what(text::Language::English) : ""));
  REQUIRE_FALSE(closed);
  must(interview, "contacts_checked", "yes");
  after_gate(place, interview);
  finish(interview);
}

/// A referral on its way to a new client (R23).
void Season::sell_on(const Place& place) {
  auto& rep = *device_of(place).client;
  const auto referrals = rep.list("referral", account(place));
  REQUIRE(referrals.size() == 1);
  const auto id = referrals.front().view.id;
  const auto today = format_date(office_.environment().now(), moscow);
  step(rep, id, "named", "introduced", {{"introduced_on", today}});
  step(rep, id, "introduced", "contacted", {{"contacted_on", today}});
  step(rep, id, "contacted", "met", {{"met_on", today}});
  step(rep, id, "met", "won", {{"closed_on", today}});
}

/// Twice round the office: whoever synced first then has what the others brought.
void Season::sync_everybody() {
  for (int round = 0; round < 2; ++round) {
    office_.sync(lead_);
    for (auto& rep : reps_) office_.sync(rep);
    office_.sync(service_);
  }
}

std::uint64_t Season::unsynced() const {
  auto count = lead_.client->status().unsynced + service_.client->status().unsynced;
  for (const auto& rep : reps_) count += rep.client->status().unsynced;
  return count;
}

Json Season::campaign_report(std::string_view name, const server::reports::Query& query) {
  return campaign_reports_.report(lead_viewer(), name, query);
}

}  // namespace anketa::season
