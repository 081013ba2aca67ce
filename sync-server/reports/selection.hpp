// Which records a request's figures are counted from: by the viewer's rights, the filter, the campaign and the period.
//
// The one place that decides it: a figure and the list behind it use the same test, so that they agree.
// Thread safety: const after construction; views live as long as the data they were made from.
#pragma once

#include "sync-server/reports/filter.hpp"
#include "sync-server/reports/result_data.hpp"
#include "sync-server/reports/viewer.hpp"

namespace anketa::server::reports {

/// What is known of one client over all its records.
struct ClientState {
  /// The viewer may see it and the filter lets it through; for figures about clients, so does its owner.
  bool is_seen = false, is_taken = false;
  /// Owners at work; one whose account is closed is not counted, but still stands in `owner`.
  int owners = 0;
  Uuid owner;
  std::vector<Day> meetings;
  std::optional<Day> last_meeting;
  int talks = 0, talks_of_trouble = 0, persons = 0, persons_known = 0;
};

class Selection {
 public:
  /// Reads rep, client, segment, region, since, until and campaign. Throws ProblemError: InvalidValue naming the
  /// parameter, RecordNotFound for an unknown campaign, Forbidden for the service side, to whom this is not shown.
  Selection(const ResultData& data, const Viewer& viewer, const Query& query, Day today);

  const ResultData& data() const { return data_; }
  Day today() const { return today_; }
  Day since() const { return since_; }
  Day until() const { return until_; }
  const ResultCampaign* campaign() const { return campaign_; }

  /// A questionnaire that has reached the office, of a meeting in the period or of the campaign.
  bool takes(const ResultQuestionnaire& row) const { return questionnaires_[data_.questionnaires.place_of(row)]; }
  bool takes(const ResultOffer& row) const;
  bool takes(const ResultReferral& row) const;
  /// Null for a client that is not taken.
  const ClientState* taken(const Uuid& client) const;
  /// By place in data().clients.
  const std::vector<ClientState>& clients() const { return clients_; }

  /// When an offer was made: on its day, or else at the meeting that produced it.
  std::optional<Day> day_of(const ResultOffer& row) const;
  std::optional<Day> day_of(const ResultReferral& row) const;
  /// The day of the questionnaire's meeting.
  std::optional<Day> meeting_day(const Uuid& questionnaire) const;
  Uuid campaign_of(const ResultOffer& row) const;
  Uuid rep_of(const ResultOffer& row) const;

 private:
  bool sees(const Uuid& client) const;
  bool in_period(std::optional<Day> day) const;
  bool takes_rep(const Uuid& rep) const { return !filter_.rep || rep == *filter_.rep; }
  bool of_campaign(const Uuid& named, std::optional<Day> day) const;
  void judge_clients(const Viewer& viewer);
  void judge_questionnaires();
  void gather_meetings();
  void gather_talks();
  ClientState* state(const Uuid& client);

  const ResultData& data_;
  Filter filter_;
  const ResultCampaign* campaign_ = nullptr;
  Day today_, since_, until_;
  std::vector<ClientState> clients_;
  /// Whether it is taken, by place: every figure asks for it.
  std::vector<bool> questionnaires_;
};

}  // namespace anketa::server::reports
