#include "tools/demo/talk.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "tools/demo/people.hpp"
#include "tools/demo/phrases.hpp"

namespace anketa::demo {
namespace {

using form::QuestionView;
using form::RowType;

constexpr std::int64_t day = 24LL * 60 * 60 * 1000;

/// Choices whose name is given, with how likely each is; the rest are never taken.
Json weighted_choice(Chance& chance, const QuestionView& question, const std::map<std::string_view, int>& weights) {
  int total = 0;
  const auto weight_of = [&](const form::ChoiceView& choice) {
    const auto found = weights.find(choice.name);
    return found == weights.end() ? 0 : found->second;
  };
  for (const auto& choice : question.choices) total += weight_of(choice);
  if (total == 0) return nullptr;
  int place = chance.below(total);
  for (const auto& choice : question.choices) {
    place -= weight_of(choice);
    if (place < 0) return choice.name;
  }
  return nullptr;
}

const std::map<std::string_view, std::map<std::string_view, int>>& fixed_weights() {
  static const std::map<std::string_view, std::map<std::string_view, int>> all{
      {"c_stat", {{"same", 78}, {"upd", 14}, {"left", 8}}},
      {"c_met", {{"yes", 75}, {"no", 25}}},
      {"c_pd", {{"yes", 90}, {"no", 10}}},
      {"main_informed", {{"yes", 85}, {"no", 15}}},
      {"others", {{"yes", 45}, {"no", 55}}},
      {"our_status", {{"key", 20}, {"main", 40}, {"usual", 30}, {"reserve", 10}}},
      {"o_dur", {{"lt15", 25}, {"m15_60", 40}, {"h1_4", 28}, {"gt4", 7}}},
      {"sup", {{"yes", 40}, {"no", 60}}},
      {"p_sev", {{"stops", 20}, {"hinders", 55}, {"annoys", 25}}},
      {"cap", {{"yes", 55}, {"no", 30}, {"dk", 15}}},
      {"newsite", {{"yes", 25}, {"no", 75}}},
      {"move", {{"yes", 30}, {"later", 35}, {"no", 35}}},
      {"budget", {{"same", 45}, {"up", 25}, {"down", 10}, {"na", 20}}},
      {"t_next", {{"offer", 45}, {"test", 20}, {"expert", 22}, {"order", 13}}},
      {"r_know", {{"yes", 40}, {"will", 45}, {"no", 15}}},
      {"r_intro", {{"meet", 15}, {"call", 35}, {"cite", 40}, {"none", 10}}},
  };
  return all;
}

}  // namespace

Mood make_mood(Chance& chance, int contract_speed) {
  Mood mood;
  mood.contract_speed = contract_speed;
  mood.openness = chance.between(35, 85);
  mood.trouble = static_cast<Mood::Trouble>(chance.weighted({72, 11, 11, 6}));
  if (mood.trouble == Mood::Trouble::None)
    mood.nps = 10 - static_cast<int>(chance.weighted({26, 30, 22, 13, 6, 3}));
  else
    mood.nps = 8 - static_cast<int>(chance.weighted({12, 18, 22, 22, 14, 8, 4}));
  return mood;
}

void Talk::hold() {
  while (const auto question = session_.current()) {
    meet(*question);
    if (!session_.next()) break;
  }
}

void Talk::meet(const QuestionView& question) {
  if (question.type == RowType::Repeat) return fill_repeat(question);
  if (question.read_only || question.answered || question.type == RowType::Note) return;
  const auto value = answer_to(question);
  if (value.is_null()) return;
  if (const auto problem = session_.answer(question.path, value)) throw ProblemError(*problem);
}

void Talk::fill_repeat(const QuestionView& question) {
  if (question.name == "contacts" && !question.items.empty()) return meet_somebody_new(question);
  static const std::map<std::string_view, std::array<int, 2>> counts{
      {"outs", {1, 2}}, {"claims", {1, 2}}, {"sites_new", {1, 2}}, {"steps", {1, 2}}, {"refs", {1, 3}}};
  const auto range = counts.find(question.name);
  if (!question.items.empty() || (range == counts.end() && question.min_items == 0)) return;
  const int count = range == counts.end() ? question.min_items : chance_.between(range->second[0], range->second[1]);
  for (int i = 0; i < count; ++i) session_.add_item(question.path);
}

void Talk::meet_somebody_new(const QuestionView& contacts) {
  // When the questionnaire is resumed, everybody was met at the first talk.
  if (session_.question(contacts.items.front().path + "/c_stat").answered || !chance_.percent(18)) return;
  newcomer_ = session_.add_item(contacts.path) + "/";
  newcomer_person_ = make_person(chance_);
}

Json Talk::newcomer_answer(const QuestionView& question) {
  const auto& name = question.name;
  if (name == "c_stat") return "new";
  if (name == "c_met") return "yes";
  if (name == "c_name") return newcomer_person_.full();
  if (name == "c_tel") return make_phone(chance_);
  if (name == "c_post") return chance_.pick(phrases("new_post"));
  if (name == "c_role") return some_of(question, 35);
  if (name != "c_mail") return nullptr;
  const auto known = session_.question(session_.items("contacts").front().path + "/c_mail").value;
  const auto house = known.is_string() ? known.get<std::string>().find('@') : std::string::npos;
  if (house == std::string::npos) return nullptr;
  return latin(newcomer_person_.surname) + known.get<std::string>().substr(house);
}

Json Talk::answer_to(const QuestionView& question) {
  if (!newcomer_.empty() && question.path.starts_with(newcomer_))
    if (auto answer = newcomer_answer(question); !answer.is_null()) return answer;
  // Somebody must have stayed to talk to.
  if (question.name == "c_stat" && question.path.starts_with(session_.items("contacts").front().path)) return "same";
  if (const auto weights = fixed_weights().find(question.name); weights != fixed_weights().end())
    if (auto choice = weighted_choice(chance_, question, weights->second); !choice.is_null()) return choice;
  if (auto answer = quality_answer(question); !answer.is_null()) return answer;
  if (auto answer = growth_answer(question); !answer.is_null()) return answer;
  if (!phrases(question.name).empty()) return phrase(question.name, question.required ? 100 : 35 + mood_.openness / 2);
  return by_type(question);
}

Json Talk::quality_answer(const QuestionView& question) {
  const auto& name = question.name;
  using Trouble = Mood::Trouble;
  const bool slow = mood_.trouble == Trouble::Speed;
  if (name == "sp_contract") return mood_.contract_speed;
  if (name == "sp_meas") return chance_.between(slow ? 40 : 100, slow ? 85 : 108) * mood_.contract_speed / 100;
  if (name == "sp_ok") return slow ? "no" : "yes";
  if (name == "out") return mood_.trouble == Trouble::Outage ? "yes" : "no";
  if (name == "serious") return mood_.trouble == Trouble::Complaint ? "yes" : "no";
  if (name == "docs_ok") return mood_.trouble == Trouble::Complaint && chance_.percent(60) ? "no" : "yes";
  if (name == "nps") return mood_.nps;
  if (name == "sup_score") return std::clamp(mood_.nps + chance_.between(-2, 1), 0, 10);
  if (name == "nps_why")
    return phrase(mood_.nps >= 9 ? "nps_why/high" : mood_.nps >= 7 ? "nps_why/middle" : "nps_why/low", 70);
  if (name == "o_date") return date_in(-28, -2);
  if (name == "o_tick") return chance_.percent(60) ? Json(std::to_string(chance_.between(10000, 99999))) : Json();
  if (name == "p_cat") {
    if (slow) return "speed";
    if (mood_.trouble == Trouble::Outage) return "outage";
    return weighted_choice(chance_, question, {{"support", 40}, {"docs", 35}, {"install", 20}, {"other", 5}});
  }
  if (name == "p_text" || name == "p_done") return phrase(name + "/" + sibling(question, "p_cat"), 100);
  if (name == "p_since") return date_in(-60, -5);
  return nullptr;
}

Json Talk::growth_answer(const QuestionView& question) {
  const auto& name = question.name;
  if (name == "cap_mbps") return mood_.contract_speed * chance_.between(2, 4);
  if (name == "cap_when" || name == "n_when" || name == "move_when") return date_in(30, 240);
  if (name == "budget_rub") return Json(std::int64_t{100} * 1000 * chance_.between(30, 900));
  if (name == "t_date") return date_in(3, 30);
  if (name == "t_sum") return Json(std::int64_t{100} * 500 * chance_.between(4, 90));
  if (name == "ref")
    return weighted_choice(chance_, question,
                           {{"yes", mood_.openness / 2}, {"later", 35}, {"no", 60 - mood_.openness / 2}});
  if (name == "ref_remind") return date_in(20, 60);
  if (name == "r_co") return make_companies(chance_, 1).front().legal_name;
  if (name == "r_name") return make_person(chance_).first_and_last();
  if (name == "r_tel") return make_phone(chance_);
  if (name == "next_meet") return date_in(25, 95);
  const bool interest = std::any_of(question.choices.begin(), question.choices.end(),
                                    [](const auto& choice) { return choice.name == "other"; }) &&
                        question.section == "s7";
  if (interest)
    return weighted_choice(chance_, question, {{"yes", mood_.openness / 4}, {"later", 30}, {"other", 12}, {"no", 35}});
  return nullptr;
}

Json Talk::by_type(const QuestionView& question) {
  switch (question.type) {
    case RowType::SelectOne:
      if (question.choices.empty()) return nullptr;
      return question.choices[static_cast<std::size_t>(chance_.below(static_cast<int>(question.choices.size())))].name;
    case RowType::SelectMultiple:
      return some_of(question, 35);
    case RowType::Integer:
      return question.name == "sites" ? Json(chance_.between(1, 9)) : question.required ? Json(1) : Json();
    case RowType::Range:
      return mood_.nps;
    case RowType::Acknowledge:
      return true;
    case RowType::Date:
      return question.required ? date_in(0, 0) : Json();
    default:
      return question.required ? Json("—") : Json();
  }
}

Json Talk::some_of(const QuestionView& question, int likelihood) {
  Json chosen = Json::array();
  for (const auto& choice : question.choices)
    if (chance_.percent(choice.name == "other" ? 4 : likelihood)) chosen.push_back(choice.name);
  if (chosen.empty() && !question.choices.empty()) chosen.push_back(question.choices.front().name);
  return chosen;
}

Json Talk::phrase(const std::string& bank, int likelihood) {
  const auto& all = phrases(bank);
  if (all.empty() || !chance_.percent(likelihood)) return nullptr;
  return chance_.pick(all);
}

Json Talk::date_in(int least_days, int most_days) {
  const auto days = chance_.between(least_days, most_days);
  return format_date(now_.instant + days * day, now_.offset_minutes);
}

std::string Talk::sibling(const QuestionView& question, std::string_view name) const {
  const auto slash = question.path.rfind('/');
  return session_.question(question.path.substr(0, slash + 1) + std::string(name)).value.get<std::string>();
}

}  // namespace anketa::demo
