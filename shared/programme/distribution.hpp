// The split of a campaign's clients into individual lists (R4, R5).
//
// Model: who looks after a client keeps it, for the best relation keeps the client. Clients nobody of the staff looks
// after go to whoever has most room, measured by the norm: a full-time rep takes three for each of a part-time one.
// Where the relation is not sure, where one shields the client from colleagues, and where a list is longer than its
// rep can manage, another rep is suggested. A suggestion changes nothing: the lead accepts it or does not.
// Thread safety: pure functions; the same input gives the same lists.
#pragma once

#include <string_view>
#include <vector>

#include "shared/record/uuid.hpp"

namespace anketa::programme {

enum class Relation { Good, Unsure, Monopolised };

/// Unsure for "unsure", Monopolised for "monopolised", Good for anything else.
Relation relation_from(std::string_view id);

/// Why another rep is suggested.
enum class ReassignReason { Unsure, Monopolised, Overload };

/// "unsure", "monopolised", "overload".
std::string_view id(ReassignReason reason);

struct StaffMember {
  Uuid user;
  /// Questionnaires he can fill in the pass: his norm over the days he works.
  int capacity = 0;
};

struct ListedClient {
  Uuid client;
  /// Nil where nobody looks after it.
  Uuid owner;
  /// Others of ours who work with it.
  std::vector<Uuid> members;
  Relation relation = Relation::Good;
  /// Key or most valuable: never suggested away for want of room.
  bool key = false;
  /// A meeting is booked or held: never suggested away for want of room.
  bool under_way = false;
  /// Met already: it stays where it is, whatever the relation.
  bool met = false;
};

struct ListEntry {
  Uuid client, rep;
};

struct Suggestion {
  Uuid client, from, to;
  ReassignReason reason = ReassignReason::Unsure;
};

struct ListLoad {
  Uuid rep;
  int clients = 0;
  int capacity = 0;
};

struct Distribution {
  /// In the order of the clients given.
  std::vector<ListEntry> lists;
  std::vector<Suggestion> suggestions;
  /// In the order of the staff given; loads before any suggestion is accepted.
  std::vector<ListLoad> loads;
};

/// Without staff there are no lists.
Distribution distribute(const std::vector<ListedClient>& clients, const std::vector<StaffMember>& staff);

}  // namespace anketa::programme
