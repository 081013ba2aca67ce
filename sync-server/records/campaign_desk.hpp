// The lead at the console at work on a campaign (R3-R5, R20), by the same rules as on a device
// (programme::CampaignWork).
//
// Failures throw ProblemError: what CampaignWork throws, and what an edit would be parked for.
// Thread safety: all calls may come from any thread.
#pragma once

#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/services/sync_service.hpp"

namespace anketa::programme {
class CampaignWork;
struct Facts;
}  // namespace anketa::programme

namespace anketa::server::records {

class CampaignDesk {
 public:
  CampaignDesk(Store& store, SyncService& sync, Environment& environment, const std::string& zone)
      : store_(store), sync_(sync), environment_(environment), calendar_(zone) {}

  // Shapes: docs/api.md.
  Json create(const Author& author, const Json& wish);
  Json edit(const Author& author, const Uuid& campaign, const Json& wish);
  Json split(const Author& author, const Uuid& campaign);
  Json move(const Author& author, const Uuid& campaign, const Uuid& client, const Json& wish);
  Json judge(const Author& author, const Uuid& campaign, const Uuid& client, const Json& wish);
  Json decide(const Author& author, const Uuid& suggestion, const Json& wish);
  Json make_key(const Author& author, const Json& wish);
  Json decide_key_status(const Author& author, const Uuid& client, const Json& wish);

 private:
  /// Loads the facts; only for work that looks at them.
  using LoadFacts = std::function<programme::Facts()>;
  using Work = std::function<Json(programme::CampaignWork&, const LoadFacts&)>;
  /// What the work gives, with the number of records it changed where it gives nothing.
  Json at_work(const Author& author, const Work& work);

  Store& store_;
  SyncService& sync_;
  Environment& environment_;
  reports::OrgCalendar calendar_;
};

}  // namespace anketa::server::records
