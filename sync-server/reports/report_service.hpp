// Everything the reading API answers, for one viewer each (docs/api.md).
//
// Model: a snapshot of the projections and an index of the answers are kept in memory and brought up to date when the
// history has moved; between two changes all requests share them.
// Thread safety: all calls may come from any thread.
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "sync-server/reports/answer_index.hpp"
#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/reports/result_data.hpp"
#include "sync-server/reports/tables.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server::reports {

class ReportService {
 public:
  /// `zone` is the organisation's time zone by IANA name. Throws ProblemError(ConfigInvalid) for an unknown one.
  ReportService(Store& store, Environment& environment, const std::string& zone);

  /// Reads all that answers are made of, so that the first who asks does not wait for it. Throws what the store throws.
  void get_ready();

  Json overview(const Viewer& viewer, const Query& query);
  Json clients(const Viewer& viewer, const Query& query);
  Json questionnaires(const Viewer& viewer, const Query& query);
  Json questionnaire(const Viewer& viewer, const std::string& id);
  Json cases(const Viewer& viewer, const Query& query);
  Json quality_register(const Viewer& viewer, const Query& query);
  Json bottlenecks(const Viewer& viewer, const Query& query);
  /// Today's report and the agenda of the weekly meeting; they take no parameters.
  Json daily(const Viewer& viewer, const Query& query);
  Json agenda(const Viewer& viewer, const Query& query);
  Json tasks(const Viewer& viewer, const Query& query);
  Json questions(const Viewer& viewer, const Query& query);
  Json question_texts(const Viewer& viewer, const std::string& question, const Query& query);
  Json answers(const Viewer& viewer, const Query& query);
  Json consolidated(const Viewer& viewer, const Query& query);
  /// The list behind a figure of the consolidated results.
  Json records(const Viewer& viewer, const std::string& list, const Query& query);
  Json forms(const Viewer& viewer, const Query& query);
  Json form(const Viewer& viewer, const std::string& id);

 private:
  /// The projections as of now.
  std::shared_ptr<const Tables> tables(Reader& reader);
  /// Runs work(reader, tables, index) over an index that is up to date and does not change meanwhile.
  template <typename Work>
  Json with_answers(const Work& work);
  template <typename Work>
  Json with_tables(const Work& work);
  /// Answers and results as of now.
  void refresh_results(Reader& reader);
  /// Runs work(selection) over results and answers that are up to date and do not change meanwhile.
  template <typename Work>
  Json with_results(const Viewer& viewer, const Query& query, const Work& work);
  template <typename Work>
  Json with_reader(const Work& work);

  Store& store_;
  Environment& environment_;
  OrgCalendar calendar_;

  std::mutex tables_mutex_;
  std::shared_ptr<const Tables> tables_;
  std::string tables_epoch_;
  std::uint64_t tables_seq_ = 0;

  std::shared_mutex index_mutex_;
  AnswerIndex index_;
  ResultData results_;
};

}  // namespace anketa::server::reports
