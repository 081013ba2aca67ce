#include "shared/programme/brief.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace anketa::programme {
namespace {

using std::chrono::days;

/// Place of an id in a list of ids from the weightiest to the lightest; what is not there comes last.
template <std::size_t count>
std::size_t rank(const std::array<std::string_view, count>& order, std::string_view id) {
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), id) - order.begin());
}

constexpr std::array<std::string_view, 8> roles{"decides", "budget",     "approves", "influence",
                                                "tech",    "gatekeeper", "pay",      "user"};
constexpr std::array<std::string_view, 4> influences{"decisive", "high", "medium", "low"};
constexpr std::array<std::string_view, 3> severities{"stops", "hinders", "annoys"};

void sort_persons(std::vector<BriefPerson>& persons) {
  const auto weight = [](const BriefPerson& person) {
    return std::tuple(person.left, rank(roles, person.role), rank(influences, person.influence), !person.is_main);
  };
  std::stable_sort(persons.begin(), persons.end(), [&](const auto& a, const auto& b) { return weight(a) < weight(b); });
}

void sort_promises(std::vector<BriefPromise>& promises) {
  const auto weight = [](const BriefPromise& promise) {
    return std::tuple(!promise.is_ours, !promise.due_on, promise.due_on.value_or(promise.made_on));
  };
  std::stable_sort(promises.begin(), promises.end(),
                   [&](const auto& a, const auto& b) { return weight(a) < weight(b); });
}

template <typename T>
std::optional<T> latest(const std::vector<T>& all) {
  const auto found = std::max_element(all.begin(), all.end(), [](const T& a, const T& b) { return a.on < b.on; });
  return found == all.end() ? std::nullopt : std::optional(*found);
}

/// What changed after the last meeting; all of it where there was none.
void note_changes(const BriefFacts& facts, Brief& brief) {
  const auto is_news = [&](Day on) { return !brief.last_meeting || on >= *brief.last_meeting; };
  for (const auto& fact : facts.facts)
    if (is_news(fact.on)) brief.changes.push_back(fact);
  std::stable_sort(brief.changes.begin(), brief.changes.end(),
                   [](const auto& a, const auto& b) { return a.on > b.on; });
  for (const auto& person : facts.persons)
    if (person.verified && *person.verified != Verified::Unchanged && person.verified_on &&
        is_news(*person.verified_on))
      brief.turnover.push_back(person);
}

Risk risk_from(const BriefFacts& facts, Day today) {
  RiskFacts risk;
  for (const auto& talk : facts.talks) {
    if (today - talk.on > days(risk_days)) continue;
    ++risk.talks;
    risk.talks_of_trouble += is_trouble(talk.about);
  }
  for (const auto day : facts.meetings) risk.talks += day <= today && today - day <= days(risk_days);
  for (const auto& person : facts.persons) {
    if (!person.is_contact) continue;
    ++risk.persons;
    risk.persons_known += person.met && !person.left;
  }
  return risk_of(risk);
}

std::vector<BriefWarning> warnings_of(const BriefFacts& facts, const Brief& brief, Day today) {
  std::vector<BriefWarning> warnings;
  const auto warn = [&](bool when, BriefWarning warning) {
    if (when) warnings.push_back(warning);
  };
  warn(!brief.cases.empty(), BriefWarning::NoOfferWhileBroken);
  const auto met = std::max_element(facts.talks.begin(), facts.talks.end(), [](const auto& a, const auto& b) {
    return std::pair(a.kind == "meeting", a.on) < std::pair(b.kind == "meeting", b.on);
  });
  warn(brief.cases.empty() && met != facts.talks.end() && met->kind == "meeting" && met->offer_made,
       BriefWarning::NoOfferThisTime);
  const auto any = [&](auto test) { return std::any_of(brief.persons.begin(), brief.persons.end(), test); };
  const auto present =
      std::count_if(brief.persons.begin(), brief.persons.end(), [](const BriefPerson& person) { return !person.left; });
  warn(present > 1 && any([](const BriefPerson& person) { return person.is_main && !person.left; }),
       BriefWarning::TellMainContact);
  warn(any([](const BriefPerson& person) { return person.attitude == "opposes" && !person.left; }),
       BriefWarning::OpponentAmongThem);
  warn(std::any_of(
           brief.promises.begin(), brief.promises.end(),
           [&](const BriefPromise& promise) { return promise.is_ours && promise.due_on && *promise.due_on < today; }),
       BriefWarning::OurPromiseOverdue);
  warn(brief.risk.any(), BriefWarning::AtRisk);
  return warnings;
}

}  // namespace

std::string_view id(BriefWarning warning) {
  constexpr std::array<std::string_view, 6> ids{"no_offer_while_broken", "no_offer_this_time",  "tell_main_contact",
                                                "opponent_among_them",   "our_promise_overdue", "at_risk"};
  return ids[static_cast<std::size_t>(warning)];
}

Brief make_brief(BriefFacts facts, Day today) {
  Brief brief;
  const auto note_meeting = [&](Day on) {
    if (on <= today) brief.last_meeting = std::max(brief.last_meeting.value_or(on), on);
  };
  for (const auto day : facts.meetings) note_meeting(day);
  for (const auto& talk : facts.talks)
    if (talk.kind == "meeting") note_meeting(talk.on);
  brief.last_talk = latest(facts.talks);
  note_changes(facts, brief);
  brief.risk = risk_from(facts, today);
  brief.persons = facts.persons;
  sort_persons(brief.persons);
  brief.cases = facts.cases;
  std::stable_sort(brief.cases.begin(), brief.cases.end(), [](const auto& a, const auto& b) {
    return std::pair(rank(severities, a.severity), a.opened_on) < std::pair(rank(severities, b.severity), b.opened_on);
  });
  for (const auto& promise : facts.promises)
    if (!promise.done_on) brief.promises.push_back(promise);
  sort_promises(brief.promises);
  for (const auto& item : facts.range)
    if (is_new_in_range(item.dates, brief.last_meeting, today)) brief.new_in_range.push_back(item);
  std::stable_sort(brief.new_in_range.begin(), brief.new_in_range.end(),
                   [](const auto& a, const auto& b) { return a.dates.since > b.dates.since; });
  for (const auto& part : facts.parts)
    if (const auto state = revision_state(part.revised_on, today); state != RevisionState::Current)
      brief.revisions.emplace_back(part.part, state);
  brief.avoid = facts.avoid;
  brief.warnings = warnings_of(facts, brief, today);
  return brief;
}

}  // namespace anketa::programme
