// The reports of the programme (shared/programme/reports.hpp) for one viewer each, and the calendar a phone reads
// (docs/api.md, "The campaign").
//
// Model: the facts are kept in memory and loaded anew when the history has moved; between two changes all requests
// share them.
// Thread safety: all calls may come from any thread.
#pragma once

#include <memory>
#include <mutex>

#include "shared/programme/reports.hpp"
#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/viewer.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::reports {

class CampaignReports {
 public:
  /// `zone` is the organisation's time zone by IANA name. Throws ProblemError(ConfigInvalid) for an unknown one.
  CampaignReports(Store& store, Environment& environment, const std::string& zone);

  /// Throws ProblemError(Forbidden) where the report is not for the viewer, and what programme::report throws.
  Json report(const Viewer& viewer, std::string_view name, const Query& query);

  /// A person's visits as iCalendar: client, time and place, of the clients he works with (R9, R36). Those to come, and
  /// those of the last month.
  std::string calendar(const Viewer& viewer, text::Language language);

 private:
  std::shared_ptr<const programme::Facts> facts(Reader& reader);

  Store& store_;
  Environment& environment_;
  OrgCalendar calendar_;

  std::mutex mutex_;
  std::shared_ptr<const programme::Facts> facts_;
  std::string epoch_;
  std::uint64_t seq_ = 0;
};

}  // namespace anketa::server::reports
