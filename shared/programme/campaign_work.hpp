// The lead's work on a campaign as the changes it takes: making it, individual lists, suggestions, key clients (R3-R5,
// R20). One code for the device and for the console.
//
// Model: each call reads the records as they stand and adds groups of changes; one group is what has to come together.
// A piece of work is for one call: what it has added it does not see.
// Failures throw ProblemError: Forbidden for who is no lead, RecordNotFound, and what is named at the calls.
// Thread safety: belongs to one piece of work.
#pragma once

#include "shared/programme/distribution.hpp"
#include "shared/programme/facts.hpp"
#include "shared/programme/record_changes.hpp"
#include "shared/record/role.hpp"

namespace anketa::programme {

struct SplitOutcome {
  /// Clients that came onto an individual list, of how many in the campaign.
  std::size_t listed = 0, clients = 0;
  /// From the lists of people who take part no more.
  std::size_t moved = 0;
  std::size_t suggestions = 0;
};

Json to_json(const SplitOutcome& outcome);

/// Who works, and on which day of his.
struct Worker {
  Uuid user;
  Role role = Role::Lead;
  Day today;
};

class CampaignWork {
 public:
  /// Source and environment outlive the work.
  CampaignWork(const RecordSource& records, const Worker& worker, Environment& environment);

  /// Makes a campaign. What the body leaves out is as the rules have it, the phone script among it. Staff may be given
  /// as the list has it, or as the people that are to be on it: [{"user", "share"}].
  Uuid create(const Json& body);
  /// Changes what is given; gives how much that was. Throws InvalidValue where it would end before it begins.
  std::size_t edit(const Uuid& campaign, const Json& wanted);
  /// Puts every client of the campaign that is on no individual list yet onto one, deals out what is left on the lists
  /// of people who take part no more, and makes suggestions. Who gets a client comes into its team.
  SplitOutcome split(const Facts& facts, const Uuid& campaign);
  /// "good", "unsure" or "monopolised": the last two make a suggestion, which is given; "good" declines an open one.
  std::optional<Uuid> judge(const Facts& facts, const Uuid& campaign, const Uuid& client, std::string_view relation);
  /// With acceptance the list, the responsibility and the booked visits go to the taker, the one it names or another,
  /// and the giver stays in the team. Throws IllegalTransition for one that is decided.
  void decide(const Uuid& suggestion, bool accept, std::optional<Uuid> to);
  /// Puts a client onto another list with its booked visits, and into the taker's hands where responsibility goes
  /// along. An open suggestion is declined by that.
  void move(const Uuid& campaign, const Uuid& client, const Uuid& to, bool with_responsibility);
  /// Makes the split by income the clients' status, but where the lead has decided himself; gives how many change.
  std::size_t make_key(const Facts& facts, int percent);
  /// The lead's own decision, which no split changes; "" gives the client back to the split.
  void decide_key_status(const Uuid& client, std::string_view status);

  std::vector<ChangeGroup> changes() && { return std::move(groups_); }

 private:
  /// A client's way from one individual list to another.
  struct ListMove {
    Uuid campaign, client, from, to;
  };

  void add(ChangeGroup group);
  void take_staff(Json& wanted, const Json& now) const;
  Json decision(const char* status) const;
  std::optional<RecordState> find_entry(const Uuid& campaign, const Uuid& client) const;
  /// The campaign's suggestion for a client that the lead has not accepted.
  std::optional<RecordState> find_suggestion(const Uuid& campaign, const Uuid& client) const;
  ChangeGroup moving(const ListMove& move, bool with_responsibility) const;
  void hand_visits(const ListMove& move, ChangeGroup& changes) const;
  Uuid suggest(const Uuid& campaign, const Suggestion& suggestion);
  /// The status, and whether it comes from the split (income_sign).
  void set_status(const Uuid& client, const Json& status, bool by_split);

  const RecordSource& records_;
  Worker worker_;
  Environment& environment_;
  std::vector<ChangeGroup> groups_;
};

}  // namespace anketa::programme
