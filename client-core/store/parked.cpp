#include "client-core/store/parked.hpp"

#include <algorithm>

#include "client-core/store/coalesce.hpp"
#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"
#include "shared/merge/merge.hpp"
#include "shared/protocol/limits.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

/// A pending mutation of a chain is given up.
bool goes(const OutboxRow& row, const Mutation& mutation, bool exists, const std::set<Uuid>& dropped_groups) {
  return row.state == OutboxState::Parked || !exists || (mutation.group && dropped_groups.contains(mutation.group->id));
}

}  // namespace

std::uint64_t ParkedMutations::first_parked(const RecordRow& row) {
  const auto parked = store_.outbox().parked(row.key);
  if (parked.empty()) throw ProblemError(ProblemCode::RecordNotFound, {}, row.id.text());
  return parked.front().counter;
}

ParkedMutations::Chain ParkedMutations::chain_from(RecordKey record, std::uint64_t counter) {
  Chain chain{store_.records().find(record).value(), {}, {}};
  for (auto& row : store_.outbox().pending_of(record)) {
    if (row.counter < counter) {
      chain.before.push_back(std::move(row));
    } else {
      auto mutation = mutation_from_json(Json::parse(row.text));
      chain.rows.push_back({std::move(row), std::move(mutation)});
    }
  }
  return chain;
}

bool ParkedMutations::follow_groups(const Chain& chain, Fate fate, std::set<Uuid>& dropped_groups,
                                    Beginnings& beginnings) {
  bool grown = false;
  for (const auto& [row, mutation] : chain.rows) {
    if (!mutation.group) continue;
    const auto& group = mutation.group->id;
    if (fate == Fate::Dropped && goes(row, mutation, chain.exists_without_them(), dropped_groups))
      grown = dropped_groups.insert(group).second || grown;
    for (const auto& member : store_.outbox().pending_of_group(group)) {
      const auto [begins, is_new] = beginnings.try_emplace(member.record, member.counter);
      if (!is_new && begins->second <= member.counter) continue;
      begins->second = member.counter;
      grown = true;
    }
  }
  return grown;
}

ParkedMutations::Concerned ParkedMutations::concerned(const Uuid& record, Fate fate) {
  const auto row = store_.records().find(record);
  if (!row) throw ProblemError(ProblemCode::RecordNotFound, {}, record.text());
  Beginnings beginnings{{row->key, first_parked(*row)}};
  Concerned found;
  for (bool grown = true; grown;) {
    grown = false;
    found.chains.clear();
    for (const auto& [key, counter] : beginnings) found.chains.push_back(chain_from(key, counter));
    for (const auto& chain : found.chains)
      grown = follow_groups(chain, fate, found.dropped_groups, beginnings) || grown;
  }
  return found;
}

void ParkedMutations::drop(Chain& chain) {
  for (const auto& pending : chain.rows) store_.outbox().erase(pending.row.counter);
  chain.row.pending -= static_cast<int>(chain.rows.size());
}

void ParkedMutations::make_anew(Chain& chain, const std::vector<Pending>& from, const std::optional<Group>& group) {
  auto mutation = from.front().mutation;
  mutation.ops.clear();
  mutation.prev.reset();
  mutation.group = group;
  mutation.id = Uuid::v7(store_.environment());
  const auto stamp = store_.device().stamp(store_.environment().now());
  mutation.counter = stamp.counter;
  mutation.at = stamp.at;
  // What one of the chain saw of another is not in effect anywhere: the author then stands by what the first of them
  // saw, which join() keeps.
  const auto of_chain = [&](const Uuid& id) {
    return std::any_of(chain.rows.begin(), chain.rows.end(), [&](const Pending& one) { return one.row.id == id; });
  };
  for (const auto& pending : from)
    for (auto op : pending.mutation.ops) {
      std::erase_if(op.over, of_chain);
      join(mutation, std::move(op));
    }
  if (!chain.before.empty()) {
    auto& last = chain.before.back();
    mutation.prev = last.id;
    if (last.state == OutboxState::Open) store_.outbox().set_state(last.counter, OutboxState::Sealed);
  }
  const auto state = with_pending(store_.records().load_server(chain.row), chain.before);
  merge::Context own;
  own.in_own_chain = [](const Uuid&) { return true; };
  if (auto plan = merge::plan(state.by.is_nil() ? nullptr : &state, mutation, own); plan.parked)
    throw ProblemError(std::move(*plan.parked));
  // A group is complete as it stands: nothing joins its mutations.
  store_.outbox().add(mutation, chain.row.key, group ? OutboxState::Sealed : OutboxState::Open,
                      canonical(to_json(mutation)));
  ++chain.row.pending;
}

void ParkedMutations::make_anew(std::vector<std::pair<Chain*, std::vector<Pending>>> parts) {
  const auto grouped = [](const auto& part) {
    return std::any_of(part.second.begin(), part.second.end(),
                       [](const Pending& one) { return one.mutation.group.has_value(); });
  };
  std::sort(parts.begin(), parts.end(),
            [](const auto& a, const auto& b) { return a.second.front().row.counter < b.second.front().row.counter; });
  // Mutations of a group stand together in the outbox.
  std::stable_partition(parts.begin(), parts.end(), grouped);
  const auto members = std::count_if(parts.begin(), parts.end(), grouped);
  if (members > protocol::max_group)
    throw ProblemError(ProblemCode::GroupTooLarge, {{"limit", std::to_string(protocol::max_group)}});
  std::optional<Group> group;
  if (members > 1) group = Group{Uuid::v7(store_.environment()), static_cast<int>(members)};
  for (auto& part : parts) make_anew(*part.first, part.second, grouped(part) ? group : std::nullopt);
}

std::vector<Uuid> ParkedMutations::replace(const Uuid& record, Fate fate) {
  return guarded([&] {
    Atomic atomic(store_.database());
    auto found = concerned(record, fate);
    std::vector<std::pair<Chain*, std::vector<Pending>>> parts;
    for (auto& chain : found.chains) {
      drop(chain);
      std::vector<Pending> stay;
      for (const auto& pending : chain.rows)
        if (fate == Fate::MadeAnew ||
            !goes(pending.row, pending.mutation, chain.exists_without_them(), found.dropped_groups))
          stay.push_back(pending);
      if (!stay.empty()) parts.emplace_back(&chain, std::move(stay));
    }
    make_anew(std::move(parts));
    std::vector<Uuid> records;
    for (auto& chain : found.chains) {
      rebuild_or_drop(store_, chain.row);
      records.push_back(chain.row.id);
    }
    atomic.commit();
    return records;
  });
}

std::vector<Uuid> ParkedMutations::retry(const Uuid& record) {
  return replace(record, Fate::MadeAnew);
}

std::vector<Uuid> ParkedMutations::dismiss(const Uuid& record) {
  return replace(record, Fate::Dropped);
}

}  // namespace anketa::client
