#include "client-core/sync/sync_engine.hpp"

#include <stdexcept>

#include "client-core/store/rewind.hpp"
#include "client-core/store/sql.hpp"
#include "client-core/sync/sync_tuning.hpp"
#include "shared/protocol/limits.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::client {

SyncEngine::SyncEngine(ClientStore& store, int attempts, ChangedHook changed)
    : store_(store), exchange_(store, {attempts, true}), changed_(std::move(changed)) {}

SyncEngine::~SyncEngine() = default;

Instructions SyncEngine::step(Event event) {
  if (over_) throw std::logic_error("the sync is over");
  Instructions out;
  try {
    take(std::move(event), out);
  } catch (const ProblemError& error) {
    fail(error.problem(), out);
  }
  return out;
}

void SyncEngine::take(Event event, Instructions& out) {
  if (std::holds_alternative<Start>(event)) return begin(out);
  if (std::holds_alternative<Cancel>(event)) return fail({ProblemCode::Cancelled, {}, {}}, out);
  if (pausing_ && std::holds_alternative<TimerFired>(event)) {
    pausing_ = false;
    return send_next(out);
  }
  auto outcome = exchange_.step(std::move(event));
  if (outcome.registered) {
    start_over(out);
  } else if (outcome.next) {
    out.push_back(std::move(*outcome.next));
  } else if (outcome.failed) {
    refused(std::move(*outcome.failed), out);
  } else {
    answered(std::move(*outcome.answer), out);
  }
}

void SyncEngine::begin(Instructions& out) {
  guarded([&] {
    const auto account = store_.device().account();
    if (!account || account->refresh.empty()) throw ProblemError(ProblemCode::NotLoggedIn);
    Atomic atomic(store_.database());
    store_.outbox().unwait();
    progress_.to_push = store_.outbox().seal();
    atomic.commit();
    device_ = store_.device().get();
  });
  send_next(out);
}

void SyncEngine::send_next(Instructions& out) {
  protocol::SyncRequest request;
  request.protocol = protocol::version;
  request.device = device_.id;
  request.generation = device_.generation;
  request.nonce = device_.nonce;
  request.next_nonce = device_.next_nonce;
  request.honoured = device_.honoured;
  request.limit = protocol::max_page;
  const auto special = std::exchange(special_, Special::None);
  if (special == Special::Ladder) {
    request.ladder = guarded([&] { return store_.ladder().all(); });
  } else {
    request.epoch = device_.epoch;
    request.cursor = device_.cursor;
    if (special == Special::Sums)
      request.sums = guarded([&] { return store_.records().totals(); });
    else
      fill(request);
  }
  out.push_back(exchange_.send({"POST", "/v1/sync", {}, protocol::encode(request)}));
}

void SyncEngine::fill(protocol::SyncRequest& request) {
  prefetch();
  request.mutations = std::move(prefetched_->mutations);
  if (!request.mutations.empty()) {
    sent_upto_ = prefetched_->upto;
    pushed_any_ = true;
    if (ANKETA_MUTANT("outbox_cleared_on_send"))
      store_.database().run("UPDATE outbox SET state = 4 WHERE state = 1 AND counter <= ?", sent_upto_);
  }
  prefetched_.reset();
  if (!complete_ || !request.mutations.empty()) return;
  const auto count = std::min(protocol::max_want, wants_.size() - wanted_);
  const auto first = wants_.begin() + static_cast<std::ptrdiff_t>(wanted_);
  request.want.assign(first, first + static_cast<std::ptrdiff_t>(count));
  wanted_ += count;
}

void SyncEngine::answered(ResponseReceived response, Instructions& out) {
  if (trouble_) return fail(*std::exchange(trouble_, std::nullopt), out);
  commit_received();
  auto received = std::make_unique<Received>();
  received->body = std::move(response.body);
  received->view = protocol::view_answer(received->body);
  check(received->view);
  auto& head = received->view.head;
  // A server that knows no ladder begins from the beginning.
  if (climbing_ && !head.rewind) head.rewind = 0;
  received_ = std::move(received);
  device_.cursor = head.cursor;
  device_.epoch = head.epoch;
  complete_ = head.complete;
  if (head.complete) server_sum_ = head.sum;
  ++summary_.rounds;
  for (const auto& result : head.results) {
    const bool again = result.status == protocol::ResultStatus::Retry;
    retry_wanted_ = retry_wanted_ || again;
    if (!again) ++progress_.pushed;
  }
  progress_.pulled += received_->view.records.size();
  if (climbing_) return climbed(out);
  if (!head.lists.empty()) take_lists();
  if (more_to_send())
    send_next(out);
  else
    finish(out);
  if (!over_) out.push_back(progress_);
}

void SyncEngine::check(const protocol::AnswerView& view) const {
  const auto& head = view.head;
  const bool other = !climbing_ && !device_.epoch.empty() && head.epoch != device_.epoch;
  if (other) throw ProblemError(ProblemCode::EpochUnknown);
  const bool stuck = !head.complete && head.cursor == device_.cursor && view.records.empty() && head.results.empty();
  if (stuck) throw ProblemError(ProblemCode::BadAnswer, {}, "cursor");
}

bool SyncEngine::more_to_send() {
  prefetch();
  if (!prefetched_->mutations.empty() || !complete_) return true;
  if (!wants_known_ && device_.rewound) {
    // Once everything was pushed again: what the device had from the history that is no more.
    commit_received();
    wants_known_ = true;
    for (const auto& row : guarded([&] { return store_.records().stale(); })) wants_.push_back(row.id);
  }
  return wanted_ < wants_.size();
}

void SyncEngine::finish(Instructions& out) {
  if (retry_wanted_ && retry_rounds_ < tuning::rounds_of_retry) {
    commit_received();
    retry_wanted_ = false;
    sent_upto_ = 0;
    prefetched_.reset();
    pausing_ = true;
    out.push_back(exchange_.pause(++retry_rounds_, Problem{ProblemCode::Unavailable, {}, {}}));
    return;
  }
  guarded([&] {
    Atomic atomic(store_.database());
    commit_received();
    if (pushed_any_ && !ANKETA_MUTANT("nonce_not_rotated")) store_.device().advance_nonce(store_.random_token());
    pushed_any_ = false;
    store_.device().set_last_sync(store_.environment().now());
    AnswerSettler(store_).purge_hidden();
    AnswerSettler(store_).purge_revoked();
    forget_stale(store_);
    atomic.commit();
  });
  notify();
  if (differs_from_server()) return compare(out);
  over_ = true;
  out.push_back(progress_);
  out.push_back(Done{summary_});
}

void SyncEngine::refused(Problem problem, Instructions& out) {
  if (problem.code == ProblemCode::CursorInvalid && !cursor_reset_) {
    // Everything comes anew; records are replaced by themselves, edits stay.
    cursor_reset_ = true;
    commit_received();
    guarded([&] { store_.device().set_cursor({}); });
    return start_over(out);
  }
  if (problem.code == ProblemCode::EpochUnknown && climbs_ < tuning::attempts) return climb(out);
  if (problem.code == ProblemCode::DeviceForked && forks_ < tuning::attempts) return fork(out);
  fail(std::move(problem), out);
}

void SyncEngine::start_over(Instructions& out) {
  device_ = guarded([&] { return store_.device().get(); });
  progress_.to_push = progress_.pushed + guarded([&] { return store_.outbox().count(OutboxState::Sealed); });
  sent_upto_ = 0;
  prefetched_.reset();
  complete_ = false;
  send_next(out);
}

void SyncEngine::fail(Problem problem, Instructions& out) {
  over_ = true;
  try {
    commit_received();
  } catch (const ProblemError& error) {
    // What could not be written is the nearer cause; the server will be asked for it again.
    problem = error.problem();
  }
  out.push_back(Failed{std::move(problem)});
}

void SyncEngine::work_while_waiting() {
  if (over_ || trouble_) return;
  try {
    commit_received();
    prefetch();
  } catch (const ProblemError& error) {
    trouble_ = error.problem();
  }
}

void SyncEngine::commit_received() {
  if (!received_) return;
  const auto received = std::move(received_);
  AnswerSettler(store_).settle(received->view, summary_, changed_records_);
  if (!store_.database().in_transaction()) notify();
}

void SyncEngine::notify() {
  const auto records = std::exchange(changed_records_, {});
  if (changed_ && !records.empty()) changed_(records);
}

void SyncEngine::prefetch() {
  if (prefetched_) return;
  prefetched_ =
      guarded([&] { return store_.outbox().next_batch(sent_upto_, protocol::max_mutations, protocol::batch_bytes); });
}

}  // namespace anketa::client
