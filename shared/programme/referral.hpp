// Referrals as a chain (R19, R23): named, introduced, contacted, met, won; and who came by whom.
//
// Thread safety: plain values and pure functions.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "shared/record/uuid.hpp"

namespace anketa::programme {

/// How far a referral has come, in the order of its way.
enum class ReferralStep { Named, Introduced, Contacted, Met, Won, Lost };

inline constexpr std::array<std::string_view, 6> referral_step_ids{"named", "introduced", "contacted",
                                                                   "met",   "won",        "lost"};

constexpr std::string_view id(ReferralStep step) {
  return referral_step_ids[static_cast<std::size_t>(step)];
}

std::optional<ReferralStep> referral_step(std::string_view id);

/// The field that holds the day on which a referral or an offer came to a status; empty where none does. Reports tell
/// by it whether a step was taken once the record has gone on.
std::string_view step_day_field(std::string_view collection, std::string_view status);

/// What is known of one referral.
struct ReferralFacts {
  ReferralStep step = ReferralStep::Named;
  /// Steps that have a date; a referral may be lost after any of them, and met without an introduction.
  bool was_introduced = false, was_contacted = false, was_met = false;
};

/// How many referrals came at least so far.
struct ReferralFunnel {
  int named = 0, introduced = 0, contacted = 0, met = 0, won = 0, lost = 0;

  void add(const ReferralFacts& facts);
};

/// A client that named another one which became a client.
struct ReferralLink {
  Uuid from, to;
};

/// How many links lead to each client that came by a referral: 1 for one named by a client who came by himself. A ring
/// of clients who named each other counts each from where the ring is entered; none of them twice.
std::map<Uuid, int> referral_generations(const std::vector<ReferralLink>& links);

}  // namespace anketa::programme
