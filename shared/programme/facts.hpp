// What the programme's rules look at, as plain values: who and which clients there are, and what has happened.
//
// Model: a device fills the facts from its records (facts_from_records.hpp), the server from its projections; from
// there on both run the same code, so a rep's phone shows the figures that the lead sees. Whoever fills them leaves out
// what the viewer may not know (R36). Days are local: of the rep on his device, of the organisation on the server.
// Thread safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/programme/cadence.hpp"
#include "shared/programme/meetings.hpp"
#include "shared/programme/norm.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/json.hpp"

namespace anketa::programme {

struct ClientFact {
  Uuid id;
  std::string name, segment, industry, region, city, key_status;
  /// The status comes from a split by income (pareto.hpp).
  bool status_by_split = false;
  std::int64_t income_year = 0;
  /// Nil where nobody is responsible.
  Uuid owner;
  std::vector<Uuid> members;
};

struct PersonFact {
  Uuid id;
  std::string name, role;
  Share share = Share::Part;
  bool active = true;
};

/// Which clients a campaign goes to (R3). An empty list takes every value; `with` and `without` come before all.
struct ClientFilter {
  std::vector<std::string> segments, regions, cities, industries, key_statuses;
  std::vector<Uuid> with, without;

  bool takes(const ClientFact& client) const;
  bool leaves_out(const Uuid& client) const;
};

struct StaffFact {
  Uuid user;
  Share share = Share::Part;
};

/// A pass that is longer was mistyped.
inline constexpr std::chrono::days longest_pass{1096};

struct CampaignFact {
  Uuid id;
  std::string title, status;
  Day from{}, until{};
  ClientFilter filter;
  std::vector<StaffFact> staff;
  /// Somebody is named; otherwise everybody who represents us is staff.
  bool staff_named = false;
  Norms norms;
  bool paused_counts = true;
  Cadence cadence;
  int pareto_percent = 80;
  std::string script_ru, script_en;
};

/// A client on an individual list.
struct EntryFact {
  Uuid id, campaign, client, rep;
  bool unsure = false;
};

struct CallFact {
  Uuid id, client, campaign, rep;
  Instant at = 0;
  Day day{};
  /// "no_answer", "call_back", "refused", "booked".
  std::string outcome;
  std::optional<Instant> call_back_at;
};

struct VisitFact {
  Uuid id, client, rep;
  Instant at = 0;
  Day day{};
  /// "booked", "held", "cancelled".
  std::string status;
  bool informal = false, offer_made = false;
};

struct QuestionnaireFact {
  Uuid id, client, rep;
  std::string status;
  std::optional<Day> met_on;
  /// When the office first held it as paused or complete (R7, R8); nullopt: it does not yet.
  std::optional<Day> delivered_on;

  bool is_complete() const { return status == "complete" || status == "complete_after_pause"; }
  bool is_paused() const { return status == "paused" || status == "resumed"; }
};

/// A personal meeting that the history of relations tells of (R35).
struct TalkFact {
  Uuid client;
  Day day{};
  bool informal = false, offer_made = false;
};

struct OfferFact {
  Uuid client, questionnaire;
  std::string status;
  std::int64_t amount_month = 0;
};

struct ReferralFact {
  Uuid client, questionnaire;
  std::string status;
};

struct ReassignmentFact {
  Uuid id, campaign, client, from, to;
  /// "unsure", "monopolised", "overload"; "suggested", "accepted", "declined".
  std::string reason, status;
};

struct CostFact {
  Uuid campaign;
  std::int64_t amount = 0;
};

struct Facts {
  std::vector<ClientFact> clients;
  std::vector<PersonFact> people;
  std::vector<CampaignFact> campaigns;
  std::vector<EntryFact> entries;
  std::vector<CallFact> calls;
  std::vector<VisitFact> visits;
  std::vector<QuestionnaireFact> questionnaires;
  std::vector<TalkFact> talks;
  std::vector<OfferFact> offers;
  std::vector<ReferralFact> referrals;
  std::vector<ReassignmentFact> reassignments;
  std::vector<CostFact> costs;
  WorkingDays calendar;

  /// To be called once everything is in: sorts clients and people by name and campaigns by their beginning, and makes
  /// what follows findable.
  void index();
  const ClientFact* client(const Uuid& id) const;
  const PersonFact* person(const Uuid& id) const;
  const CampaignFact* campaign(const Uuid& id) const;
  /// The place in `clients`; nullopt where the client is not known.
  std::optional<std::size_t> place_of(const Uuid& client) const;

 private:
  std::unordered_map<Uuid, std::size_t> client_places_, person_places_;
};

/// Every meeting the facts tell of that has taken place by a day: held visits, personal meetings of the history, and
/// questionnaires with a date.
Meetings meetings_of(const Facts& facts, Day until);

/// What a representative may know: his clients, as owner or member, and what hangs on them; the questionnaires he
/// himself filled; of the staff himself; of money, suggestions and costs nothing (R36).
Facts view_of_rep(const Facts& facts, const Uuid& rep);

/// {"id", "name"}, or null for an unknown one.
Json client_reference(const Facts& facts, const Uuid& id);
Json person_reference(const Facts& facts, const Uuid& id);

}  // namespace anketa::programme
