// What the consolidated results are computed from, kept in memory and following the history change by change.
//
// Model: built from the records when somebody first asks; afterwards only records that changed are read. So an answer
// costs one pass over compact rows, whatever has happened since the last.
// Invariant: after refresh() the rows are those of the reader's snapshot.
// Thread safety: one thread at a time changes it; any number may read between two changes.
#pragma once

#include "shared/record/json.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/result_rows.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::reports {

class ResultData {
 public:
  explicit ResultData(const OrgCalendar& calendar) : calendar_(calendar) {}

  void refresh(Reader& reader);

  RowTable<ResultClient> clients;
  RowTable<ResultUser> users;
  RowTable<ResultCampaign> campaigns;
  RowTable<ResultAssignment> assignments;
  RowTable<ResultQuestionnaire> questionnaires;
  RowTable<ResultContact> contacts;
  RowTable<ResultTalk> talks;
  RowTable<ResultVisit> visits;
  RowTable<ResultOffer> offers;
  RowTable<ResultReferral> referrals;
  RowTable<ResultPart> parts;
  RowTable<ResultOpportunity> opportunities;
  RowTable<ResultRangeItem> range;

 private:
  void clear();
  void take(const Head& head);
  void take_erased(const Head& head);
  void note_deliveries(Reader& reader, const std::vector<Uuid>& changed);

  const OrgCalendar& calendar_;
  std::string epoch_;
  std::uint64_t seen_ = 0;
};

}  // namespace anketa::server::reports
