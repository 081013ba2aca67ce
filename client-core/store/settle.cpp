#include "client-core/store/settle.hpp"

#include "client-core/store/edits.hpp"
#include "client-core/store/rewind.hpp"
#include "client-core/store/sql.hpp"
#include "shared/merge/merge.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::client {
namespace {

void count(const protocol::MutationResult& result, Summary& summary) {
  using Status = protocol::ResultStatus;
  switch (result.status) {
    case Status::Applied:
      ++summary.applied;
      break;
    case Status::Merged:
      ++summary.merged;
      break;
    case Status::Conflict:
      ++summary.conflicts;
      break;
    case Status::Parked:
      ++summary.parked;
      break;
    case Status::Waiting:
      ++summary.waiting;
      break;
    case Status::Retry:
      return;
  }
  ++summary.pushed;
}

bool acknowledges(protocol::ResultStatus status) {
  using Status = protocol::ResultStatus;
  return status == Status::Applied || status == Status::Merged || status == Status::Conflict;
}

}  // namespace

void AnswerSettler::settle(const protocol::AnswerView& answer, Summary& summary, std::vector<Uuid>& changed) {
  touched_.clear();
  arrived_.clear();
  changed_ = &changed;
  auto counted = summary;
  if (ANKETA_MUTANT("cursor_before_rows")) guarded([&] { store_.device().set_cursor(answer.head.cursor); });
  guarded([&] {
    Atomic atomic(store_.database());
    if (answer.head.rewind) rewind(store_, *answer.head.rewind);
    const auto before = store_.device().get();
    take_results(answer.head.results, counted);
    take_records(answer.records, counted);
    settle_touched();
    take_removed(answer.head.removed, counted);
    take_grants(answer.head);
    store_.device().set_position(answer.head.epoch, answer.head.cursor, answer.head.backup_seq);
    if (answer.head.at) store_.ladder().add(*answer.head.at);
    const auto covered =
        ANKETA_MUTANT("acknowledged_forgotten") ? answer.head.backup_seq + 1000 : answer.head.backup_seq;
    if (covered > before.backup_seq) store_.outbox().forget_covered(covered);
    atomic.commit();
  });
  summary = counted;
}

void AnswerSettler::take_results(const std::vector<protocol::MutationResult>& results, Summary& summary) {
  for (const auto& result : results) {
    const auto settled = store_.outbox().settle(result);
    if (!settled) continue;
    count(result, summary);
    const auto row = store_.records().find(settled->record);
    // The record was purged with its scope; only the mutation itself was pushed again.
    if (!row) continue;
    if (!acknowledges(result.status)) {
      changed_->push_back(row->id);
      continue;
    }
    auto& touched = touched_[settled->record];
    touched.acknowledged.push_back(settled->counter);
    touched.all_applied = touched.all_applied && result.status == protocol::ResultStatus::Applied;
    touched.version = std::max(touched.version, result.version);
    touched.seq = std::max(touched.seq, result.seq);
  }
}

void AnswerSettler::take_records(const std::vector<protocol::RecordView>& records, Summary& summary) {
  const bool any_pending = store_.outbox().any_pending() || !touched_.empty();
  for (const auto& incoming : records) {
    auto row = store_.records().put_server(incoming);
    ++summary.pulled;
    changed_->push_back(incoming.id);
    if (ANKETA_MUTANT("pull_overwrites_edit") && row.view) {
      store_.records().drop_view(row);
      store_.records().update(row);
    }
    if (any_pending && (row.pending > 0 || row.view)) {
      arrived_.insert(row.key);
      touched_[row.key];
    } else if (SearchIndex::indexes(incoming.collection)) {
      index(row.key, incoming);
    }
  }
}

void AnswerSettler::index(RecordKey key, const protocol::RecordView& incoming) {
  RecordState state;
  state.collection = incoming.collection;
  state.deleted = incoming.deleted;
  state.body = Json::parse(incoming.body);
  store_.search().put(key, state);
}

void AnswerSettler::settle_touched() {
  for (const auto& [key, touched] : touched_) settle_record(key, touched);
}

void AnswerSettler::settle_record(RecordKey key, const Touched& touched) {
  auto row = store_.records().find(key).value();
  const bool whole = static_cast<std::size_t>(row.pending) == touched.acknowledged.size();
  const bool arrived = arrived_.contains(key);
  if (!arrived && touched.all_applied && whole && row.view) {
    // The commonest case by far: the server has exactly what the user saw.
    store_.records().promote_view(row);
  } else if (!arrived) {
    // The server sends a record that differs from the view; should it come in a later page only, the user meanwhile
    // sees his edit on what was there.
    store_.records().put_server(row, with_acknowledged(store_.records().load_server(row), touched));
  }
  row.pending -= static_cast<int>(touched.acknowledged.size());
  if (!arrived) {
    row.version = std::max(row.version, touched.version);
    row.seq = std::max(row.seq, touched.seq);
  }
  if (row.view)
    rebuild_view(store_, row);
  else
    store_.records().update(row);
}

RecordState AnswerSettler::with_acknowledged(RecordState state, const Touched& touched) {
  auto counters = touched.acknowledged;
  std::sort(counters.begin(), counters.end());
  for (const auto counter : counters)
    if (const auto text = store_.outbox().text(counter)) merge::overlay(state, mutation_from_json(Json::parse(*text)));
  return state;
}

void AnswerSettler::take_removed(const std::vector<Uuid>& removed, Summary& summary) {
  for (const auto& id : removed) {
    auto row = store_.records().find(id);
    if (!row) continue;
    erase_or_hide(std::move(*row));
    ++summary.removed;
    changed_->push_back(id);
  }
}

void AnswerSettler::take_grants(const protocol::SyncAnswer& answer) {
  if (ANKETA_MUTANT("revoke_ignored")) return;
  for (const auto& scope : answer.revokes) store_.scopes().revoke(scope);
  if (answer.granted) store_.device().set_told(answer.granted);
  if (!answer.grants) return;
  store_.scopes().replace_grants(*answer.grants);
  for (auto& row : store_.records().hidden()) {
    if (!is_granted(row.scope)) continue;
    row.hidden = false;
    store_.records().update(row);
    changed_->push_back(row.id);
  }
  // A change of role and a restored server take scopes away without naming them.
  for (const auto& scope : store_.records().scopes())
    if (!is_granted(scope)) store_.scopes().revoke(scope);
}

bool AnswerSettler::is_granted(const Scope& scope) const {
  return scope == company_scope || store_.scopes().grant(scope) || store_.scopes().grant(every_scope);
}

void AnswerSettler::erase_or_hide(RecordRow row) {
  store_.search().erase(row.key);
  if (ANKETA_MUTANT("purge_before_push")) {
    for (const auto& own : store_.outbox().pending_of(row.key)) store_.outbox().erase(own.counter);
    row.pending = 0;
  }
  if (row.pending == 0) {
    store_.records().erase(row);
    return;
  }
  row.hidden = true;
  store_.records().update(row);
}

void AnswerSettler::purge_revoked() {
  guarded([&] {
    Atomic atomic(store_.database());
    for (const auto& scope : store_.scopes().revoked()) {
      for (auto& row : store_.records().of_scope(scope)) erase_or_hide(std::move(row));
      store_.scopes().forget_revoked(scope);
    }
    if (!store_.outbox().any_hidden_unsent()) store_.device().set_honoured();
    atomic.commit();
  });
}

void AnswerSettler::purge_hidden() {
  guarded([&] {
    Atomic atomic(store_.database());
    for (auto& row : store_.records().hidden()) erase_or_hide(std::move(row));
    atomic.commit();
  });
}

}  // namespace anketa::client
