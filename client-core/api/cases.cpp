// The steps of a quality case (R13-R18).
#include "anketa/cases.hpp"

#include "client-core/api/parts.hpp"
#include "shared/form/local_time.hpp"
#include "shared/schema/schema.hpp"
#include "shared/text/search.hpp"

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

programme::Day Cases::today() const {
  const form::LocalTime now{client_.parts().environment.now(), offset_minutes_};
  return programme::parse_day(form::date_text(now)).value();
}

void Cases::commit(const Uuid& id, const std::function<void(programme::CaseWork&)>& work) {
  const auto record = client_.need(id);
  if (record.view.collection != collection_name) throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  const auto account = client_.account();
  if (!account) throw ProblemError(ProblemCode::NotLoggedIn);
  programme::CaseWork edit(record.view, account->user, today(), client_.parts().environment);
  work(edit);
  auto ops = std::move(edit).ops();
  if (!ops.empty()) client_.apply(id, std::move(ops));
}

Uuid Cases::open(const NewCase& complaint) {
  if (text::is_blank(complaint.complaint)) throw ProblemError(ProblemCode::RequiredMissing, {}, "complaint");
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

void Cases::accept(const Uuid& id, const Repair& repair) {
  commit(id, [&](auto& edit) { edit.accept(repair); });
}

void Cases::work(const Uuid& id, const std::string& text, const Repair& repair) {
  commit(id, [&](auto& edit) { edit.work(text, repair); });
}

void Cases::report_fixed(const Uuid& id, const Repair& repair) {
  commit(id, [&](auto& edit) { edit.report_fixed(repair); });
}

void Cases::called(const Uuid& id, const ClientWord& word) {
  commit(id, [&](auto& edit) { edit.called(word); });
}

void Cases::confirm(const Uuid& id, const ClientWord& word) {
  commit(id, [&](auto& edit) { edit.confirm(word); });
}

void Cases::reject(const Uuid& id, const ClientWord& word) {
  commit(id, [&](auto& edit) { edit.reject(word); });
}

void Cases::estimate(const Uuid& id, const Repair& repair) {
  commit(id, [&](auto& edit) { edit.estimate(repair); });
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

}  // namespace anketa::client
