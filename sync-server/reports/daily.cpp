#include "sync-server/reports/daily.hpp"

#include <array>

#include "shared/record/mutation.hpp"
#include "sync-server/reports/register.hpp"

namespace anketa::server::reports {
namespace {

using programme::CaseEvent;
using Kind = CaseEvent::Kind;

std::optional<Kind> kind_of(std::string_view status) {
  if (status == "accepted") return Kind::Accepted;
  if (status == "reported_fixed") return Kind::ReportedFixed;
  if (status == "rep_called") return Kind::Called;
  if (status == "confirmed") return Kind::Confirmed;
  if (status == "rejected") return Kind::Rejected;
  return std::nullopt;
}

class EventReader {
 public:
  explicit EventReader(const Tables& tables) : tables_(tables) {}

  void take(const JournalRow& row) {
    const auto mutation = mutation_of(row);
    const auto* user = tables_.user(row.user);
    event_ = {Kind::Opened, row.record, user ? user->name : std::string(), {}};
    std::string said;
    for (const auto& op : mutation.ops)
      if (op.kind == OpKind::Append && op.path == "client_words") said = string_or_empty(op.value, "text");
    for (const auto& op : mutation.ops) take(op, said);
  }

  std::vector<CaseEvent> events;

 private:
  void take(const Op& op, const std::string& said) {
    if (op.kind == OpKind::Set && op.path.empty() && op.value.is_object())
      return add(Kind::Opened, programme::complaints_text(op.value));
    if (op.kind == OpKind::Append && op.path == "works") return add(Kind::Worked, string_or_empty(op.value, "text"));
    if (op.kind != OpKind::Transition) return;
    if (const auto kind = kind_of(string_or_empty(op.value, "to"))) add(*kind, said);
  }

  void add(Kind kind, std::string text) {
    auto event = event_;
    event.kind = kind;
    event.text = std::move(text);
    events.push_back(std::move(event));
  }

  const Tables& tables_;
  CaseEvent event_;
};

}  // namespace

std::vector<CaseEvent> case_events(Reader& reader, const Tables& tables, Instant since, Instant until) {
  std::vector<Uuid> changed;
  const std::array<SqlValue, 1> parameters{since};
  reader.select("SELECT id FROM p_case WHERE changed_at >= ?1", parameters,
                [&](const Row& row) { changed.push_back(row.id(0).value_or(Uuid())); });
  std::map<std::int64_t, JournalRow> rows;
  for (const auto& id : changed)
    for (auto& row : reader.journal_of(id))
      if (row.result.seq > 0 && row.received_at >= since && row.received_at < until)
        rows.emplace(row.position, std::move(row));
  EventReader events(tables);
  for (const auto& [position, row] : rows) events.take(row);
  return std::move(events.events);
}

programme::DailyReport daily(Reader& reader, const Tables& tables, const OrgCalendar& calendar, Instant since,
                             Instant until) {
  const auto day = calendar.day_of(until);
  return programme::daily_report(load_register(reader, tables, day), case_events(reader, tables, since, until),
                                 calendar.day_of(since), day);
}

programme::WeeklyAgenda weekly(Reader& reader, const Tables& tables, const OrgCalendar& calendar, Instant since,
                               Instant until) {
  const auto day = calendar.day_of(until);
  return programme::weekly_agenda(load_register(reader, tables, day), case_events(reader, tables, since, until),
                                  calendar.day_of(since), day);
}

}  // namespace anketa::server::reports
