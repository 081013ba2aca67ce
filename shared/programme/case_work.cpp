#include "shared/programme/case_work.hpp"

#include <algorithm>
#include <array>

#include "shared/problem/problem.hpp"
#include "shared/programme/quality.hpp"
#include "shared/schema/schema.hpp"
#include "shared/text/search.hpp"

namespace anketa::programme {
namespace {

/// What people do, and the status it leads to.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> actions{{{"accept", "accepted"},
                                                                                {"work", "in_work"},
                                                                                {"fixed", "reported_fixed"},
                                                                                {"called", "rep_called"},
                                                                                {"confirm", "confirmed"},
                                                                                {"reject", "rejected"}}};

bool leads(const schema::Field& status, std::string_view from, std::string_view to) {
  return std::any_of(status.transitions.begin(), status.transitions.end(),
                     [&](const schema::Transition& step) { return step.from == from && step.to == to; });
}

void put_text(Json& entry, const char* field, const std::string& text) {
  if (!text.empty()) entry[field] = text;
}

}  // namespace

Repair repair_from(const Json& json) {
  Repair repair{string_or_empty(json, "promised_on"), string_or_empty(json, "cause"), string_or_empty(json, "place"),
                std::nullopt, std::nullopt};
  for (auto [name, amount] :
       {std::pair("fix_cost", &repair.fix_cost), std::pair("extra_profit_month", &repair.extra_profit_month)}) {
    const auto found = json.find(name);
    if (found == json.end() || found->is_null()) continue;
    if (!found->is_number_integer()) throw ProblemError(ProblemCode::WrongType, {}, name);
    *amount = found->get<std::int64_t>();
  }
  return repair;
}

ClientWord client_word_from(const Json& json) {
  ClientWord word{string_or_empty(json, "contact"), string_or_empty(json, "how"), string_or_empty(json, "on"),
                  string_or_empty(json, "text")};
  if (word.how.empty()) word.how = "call";
  return word;
}

std::vector<std::string> case_steps(std::string_view now, Role role) {
  const auto& status = *schema::collection("quality_case")->field("status");
  std::vector<std::string> steps;
  if (role == Role::Manager || role == Role::Admin) return steps;
  for (const auto& [action, to] : actions) {
    const auto* guard = status.guard(to);
    if (guard && guard->by_team && role == Role::Service) continue;
    // One call may both note that the client was called and what he said; work goes on as often as it takes.
    const bool by_call = now == "reported_fixed" && leads(status, "rep_called", to) && guard && guard->by_team;
    if (leads(status, now, to) || by_call || (now == to && now == "in_work")) steps.emplace_back(action);
  }
  return steps;
}

CaseWork::CaseWork(const RecordState& record, const Uuid& user, Day today, Environment& environment)
    : record_(record), user_(user), today_(today), environment_(environment), status_(case_dates(record.body).status) {}

void CaseWork::move(const char* to, Json facts) {
  Json step{{"from", status_}, {"to", to}};
  if (!facts.empty()) step["facts"] = std::move(facts);
  ops_.push_back({OpKind::Transition, "status", std::move(step), {}, {}});
  status_ = to;
}

void CaseWork::set(const char* field, Json value) {
  if (record_.at(field) != value) ops_.push_back({OpKind::Set, field, std::move(value), {}, {}});
}

void CaseWork::append(const char* log, Json entry) {
  entry["id"] = Uuid::v7(environment_).text();
  entry["at"] = environment_.now();
  entry["user"] = user_.text();
  ops_.push_back({OpKind::Append, log, std::move(entry), {}, {}});
}

void CaseWork::put_repair(const Repair& repair) {
  if (!repair.promised_on.empty()) {
    if (!parse_day(repair.promised_on))
      throw ProblemError(ProblemCode::InvalidValue, {{"value", repair.promised_on}}, "promised_on");
    set("promised_on", repair.promised_on);
  }
  if (!repair.cause.empty()) set("cause", repair.cause);
  if (!repair.place.empty()) set("place", repair.place);
  for (const auto& [field, amount] :
       {std::pair("fix_cost", repair.fix_cost), std::pair("extra_profit_month", repair.extra_profit_month)}) {
    if (!amount) continue;
    if (*amount < 0) throw ProblemError(ProblemCode::InvalidValue, {{"value", std::to_string(*amount)}}, field);
    set(field, *amount);
  }
}

void CaseWork::accept(const Repair& repair) {
  move("accepted");
  set("accepted_by", user_.text());
  set("accepted_on", day_text(today_));
  put_repair(repair);
}

void CaseWork::work(const std::string& text, const Repair& repair) {
  if (text::is_blank(text)) throw ProblemError(ProblemCode::RequiredMissing, {}, "text");
  if (status_ != "in_work") {
    move("in_work");
    if (record_.at("accepted_by").is_null()) {
      set("accepted_by", user_.text());
      set("accepted_on", day_text(today_));
    }
  }
  append("works", {{"text", text}});
  put_repair(repair);
}

void CaseWork::report_fixed(const Repair& repair) {
  if (status_ == "open" || status_ == "accepted") move("in_work");
  move("reported_fixed");
  set("fixed_by", user_.text());
  set("fixed_on", day_text(today_));
  put_repair(repair);
}

void CaseWork::note_word(const ClientWord& word, std::optional<bool> good) {
  Json entry = Json::object();
  put_text(entry, "contact", word.contact);
  put_text(entry, "text", word.text);
  if (good) entry["good"] = *good;
  append("client_words", std::move(entry));
}

std::string CaseWork::checked_day(const ClientWord& word) const {
  const auto day = word.on.empty() ? std::optional(today_) : parse_day(word.on);
  const auto fixed = case_dates(record_.body).fixed_on;
  if (!day || *day > today_ || (fixed && *day < *fixed))
    throw ProblemError(ProblemCode::InvalidValue, {{"value", word.on}}, "on");
  return day_text(*day);
}

std::string CaseWork::speaker(const ClientWord& word) const {
  auto name = word.contact.empty() ? string_or_empty(record_.body, "confirming_contact") : word.contact;
  if (text::is_blank(name)) throw ProblemError(ProblemCode::RequiredMissing, {}, "contact");
  return name;
}

void CaseWork::called(const ClientWord& word) {
  const auto day = checked_day(word);
  if (status_ != "rep_called") move("rep_called");
  set("called_on", day);
  note_word(word, std::nullopt);
}

void CaseWork::note_call(const std::string& day) {
  if (status_ != "reported_fixed") return;
  move("rep_called");
  set("called_on", day);
}

void CaseWork::confirm(const ClientWord& word) {
  const auto day = checked_day(word);
  note_call(day);
  move("confirmed", {{"confirmed_by", speaker(word)}, {"confirmed_on", day}, {"confirmed_how", word.how}});
  note_word(word, true);
}

void CaseWork::reject(const ClientWord& word) {
  const auto day = checked_day(word);
  note_call(day);
  const auto& counted = record_.at("reopenings");
  move("rejected", {{"rejected_by", speaker(word)},
                    {"rejected_on", day},
                    {"reopenings", (counted.is_number_integer() ? counted.get<std::int64_t>() : 0) + 1}});
  note_word(word, false);
}

void CaseWork::estimate(const Repair& repair) {
  put_repair(repair);
}

void CaseWork::take(std::string_view step, const Json& said) {
  if (step == "accept") return accept(repair_from(said));
  if (step == "work") return work(string_or_empty(said, "text"), repair_from(said));
  if (step == "fixed") return report_fixed(repair_from(said));
  if (step == "called") return called(client_word_from(said));
  if (step == "confirm") return confirm(client_word_from(said));
  if (step == "reject") return reject(client_word_from(said));
  if (step == "estimate") return estimate(repair_from(said));
  throw ProblemError(ProblemCode::NotFound, {}, std::string(step));
}

}  // namespace anketa::programme
