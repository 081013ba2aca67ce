#include "sync-server/records/case_desk.hpp"

#include "shared/merge/merge.hpp"
#include "shared/programme/case_work.hpp"
#include "shared/programme/quality.hpp"
#include "sync-server/records/browser_edit.hpp"
#include "sync-server/records/client_file.hpp"

namespace anketa::server::records {
namespace {

RecordState need_case(Reader& reader, const Author& viewer, const Uuid& id) {
  auto record = Sight(reader, viewer).need(reader, id);
  if (record.collection != "quality_case") throw ProblemError(ProblemCode::RecordNotFound, {}, id.text());
  return record;
}

programme::DueDays due_days(Reader& reader) {
  const auto head = reader.head(programme::quality_settings_id());
  return programme::due_days_from(head && !head->deleted ? Json::parse(head->body) : Json::object());
}

}  // namespace

Json CaseDesk::show(const Author& viewer, const Uuid& id) {
  Json json;
  store_.read([&](Reader& reader) {
    const auto record = need_case(reader, viewer, id);
    const auto today = calendar_.day_of(environment_.now());
    const auto dates = programme::case_dates(record.body);
    const auto days = due_days(reader);
    const auto due = programme::due_on(dates, days);
    const auto age = programme::age_of(dates, today);
    Names names(reader, store_.accounts());
    json = record_view(reader, Sight(reader, viewer), names, id);
    json["turn"] = programme::id(programme::turn_of(dates.status));
    json["due_on"] = due ? Json(programme::day_text(*due)) : Json();
    json["overdue_days"] = programme::overdue_days(dates, days, today);
    json["age_days"] = age ? Json(*age) : Json();
    json["steps"] = programme::case_steps(dates.status, viewer.role);
  });
  return json;
}

Json CaseDesk::take(const Author& author, const Uuid& id, std::string_view step, const Json& said) {
  Mutation mutation;
  store_.read([&](Reader& reader) {
    const auto record = need_case(reader, author, id);
    programme::CaseWork work(record, author.user, calendar_.day_of(environment_.now()), environment_);
    work.take(step, said);
    mutation = begin_edit(environment_, author, record);
    mutation.ops = std::move(work).ops();
    for (auto& op : mutation.ops) merge::note_what_was_seen(op, record);
  });
  if (mutation.ops.empty()) throw ProblemError(ProblemCode::RequiredMissing, {}, "ops");
  return submit_edit(sync_, author, mutation);
}

}  // namespace anketa::server::records
