#include "shared/programme/referral.hpp"

#include <set>

namespace anketa::programme {
namespace {

/// Links on the way to a client, followed back until nobody named the next one or the way closes on itself.
int generation_of(const Uuid& client, const std::map<Uuid, Uuid>& named_by) {
  std::set<Uuid> seen{client};
  int links = 0;
  for (auto found = named_by.find(client); found != named_by.end(); found = named_by.find(found->second)) {
    ++links;
    if (!seen.insert(found->second).second) break;
  }
  return links;
}

}  // namespace

std::optional<ReferralStep> referral_step(std::string_view id) {
  for (std::size_t i = 0; i < referral_step_ids.size(); ++i)
    if (referral_step_ids[i] == id) return static_cast<ReferralStep>(i);
  return std::nullopt;
}

std::string_view step_day_field(std::string_view collection, std::string_view status) {
  const bool is_referral = collection == "referral";
  if ((is_referral || collection == "offer") && (status == "won" || status == "lost")) return "closed_on";
  if (!is_referral) return {};
  if (status == "introduced") return "introduced_on";
  if (status == "contacted") return "contacted_on";
  return status == "met" ? "met_on" : std::string_view();
}

void ReferralFunnel::add(const ReferralFacts& facts) {
  const auto step = facts.step;
  const bool is_lost = step == ReferralStep::Lost;
  const auto reached = [&](ReferralStep least) { return !is_lost && step >= least; };
  ++named;
  introduced += step == ReferralStep::Introduced || facts.was_introduced;
  met += reached(ReferralStep::Met) || facts.was_met;
  contacted += reached(ReferralStep::Contacted) || facts.was_contacted || facts.was_met;
  won += step == ReferralStep::Won;
  lost += is_lost;
}

std::map<Uuid, int> referral_generations(const std::vector<ReferralLink>& links) {
  std::map<Uuid, Uuid> named_by;
  for (const auto& link : links)
    if (!(link.from == link.to)) named_by.emplace(link.to, link.from);
  std::map<Uuid, int> generations;
  for (const auto& [to, from] : named_by) generations.emplace(to, generation_of(to, named_by));
  return generations;
}

}  // namespace anketa::programme
