// A pass over the clients as reports look at it: a campaign, or the last year where there is none (R3, R5, R20).
//
// Model: the clients of a campaign are those its filter takes and those that stand on an individual list, but for those
// that the lead has left out by name. Each has the rep on whose list it is; until the campaign is split, the one who
// looks after it.
// Thread safety: plain values; refers to the facts, which must outlive it.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "shared/programme/coverage.hpp"
#include "shared/programme/distribution.hpp"
#include "shared/programme/facts.hpp"

namespace anketa::programme {

struct PassClient {
  const ClientFact* client = nullptr;
  /// Nil where nobody has it.
  Uuid rep;
  /// On an individual list.
  const EntryFact* entry = nullptr;
  Coverage coverage = Coverage::Untouched;
  /// The day its first result of the pass reached the office; nullopt: none yet.
  std::optional<Day> covered_on;
  int calls = 0;
  const CallFact* last_call = nullptr;
  /// The next visit that is booked.
  const VisitFact* visit = nullptr;
};

struct Pass {
  /// With nil id where there is no campaign: then the last year, with the rules' own settings.
  CampaignFact campaign;
  /// What happened in it counts: to the campaign's end, or to today while it runs.
  Period period;
  /// By name.
  std::vector<PassClient> clients;
};

/// Whether a client stands on the list of somebody who takes part in the campaign no more, and still is to be met or
/// called.
bool is_left_behind(const Pass& pass, const PassClient& client);

/// The campaign that is meant where none is named: the latest running one, else the latest begun; null without any.
const CampaignFact* present_campaign(const Facts& facts, Day today);

/// Throws ProblemError(RecordNotFound) for an unknown campaign.
Pass make_pass(const Facts& facts, const std::optional<Uuid>& campaign, Day today);

/// Questionnaires a person can fill in the pass: his norm over the days he works, from `from` on.
int capacity_of(const Facts& facts, const CampaignFact& campaign, const StaffFact& staff, Day from);

/// The split of the campaign's clients, with the suggestions that follow from what is known of relations. Lists that
/// stand already stay as they are. A relation that was not sure in an earlier campaign is not sure still; a client the
/// campaign has a suggestion for gets no other. `judged`: what the lead says of relations now, above all that.
Distribution split(const Facts& facts, const Pass& pass, Day today, const std::map<Uuid, Relation>& judged = {});

}  // namespace anketa::programme
