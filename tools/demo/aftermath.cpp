// What follows a talk: referrals and offers.
#include <map>

#include "tools/demo/phrases.hpp"
#include "tools/demo/questionnaire.hpp"

namespace anketa::demo {
namespace {

constexpr Instant minute = 60LL * 1000;

std::string mapped(const std::map<std::string_view, std::string_view>& names, const std::string& name) {
  const auto found = names.find(name);
  return found == names.end() ? name : std::string(found->second);
}

}  // namespace

void QuestionnaireMaker::make_referrals(const Json& answers, Instant at) {
  static const std::map<std::string_view, std::string_view> knows{{"will", "ask"}};
  static const std::map<std::string_view, std::string_view> introductions{{"cite", "mention"}, {"none", "silent"}};
  for (const auto& named : answers.value("refs", Json::object())) {
    Json body{{"client", client_.id.text()},
              {"questionnaire", questionnaire_.text()},
              {"company", string_or_empty(named, "r_co")},
              {"person_knows", mapped(knows, string_or_empty(named, "r_know"))},
              {"introduction", mapped(introductions, string_or_empty(named, "r_intro"))},
              {"rep", ledger().colleague(client_.owner).user.text()},
              {"named_on", world_.calendar.date(at)},
              {"source", {{"question", "refs"}}},
              {"status", "named"}};
    if (const auto who = string_or_empty(answers, "respondent"); !who.empty()) body["named_by"] = who;
    for (const auto& [answer, field] : {std::pair{"r_name", "person"}, {"r_tel", "phone"}, {"r_need", "need"}})
      if (named.contains(answer)) body[field] = named[answer];
    const auto id = ledger().create(client_.owner, at, "referral", client_.id, body);
    follow_referral(id, at);
  }
}

/// The way of a referral: those whom the client introduces himself are introduced first.
void QuestionnaireMaker::follow_referral(const Uuid& id, Instant at) {
  static const std::map<std::string_view, const char*> dates{
      {"introduced", "introduced_on"}, {"contacted", "contacted_on"}, {"met", "met_on"}, {"won", "closed_on"}};
  const auto introduction = string_or_empty(ledger().record(id).body, "introduction");
  const bool introduced = introduction == "meet" || introduction == "call";
  int day = world_.calendar.days_to(at);
  for (const auto* status : {"introduced", "contacted", "met", "won"}) {
    if (std::string_view(status) == "introduced" && !introduced) continue;
    if (!chance_.percent(introduced ? 65 : 50)) {
      // Some say no.
      if (auto fate = chance_.part("referral " + id.text()); fate.percent(20))
        lose_referral(id, world_.calendar.working(day + 5, 15));
      break;
    }
    const auto on = world_.calendar.working(day + chance_.between(2, 7), 16, chance_.below(60));
    Json facts{{dates.at(status), world_.calendar.date(on)}};
    if (std::string_view(status) == "contacted") facts["told_of_source"] = true;
    ledger().move(client_.owner, on, id, status, facts);
    day = world_.calendar.days_to(on);
  }
}

void QuestionnaireMaker::lose_referral(const Uuid& id, Instant at) {
  ledger().move(client_.owner, at, id, "lost", {{"closed_on", world_.calendar.date(at)}});
}

void QuestionnaireMaker::make_offers(const Json& answers, Instant at) {
  for (const auto& step : answers.value("steps", Json::object())) {
    const auto service_name = string_or_empty(step, "t_serv");
    if (service_name.empty()) continue;
    const auto kind = string_or_empty(step, "t_next");
    Json body{{"client", client_.id.text()},
              {"questionnaire", questionnaire_.text()},
              {"service", service_name},
              {"kind", "new_line"},
              {"rep", ledger().colleague(client_.owner).user.text()},
              {"made_on", world_.calendar.date(at)},
              {"on_the_spot", kind == "order"},
              {"source", {{"question", "steps"}}},
              {"status", "planned"}};
    if (!kind.empty()) body["step"] = kind;
    if (step.contains("t_date")) body["due_on"] = step["t_date"];
    if (step.contains("t_sum")) body["amount_month"] = step["t_sum"];
    const auto id = ledger().create(client_.owner, at, "offer", client_.id, body);
    if (kind == "order") {
      ledger().move(client_.owner, at + minute, id, "won", {{"closed_on", world_.calendar.date(at)}});
      continue;
    }
    const int day = world_.calendar.days_to(at);
    if (!chance_.percent(70)) continue;
    ledger().move(client_.owner, world_.calendar.working(day + chance_.between(1, 4), 17), id, "offered",
                  {{"amount_month", std::int64_t{100} * 500 * chance_.between(4, 90)}});
    if (!chance_.percent(50)) continue;
    const auto closed = world_.calendar.working(day + chance_.between(7, 16), 17);
    ledger().move(client_.owner, closed, id, chance_.percent(45) ? "won" : "lost",
                  {{"closed_on", world_.calendar.date(closed)}});
  }
  note_volume(answers, at);
}

/// More of what the client has (R19).
void QuestionnaireMaker::note_volume(const Json& answers, Instant at) {
  const auto& speed = value_at(answers, "cap_mbps");
  if (!speed.is_number_integer()) return;
  Json body{{"client", client_.id.text()},
            {"questionnaire", questionnaire_.text()},
            {"service", "access"},
            {"kind", "volume"},
            {"rep", ledger().colleague(client_.owner).user.text()},
            {"made_on", world_.calendar.date(at)},
            {"remarks", "Нужно " + speed.dump() + " Мбит/с"},
            {"amount_month", std::int64_t{100} * 1000 * chance_.between(2, 20)},
            {"source", {{"question", "cap"}}},
            {"status", "planned"}};
  const auto id = ledger().create(client_.owner, at, "offer", client_.id, body);
  const auto closed = world_.calendar.working(world_.calendar.days_to(at) + chance_.between(5, 14), 15);
  if (chance_.percent(55))
    ledger().move(client_.owner, closed, id, "won", {{"closed_on", world_.calendar.date(closed)}});
}

}  // namespace anketa::demo
