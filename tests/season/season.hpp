// A summer of the VIP programme, played by real client cores against the real sync service (R3-R23).
//
// Model: what happens to which client when is a fixed plan, told in season.md, so that its figures can be worked out by
// hand. Time is virtual; every person works on a device of his own and syncs as people do. Not thread-safe.
#pragma once

#include <map>

#include "anketa/cases.hpp"
#include "anketa/programme.hpp"
#include "sync-server/reports/campaign_reports.hpp"
#include "sync-server/reports/daily.hpp"
#include "sync-server/reports/report_service.hpp"
#include "tests/client-core/sync/office.hpp"

namespace anketa::season {

enum class Rep { Anna, Boris, Vera, Gleb, Dina, Egor };
inline constexpr int reps = 6, weeks = 10, clients_a_decade = 10, decades = 20;

/// The client's place in the plan: ten clients make a decade, two decades are a week's work.
struct Place {
  int decade = 0, position = 0;

  int week() const { return decade / 2; }
  bool odd() const { return decade % 2 != 0; }
  Rep rep() const;
  /// Vera is away in the fifth week and makes it up in the sixth.
  int worked_in_week() const;

  // What the plan has for him (season.md).
  bool untouched() const { return odd() && position == 8; }
  bool refuses() const { return odd() && position == 9; }
  bool booked_for_autumn() const { return odd() && position == 7; }
  bool no_answer_at_first() const { return odd() && position == 4; }
  bool asks_to_call_back() const { return odd() && position == 5; }
  bool met() const { return !untouched() && !refuses() && !booked_for_autumn(); }
  bool has_problem() const { return !odd() && (position == 0 || position == 3); }
  bool stays_broken() const { return has_problem() && position == 3 && week() % 2 != 0; }
  bool rejects_once() const { return has_problem() && position == 3 && week() % 2 == 0; }
  bool orders() const { return position == 1; }
  bool wants_more() const { return position == 2; }
  bool recommends() const { return position == 4; }
  bool recommendation_is_won() const { return recommends() && !odd(); }
  int score() const { return rep() == Rep::Anna ? 10 : rep() == Rep::Boris ? 8 : 5; }
};

class Season {
 public:
  Season();
  /// Plays the ten weeks and leaves time at the evening of the last Sunday.
  void play();

  Json campaign_report(std::string_view name, const server::reports::Query& query = {});
  server::reports::ReportService& results() { return results_; }
  static server::reports::Viewer lead_viewer() { return {Uuid(), Role::Lead}; }
  client::Client& rep_client(Rep rep) { return *reps_[static_cast<std::size_t>(rep)].client; }
  client::Client& lead() { return *lead_.client; }
  Uuid client_at(int decade, int position) const { return accounts_.at(decade * clients_a_decade + position); }
  Uuid campaign() const { return campaign_; }
  Uuid person(Rep rep) const { return reps_[static_cast<std::size_t>(rep)].author.user; }
  /// The daily report of the first Friday, and the agenda of the last week (R16).
  const programme::DailyReport& first_friday() const { return first_friday_; }
  programme::WeeklyAgenda last_week();
  /// Edits that are still on some device alone, after everybody has synced.
  std::uint64_t unsynced() const;

 private:
  using Device = client::test::Office::Device;
  struct Talk;

  void hire();
  void take_on_clients();
  void plan_campaign();
  void week(int number);
  void call(const Place& place);
  void book(const Place& place);
  void meet(const Place& place, int slot);
  Json claims() const;
  void talk(const Place& place, client::Interview& interview);
  void after_gate(const Place& place, client::Interview& interview);
  void resume(const Place& place);
  void repair(const Place& place, bool finish);
  void estimate(const Place& place);
  void sell_on(const Place& place);
  Uuid case_of(client::Client& device, const Place& place) const;
  void sync_everybody();
  void until(int week, int day, int hour);
  template <typename Work>
  void each(int week, const Work& work);
  Device& device_of(const Place& place) { return reps_[static_cast<std::size_t>(place.rep())]; }
  Uuid account(const Place& place) const { return client_at(place.decade, place.position); }

  client::test::Office office_;
  Device lead_, service_;
  std::vector<Device> reps_;
  std::vector<Uuid> accounts_, contacts_;
  std::map<int, Uuid> visits_, questionnaires_;
  Uuid campaign_;
  programme::DailyReport first_friday_{};
  server::reports::CampaignReports campaign_reports_;
  server::reports::ReportService results_;
};

}  // namespace anketa::season
