// A quality case as somebody at the console works on it (R13-R18): whose turn it is, what he may do next, and doing it,
// by the same rules as on a device (programme::CaseWork).
//
// Thread safety: all calls may come from any thread.
#pragma once

#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/services/sync_service.hpp"

namespace anketa::server::records {

class CaseDesk {
 public:
  CaseDesk(Store& store, SyncService& sync, Environment& environment, const std::string& zone)
      : store_(store), sync_(sync), environment_(environment), calendar_(zone) {}

  /// The record with {"turn", "due_on", "overdue_days", "age_days", "steps"}. Throws ProblemError(RecordNotFound).
  Json show(const Author& viewer, const Uuid& id);
  /// Takes a step by its name with what is said of it, as an edit of the author's. Throws ProblemError as CaseWork
  /// does, and what the edit would be parked for.
  Json take(const Author& author, const Uuid& id, std::string_view step, const Json& said);

 private:
  Store& store_;
  SyncService& sync_;
  Environment& environment_;
  reports::OrgCalendar calendar_;
};

}  // namespace anketa::server::records
