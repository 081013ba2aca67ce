// Facts of the programme from records, as a device has them. Thread safety: none; fill, then index and share.
#pragma once

#include <functional>
#include <string_view>

#include "shared/programme/facts.hpp"

namespace anketa::programme {

/// A record as its reader sees it.
struct FactSource {
  std::string_view collection;
  Uuid id;
  Scope scope;
  const Json& body;
  /// The server has it in this state. Of questionnaires only: what has not reached the office is no result (R7).
  bool delivered = false;
};

/// Collections whose records are facts.
const std::vector<std::string_view>& fact_collections();

/// Adds what the record tells; any other collection is passed over. `day_of` gives the local date of an instant. A
/// device does not know the moment of delivery: the day of the meeting stands for it.
void add_fact(Facts& facts, const FactSource& source, const std::function<Day(Instant)>& day_of);
/// An assignment takes effect here, once all clients are in.
void add_assignment(Facts& facts, const FactSource& source);

/// A campaign's own settings, with the rules' defaults for what it leaves out.
CampaignFact campaign_from(const Uuid& id, const Json& body);
ReassignmentFact reassignment_from(const Uuid& id, const Json& body);
void add_holiday(WorkingDays& calendar, const Json& body);
void add_absence(WorkingDays& calendar, const Json& body);

}  // namespace anketa::programme
