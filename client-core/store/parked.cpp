#include "client-core/store/parked.hpp"

#include "client-core/store/coalesce.hpp"
#include "client-core/store/edits.hpp"
#include "client-core/store/sql.hpp"
#include "shared/merge/merge.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {
namespace {

Mutation parse(const OutboxRow& row) {
  return mutation_from_json(Json::parse(row.text));
}

/// Joins the ops of mutations into one. What one of the chain saw of another is not in effect anywhere: the author then
/// stands by what the first of them saw, which join() keeps.
void unite(const std::vector<OutboxRow>& from, const std::vector<OutboxRow>& chain, Mutation& into) {
  const auto of_chain = [&](const Uuid& id) {
    return std::any_of(chain.begin(), chain.end(), [&](const OutboxRow& row) { return row.id == id; });
  };
  for (const auto& row : from)
    for (auto& op : parse(row).ops) {
      op.over.erase(std::remove_if(op.over.begin(), op.over.end(), of_chain), op.over.end());
      join(into, std::move(op));
    }
}

}  // namespace

ParkedMutations::Chain ParkedMutations::need_chain(const Uuid& record) {
  const auto row = store_.records().find(record);
  if (!row) throw ProblemError(ProblemCode::RecordNotFound, {}, record.text());
  Chain chain{*row, store_.outbox().pending_of(row->key), {}};
  const auto first = std::find_if(chain.before.begin(), chain.before.end(),
                                  [](const OutboxRow& pending) { return pending.state == OutboxState::Parked; });
  if (first == chain.before.end()) throw ProblemError(ProblemCode::RecordNotFound, {}, record.text());
  chain.rows.assign(std::make_move_iterator(first), std::make_move_iterator(chain.before.end()));
  chain.before.erase(first, chain.before.end());
  return chain;
}

void ParkedMutations::drop(Chain& chain) {
  for (const auto& row : chain.rows) store_.outbox().erase(row.counter);
  chain.row.pending -= static_cast<int>(chain.rows.size());
}

void ParkedMutations::make_anew(Chain& chain, const std::vector<OutboxRow>& from) {
  auto mutation = parse(from.front());
  mutation.ops.clear();
  mutation.prev.reset();
  mutation.group.reset();
  mutation.id = Uuid::v7(store_.environment());
  const auto stamp = store_.device().stamp(store_.environment().now());
  mutation.counter = stamp.counter;
  mutation.at = stamp.at;
  unite(from, chain.rows, mutation);
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
  store_.outbox().add(mutation, chain.row.key, OutboxState::Open, canonical(to_json(mutation)));
  ++chain.row.pending;
}

void ParkedMutations::retry(const Uuid& record) {
  guarded([&] {
    Atomic atomic(store_.database());
    auto chain = need_chain(record);
    drop(chain);
    make_anew(chain, chain.rows);
    rebuild_view(store_, chain.row);
    atomic.commit();
  });
}

void ParkedMutations::dismiss(const Uuid& record) {
  guarded([&] {
    Atomic atomic(store_.database());
    auto chain = need_chain(record);
    drop(chain);
    const bool exists = chain.row.server || !chain.before.empty();
    std::vector<OutboxRow> later;
    for (const auto& row : chain.rows)
      if (row.state != OutboxState::Parked) later.push_back(row);
    if (exists && !later.empty()) make_anew(chain, later);
    if (exists) {
      rebuild_view(store_, chain.row);
    } else {
      store_.search().erase(chain.row.key);
      store_.records().erase(chain.row);
    }
    atomic.commit();
  });
}

}  // namespace anketa::client
