// The invented company while it is being made: its people, its clients and the calendar they work by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/demo/chance.hpp"
#include "tools/demo/demo.hpp"
#include "tools/demo/ledger.hpp"
#include "tools/demo/people.hpp"

namespace anketa::demo {

struct DemoContact {
  Uuid id;
  std::string name;
};

struct DemoClient {
  Uuid id;
  /// Index of its owner and of a member of the team (or the owner again) among the colleagues.
  std::size_t owner = 0, member = 0;
  int contract_speed = 100;
  std::vector<DemoContact> contacts;
  Uuid main_contact;
  Uuid general;
  /// The other parts of its dossier, where there are any, by their names.
  std::map<std::string, Uuid> parts;
  /// Nobody has visited it for a year: one only hears of payments and faults (R2).
  bool neglected = false;
};

/// Days and hours of the company's own zone, as instants.
class Calendar {
 public:
  Calendar(Instant now, int offset_minutes);
  /// That hour of the day so many days from today.
  Instant at(int days, int hour, int minute = 0) const;
  /// The same, moved to Monday where it falls on a weekend.
  Instant working(int days, int hour, int minute = 0) const;
  /// Days from today to Monday of this week: 0 to -6.
  int monday() const;
  bool is_friday(int days) const;
  std::string date(Instant at) const;
  /// Days from today to the day of an instant.
  int days_to(Instant at) const;
  Instant now() const { return now_; }
  int offset_minutes() const { return offset_; }

 private:
  Instant now_, midnight_;
  int offset_;
};

struct World {
  World(const DemoOptions& options, std::vector<Colleague> colleagues)
      : chance(options.seed),
        calendar(options.now, options.offset_minutes),
        ledger(std::move(colleagues), options.seed) {}

  Chance chance;
  Calendar calendar;
  Ledger ledger;
  std::vector<DemoClient> clients;
  /// The pass that is under way; nil before there is one.
  Uuid campaign;
};

/// Indices of the colleagues that make_colleagues() gives.
inline constexpr std::size_t server_self = 0, lead = 1, service = 2, manager = 3, admin = 4, first_rep = 5, reps = 6;

std::vector<Colleague> make_colleagues();
/// Clients with contacts, dossiers, assignments and a year of history.
void make_clients(World& world, std::size_t count);
/// What is known of the accounts beyond that: the parts of the dossier, decision schemes, competitors, opportunities,
/// promises; and our range.
void make_accounts(World& world);
/// A small pass of a year ago, finished, with its costs: a season to compare with (R20).
void make_last_season(World& world);
/// The present pass: its individual lists, suggestions to reassign, costs, and days nobody works (R3-R5, R8).
void make_campaign(World& world, int weeks_before);
/// A call last week that led to no meeting; which outcome it had follows from its place in the rep's list (R9).
void call_in_vain(World& world, const DemoClient& client, int place);
/// The pass of the VIP programme: calls, visits, questionnaires, cases, referrals and offers of this week and so many
/// before it, and the visits booked for the days to come.
void run_programme(World& world, int weeks_before);

}  // namespace anketa::demo
