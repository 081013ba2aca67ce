#include "shared/programme/distribution.hpp"

#include <algorithm>

namespace anketa::programme {
namespace {

/// Who has how much, as the split goes on and as it would be with every suggestion accepted.
class Loads {
 public:
  explicit Loads(const std::vector<StaffMember>& staff) : staff_(staff), clients_(staff.size(), 0) {}

  std::size_t place(const Uuid& user) const {
    for (std::size_t i = 0; i < staff_.size(); ++i)
      if (staff_[i].user == user) return i;
    return staff_.size();
  }
  bool has(const Uuid& user) const { return place(user) < staff_.size(); }
  void take(std::size_t rep) { ++clients_[rep]; }
  void give(std::size_t from, std::size_t to) {
    --clients_[from];
    ++clients_[to];
  }
  int clients(std::size_t rep) const { return clients_[rep]; }
  int over(std::size_t rep) const { return clients_[rep] - staff_[rep].capacity; }
  /// The rep whose list would be the shortest for what he can do, had he one more; the first of equals.
  std::size_t roomiest(std::size_t but = std::size_t(-1)) const {
    std::size_t best = staff_.size();
    for (std::size_t i = 0; i < staff_.size(); ++i)
      if (i != but && (best == staff_.size() || is_roomier(i, best))) best = i;
    return best;
  }

 private:
  /// Compares (clients + 1) / capacity; who can do nothing comes last.
  bool is_roomier(std::size_t a, std::size_t b) const {
    const auto load = [&](std::size_t rep) { return static_cast<std::int64_t>(clients_[rep]) + 1; };
    const auto capacity = [&](std::size_t rep) { return static_cast<std::int64_t>(std::max(staff_[rep].capacity, 0)); };
    if (capacity(a) == 0 || capacity(b) == 0) return capacity(a) > capacity(b);
    return load(a) * capacity(b) < load(b) * capacity(a);
  }

  const std::vector<StaffMember>& staff_;
  std::vector<int> clients_;
};

/// For a relation that is not sure: a colleague who works with the client already, with most room; else whoever has.
std::size_t taker(const ListedClient& client, std::size_t from, const Loads& loads, std::size_t staff) {
  std::size_t best = staff;
  for (const auto& member : client.members) {
    const auto place = loads.place(member);
    if (place >= staff || place == from) continue;
    if (best == staff || loads.over(place) < loads.over(best)) best = place;
  }
  return best < staff ? best : loads.roomiest(from);
}

void suggest_for_relations(const std::vector<ListedClient>& clients, std::size_t staff, Loads& loads,
                           Distribution& result) {
  for (std::size_t i = 0; i < clients.size(); ++i) {
    const auto& client = clients[i];
    if (client.relation == Relation::Good || client.met) continue;
    const auto from = loads.place(result.lists[i].rep);
    // A client that has just been given to somebody new has no relation to him that could be unsure.
    if (client.owner != result.lists[i].rep) continue;
    const auto to = taker(client, from, loads, staff);
    if (to >= staff) continue;
    const bool unsure = client.relation == Relation::Unsure;
    result.suggestions.push_back({client.client, client.owner, result.loads[to].rep,
                                  unsure ? ReassignReason::Unsure : ReassignReason::Monopolised});
    loads.give(from, to);
  }
}

void suggest_for_room(const std::vector<ListedClient>& clients, std::size_t staff, Loads& loads, Distribution& result) {
  // From the end: who stands first on a list is visited first.
  for (std::size_t i = clients.size(); i-- > 0;) {
    const auto& client = clients[i];
    if (client.key || client.under_way || client.met || client.relation != Relation::Good) continue;
    const auto from = loads.place(result.lists[i].rep);
    if (loads.over(from) <= 0) continue;
    const auto to = loads.roomiest(from);
    if (to >= staff || loads.over(to) >= 0) continue;
    result.suggestions.push_back({client.client, result.lists[i].rep, result.loads[to].rep, ReassignReason::Overload});
    loads.give(from, to);
  }
}

}  // namespace

Relation relation_from(std::string_view id) {
  if (id == "unsure") return Relation::Unsure;
  return id == "monopolised" ? Relation::Monopolised : Relation::Good;
}

std::string_view id(ReassignReason reason) {
  switch (reason) {
    case ReassignReason::Unsure:
      return "unsure";
    case ReassignReason::Monopolised:
      return "monopolised";
    case ReassignReason::Overload:
      break;
  }
  return "overload";
}

Distribution distribute(const std::vector<ListedClient>& clients, const std::vector<StaffMember>& staff) {
  Distribution result;
  if (staff.empty()) return result;
  Loads loads(staff);
  for (const auto& client : clients)
    if (loads.has(client.owner)) loads.take(loads.place(client.owner));
  for (const auto& client : clients) {
    if (loads.has(client.owner)) {
      result.lists.push_back({client.client, client.owner});
      continue;
    }
    const auto rep = loads.roomiest();
    loads.take(rep);
    result.lists.push_back({client.client, staff[rep].user});
  }
  for (std::size_t i = 0; i < staff.size(); ++i)
    result.loads.push_back({staff[i].user, loads.clients(i), staff[i].capacity});
  suggest_for_relations(clients, staff.size(), loads, result);
  suggest_for_room(clients, staff.size(), loads, result);
  return result;
}

}  // namespace anketa::programme
