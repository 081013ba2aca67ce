// The steps of a quality case (R13-R18).
#include "anketa/cases.hpp"

#include <algorithm>

#include "client-core/api/parts.hpp"
#include "shared/form/local_time.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

constexpr const char* collection_name = "quality_case";

const schema::Field& status_field() {
  return *schema::collection(collection_name)->field("status");
}

void put_text(Json& facts, const char* field, const std::string& text) {
  if (!text.empty()) facts[field] = text;
}

}  // namespace

/// Ops on one case under way, and the status they bring it to.
struct Cases::Edit {
  LocalRecord record;
  Account account;
  std::string status;
  std::vector<Op> ops;

  void move(const char* to, Json facts = Json::object()) {
    Json step{{"from", status}, {"to", to}};
    if (!facts.empty()) step["facts"] = std::move(facts);
    ops.push_back({OpKind::Transition, "status", std::move(step), {}, {}});
    status = to;
  }
  void set(const char* field, Json value) {
    if (record.view.at(field) != value) ops.push_back({OpKind::Set, field, std::move(value), {}, {}});
  }
};

programme::Day Cases::today() const {
  const form::LocalTime now{client_.parts().environment.now(), offset_minutes_};
  return programme::parse_day(form::date_text(now)).value();
}

Cases::Edit Cases::begin(const Uuid& id) const {
  auto record = client_.need(id);
  if (record.view.collection != collection_name) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  const auto account = client_.account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  auto status = programme::case_dates(record.view.body).status;
  return {std::move(record), *account, std::move(status), {}};
}

void Cases::commit(Edit edit) {
  if (!edit.ops.empty()) client_.apply(edit.record.view.id, std::move(edit.ops));
}

Uuid Cases::open(const NewCase& complaint) {
  if (complaint.complaint.empty()) throw ProblemError(ProblemCode::RequiredMissing, {}, "complaint");
  const auto client = client_.need(complaint.client);
  if (client.view.collection != "client") throw ProblemError(ProblemCode::RecordNotFound, {}, complaint.client.text());
  const auto account = client_.account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  const auto item = Uuid::v7(client_.parts().environment).text();
  Json body{{"client", complaint.client.text()},
            {"status", status_field().values.front()},
            {"opened_on", programme::day_text(today())},
            {"opened_by", account->user.text()},
            {"rep", account->user.text()},
            {"severity", complaint.severity},
            {"complaints", {{item, {{"p_text", complaint.complaint}, {"p_sev", complaint.severity}}}}}};
  put_text(body, "company", string_or_empty(client.view.body, "name"));
  put_text(body, "confirming_contact", complaint.contact);
  put_text(body, "call_when", complaint.call_when);
  put_text(body, "place", complaint.place);
  return client_.create(collection_name, complaint.client, body);
}

void Cases::put_repair(Edit& edit, const Repair& repair) const {
  if (!repair.promised_on.empty()) {
    if (!programme::parse_day(repair.promised_on))
      throw ProblemError(ProblemCode::InvalidValue, {{"value", repair.promised_on}}, "promised_on");
    edit.set("promised_on", repair.promised_on);
  }
  if (!repair.cause.empty()) edit.set("cause", repair.cause);
  if (!repair.place.empty()) edit.set("place", repair.place);
  for (const auto& [field, amount] :
       {std::pair("fix_cost", repair.fix_cost), std::pair("extra_profit_month", repair.extra_profit_month)}) {
    if (!amount) continue;
    if (*amount < 0) throw ProblemError(ProblemCode::InvalidValue, {{"value", std::to_string(*amount)}}, field);
    edit.set(field, *amount);
  }
}

void Cases::accept(const Uuid& id, const Repair& repair) {
  auto edit = begin(id);
  edit.move("accepted");
  edit.set("accepted_by", edit.account.user.text());
  edit.set("accepted_on", programme::day_text(today()));
  put_repair(edit, repair);
  commit(std::move(edit));
}

void Cases::work(const Uuid& id, const std::string& text, const Repair& repair) {
  if (text.empty()) throw ProblemError(ProblemCode::RequiredMissing, {}, "text");
  auto edit = begin(id);
  if (edit.status != "in_work") {
    edit.move("in_work");
    if (edit.record.view.at("accepted_by").is_null()) {
      edit.set("accepted_by", edit.account.user.text());
      edit.set("accepted_on", programme::day_text(today()));
    }
  }
  auto& environment = client_.parts().environment;
  edit.ops.push_back({OpKind::Append,
                      "works",
                      {{"id", Uuid::v7(environment).text()},
                       {"at", environment.now()},
                       {"user", edit.account.user.text()},
                       {"text", text}},
                      {},
                      {}});
  put_repair(edit, repair);
  commit(std::move(edit));
}

void Cases::report_fixed(const Uuid& id, const Repair& repair) {
  auto edit = begin(id);
  if (edit.status == "open" || edit.status == "accepted") edit.move("in_work");
  edit.move("reported_fixed");
  edit.set("fixed_by", edit.account.user.text());
  edit.set("fixed_on", programme::day_text(today()));
  put_repair(edit, repair);
  commit(std::move(edit));
}

/// Every call stays on record, whatever the client said.
void Cases::note_word(Edit& edit, const ClientWord& word, std::optional<bool> good) const {
  auto& environment = client_.parts().environment;
  Json entry{{"id", Uuid::v7(environment).text()}, {"at", environment.now()}, {"user", edit.account.user.text()}};
  put_text(entry, "contact", word.contact);
  put_text(entry, "text", word.text);
  if (good) entry["good"] = *good;
  edit.ops.push_back({OpKind::Append, "client_words", std::move(entry), {}, {}});
}

std::string Cases::checked_day(const Edit& edit, const ClientWord& word) const {
  const auto day = word.on.empty() ? std::optional(today()) : programme::parse_day(word.on);
  const auto fixed = programme::case_dates(edit.record.view.body).fixed_on;
  if (!day || *day > today() || (fixed && *day < *fixed))
    throw ProblemError(ProblemCode::InvalidValue, {{"value", word.on}}, "on");
  return programme::day_text(*day);
}

void Cases::called(const Uuid& id, const ClientWord& word) {
  auto edit = begin(id);
  const auto day = checked_day(edit, word);
  if (edit.status != "rep_called") edit.move("rep_called");
  edit.set("called_on", day);
  note_word(edit, word, std::nullopt);
  commit(std::move(edit));
}

namespace {

std::string speaker(const RecordState& opened, const ClientWord& word) {
  auto name = word.contact.empty() ? string_or_empty(opened.body, "confirming_contact") : word.contact;
  if (name.empty()) throw ProblemError(ProblemCode::RequiredMissing, {}, "contact");
  return name;
}

}  // namespace

void Cases::confirm(const Uuid& id, const ClientWord& word) {
  auto edit = begin(id);
  const auto day = checked_day(edit, word);
  if (edit.status == "reported_fixed") {
    edit.move("rep_called");
    edit.set("called_on", day);
  }
  edit.move("confirmed",
            {{"confirmed_by", speaker(edit.record.view, word)}, {"confirmed_on", day}, {"confirmed_how", word.how}});
  note_word(edit, word, true);
  commit(std::move(edit));
}

void Cases::reject(const Uuid& id, const ClientWord& word) {
  auto edit = begin(id);
  const auto day = checked_day(edit, word);
  if (edit.status == "reported_fixed") {
    edit.move("rep_called");
    edit.set("called_on", day);
  }
  const auto& counted = edit.record.view.at("reopenings");
  edit.move("rejected", {{"rejected_by", speaker(edit.record.view, word)},
                         {"rejected_on", day},
                         {"reopenings", (counted.is_number_integer() ? counted.get<std::int64_t>() : 0) + 1}});
  note_word(edit, word, false);
  commit(std::move(edit));
}

void Cases::set_due_days(const Json& days) {
  for (const auto& [name, value] : days.items()) {
    const Json probe{{"due_days", {{name, value}}}};
    if (programme::to_json(programme::due_days_from(probe)).value(name, Json()) != value)
      throw ProblemError(ProblemCode::InvalidValue, {{"value", value.dump()}}, name);
  }
  const Json body{{"due_days", days}};
  if (client_.get(programme::quality_settings_id()))
    client_.edit(programme::quality_settings_id(), body);
  else
    client_.create("quality_settings", company_scope, body, programme::quality_settings_id());
}

void Cases::estimate(const Uuid& id, const Repair& repair) {
  auto edit = begin(id);
  put_repair(edit, repair);
  commit(std::move(edit));
}

}  // namespace anketa::client
