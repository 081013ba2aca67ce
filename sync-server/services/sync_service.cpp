#include "sync-server/services/sync_service.hpp"

#include "shared/protocol/answer_view.hpp"
#include "shared/protocol/limits.hpp"
#include "shared/record/mutant.hpp"
#include "sync-server/services/chain.hpp"
#include "sync-server/services/cursor.hpp"
#include "sync-server/services/feed.hpp"
#include "sync-server/services/intake.hpp"

namespace anketa::server {
namespace {

/// One request on its way through the service.
struct Exchange {
  Author author;
  PageRequest page;
  std::optional<std::vector<protocol::HistoryPoint>> ladder;
  Links links;
  std::uint64_t honoured = 0;
  /// The history the device knows.
  std::string epoch;
  std::vector<Prepared> mutations;
  /// It came in a file: nonces say nothing.
  bool by_file = false;
  std::string answer;
};

void read_request(const Author& author, std::string_view body, Exchange& exchange) {
  auto decoded = protocol::decode_request(body);
  auto& head = decoded.head;
  if (!(head.device == author.device)) throw ProblemError(ProblemCode::Forbidden, {}, "device");
  exchange.author = author;
  exchange.page.from = decode_cursor(head.cursor);
  exchange.page.limit = head.limit;
  exchange.page.want = std::move(head.want);
  exchange.page.sums = std::move(head.sums);
  exchange.ladder = std::move(head.ladder);
  exchange.links = {head.generation, head.nonce, head.next_nonce};
  exchange.honoured = head.honoured;
  exchange.epoch = std::move(head.epoch);
  exchange.mutations.reserve(decoded.mutations.size());
  for (auto& json : decoded.mutations) exchange.mutations.push_back(prepare(std::move(json)));
}

Problem problem_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const ProblemError& error) {
    return error.problem();
  } catch (const std::exception& error) {
    return {ProblemCode::Internal, {{"detail", error.what()}}, {}};
  }
}

Access access_of(Reader& reader, const Exchange& exchange, std::uint64_t honoured) {
  return Access(exchange.author, reader.grants(exchange.author.user), honoured);
}

/// Throws EpochUnknown where the device's history is not this one.
void check_history(Reader& reader, const Exchange& exchange, const std::string& device_epoch) {
  if (ANKETA_MUTANT("epoch_ignored")) return;
  const auto& cursor = exchange.page.from;
  const auto epoch = reader.history().epoch;
  for (const auto& known : {device_epoch, cursor.epoch})
    if (!known.empty() && known != epoch) throw ProblemError(ProblemCode::EpochUnknown);
  if (!cursor.is_first() && reader.salt_at(cursor.upto) != cursor.salt) throw ProblemError(ProblemCode::EpochUnknown);
}

void place(Reader& reader, const Access& access, Exchange& exchange) {
  if (!exchange.ladder) return;
  exchange.page.from = climb(reader, access, *exchange.ladder);
  exchange.page.rewind = exchange.page.from.seq;
}

/// A pull that leaves no trace on the server; nullopt where it has to.
std::optional<std::string> page_only(Reader& reader, Exchange& exchange) {
  const auto state = reader.device_state(exchange.author.device);
  if (state && is_fork(*state, reader.history().epoch, exchange.links)) throw ProblemError(ProblemCode::DeviceForked);
  if (!state || exchange.honoured > state->honoured || !exchange.mutations.empty()) return std::nullopt;
  const auto access = access_of(reader, exchange, state->honoured);
  for (const auto mask : access.masks())
    if (!reader.mask_registered(mask)) return std::nullopt;
  place(reader, access, exchange);
  protocol::AnswerWriter writer;
  protocol::SyncAnswer rest;
  write_page(reader, access, exchange.page, {}, writer, rest);
  return writer.finish(rest);
}

/// The device's state with what the request says; a fork throws DeviceForked.
DeviceState device_after(Writer& store, const Exchange& exchange) {
  const auto history = store.history();
  auto state = store.device_state(exchange.author.device);
  // A device that begins has seen no grant that ended before.
  if (!state) state = DeviceState{{}, 0, {}, {}, {}, exchange.page.from.is_first() ? history.last_seq : 0, 0, 0};
  if (exchange.by_file) return *state;
  if (is_fork(*state, history.epoch, exchange.links)) throw ProblemError(ProblemCode::DeviceForked);
  if (!exchange.mutations.empty()) follow(*state, history.epoch, exchange.links);
  return *state;
}

/// Whoever sees a part of a record is not sent a change of the rest. His own edit may be such a change (it became a
/// side of a conflict): then he still has to learn what stands, and is sent the record whether his part changed or not.
void want_parts(const Access& access, const std::vector<Prepared>& pushed,
                const std::vector<protocol::MutationResult>& results, std::vector<Uuid>& want) {
  using Status = protocol::ResultStatus;
  if (ANKETA_MUTANT("part_viewer_not_told")) return;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].status != Status::Merged && results[i].status != Status::Conflict) continue;
    const auto& mutation = pushed[i].mutation;
    const auto seen = access.sees(mutation.scope);
    if (seen && *seen != all_classes && std::find(want.begin(), want.end(), mutation.record) == want.end())
      want.push_back(mutation.record);
  }
}

/// Of who edits at the server itself: what he saw when he did is all there is.
Cursor whole_history(Reader& store) {
  Cursor cursor;
  cursor.seq = cursor.granted = store.history().last_seq;
  return cursor;
}

std::string push_and_page(Writer& store, Exchange& exchange, Instant now) {
  const auto known = store.device_state(exchange.author.device).value_or(DeviceState{});
  auto state = device_after(store, exchange);
  protocol::AnswerWriter writer;
  protocol::SyncAnswer rest;
  Intake intake(store, exchange.author, exchange.page.from, state.honoured, now);
  const bool late = is_late_duplicate(known, store.history().epoch, exchange.links);
  const auto results = intake.take(exchange.mutations);
  for (const auto& result : results) {
    if (late && !result.repeat) throw ProblemError(ProblemCode::DeviceForked);
    writer.result(result);
  }
  state.honoured = std::max(state.honoured, std::min(exchange.honoured, store.history().last_seq));
  store.put_device_state(exchange.author.device, state);
  // The grants as they are after the push: it may have changed them.
  const auto access = access_of(store, exchange, state.honoured);
  for (const auto mask : access.masks()) store.register_mask(mask);
  place(store, access, exchange);
  want_parts(access, exchange.mutations, results, exchange.page.want);
  write_page(store, access, exchange.page, intake.unchanged_for_author(), writer, rest);
  return writer.finish(rest);
}

/// A file cannot be asked for the ladder, so it brings one along; it counts only where the history is another one.
void place_file(Reader& reader, Exchange& exchange) {
  try {
    check_history(reader, exchange, exchange.epoch);
    exchange.ladder.reset();
  } catch (const ProblemError&) {
    exchange.page.from = {};
    if (!exchange.ladder) exchange.ladder.emplace();
  }
}

}  // namespace

SyncService::SyncService(Store& store, Environment& environment) : store_(store), environment_(environment) {}

void SyncService::sync(const Author& author, std::string body, std::function<void(SyncOutcome)> done) {
  auto exchange = std::make_shared<Exchange>();
  try {
    read_request(author, body, *exchange);
    std::optional<std::string> page;
    store_.read([&](Reader& reader) {
      check_history(reader, *exchange, exchange->epoch);
      page = page_only(reader, *exchange);
    });
    if (page) return done(std::move(*page));
  } catch (...) {
    return refuse(author.device, problem_of(std::current_exception()), done);
  }
  store_.write(
      [this, exchange](Writer& writer) {
        // Restored in between: no server of this process does that, but another one on the same store may.
        check_history(writer, *exchange, {});
        exchange->answer = push_and_page(writer, *exchange, environment_.now());
      },
      [this, exchange, done = std::move(done)](std::exception_ptr failure) {
        if (failure)
          refuse(exchange->author.device, problem_of(failure), done);
        else
          done(std::move(exchange->answer));
      });
  collect_tombstones();
}

std::vector<std::string> SyncService::exchange_file(const Author& author, const std::vector<std::string_view>& requests,
                                                    std::size_t enough) {
  std::vector<std::string> answers;
  std::vector<Exchange> exchanges(requests.size());
  // All are read before the first takes effect.
  for (std::size_t i = 0; i < requests.size(); ++i) read_request(author, requests[i], exchanges[i]);
  Cursor at;
  std::size_t bytes = 0;
  bool complete = false;
  for (std::size_t i = 0; i < requests.size() || (!complete && bytes < enough); ++i) {
    Exchange further;
    further.author = author;
    further.page.limit = protocol::max_page;
    auto& exchange = i < requests.size() ? exchanges[i] : further;
    exchange.by_file = true;
    if (i > 0) exchange.page.from = at, exchange.epoch.clear(), exchange.ladder.reset();
    store_.write_and_wait([&](Writer& writer) {
      if (i == 0) place_file(writer, exchange);
      exchange.answer = push_and_page(writer, exchange, environment_.now());
    });
    const auto head = protocol::view_answer(exchange.answer).head;
    at = decode_cursor(head.cursor);
    complete = head.complete;
    bytes += exchange.answer.size();
    answers.push_back(std::move(exchange.answer));
  }
  return answers;
}

void SyncService::refuse(const Uuid& device, const Problem& problem, const std::function<void(SyncOutcome)>& done) {
  if (problem.code != ProblemCode::DeviceForked) return done(problem);
  // For the lead to see; the answer does not depend on it.
  store_.write(
      [this, device](Writer& writer) {
        auto state = writer.device_state(device).value_or(DeviceState{});
        ++state.forks;
        state.forked_at = environment_.now();
        writer.put_device_state(device, state);
      },
      [problem, done](std::exception_ptr) { done(problem); });
}

void SyncService::collect_tombstones() {
  constexpr Instant day = Instant{24} * 60 * 60 * 1000;
  const auto now = environment_.now();
  auto last = collected_at_.load();
  if (now >= last && now < last + day) return;
  if (!collected_at_.compare_exchange_strong(last, now)) return;
  store_.write([now](Writer& writer) { writer.collect_tombstones(now - tombstone_life); },
               [this](std::exception_ptr failure) {
                 // Nothing depends on it today: the next push tries again.
                 if (failure) collected_at_ = 0;
               });
}

std::vector<protocol::MutationResult> SyncService::submit(const Author& author,
                                                          const std::vector<Mutation>& mutations) {
  std::vector<Prepared> prepared;
  prepared.reserve(mutations.size());
  for (const auto& mutation : mutations) prepared.push_back(prepare(to_json(mutation)));
  std::vector<protocol::MutationResult> results;
  store_.write_and_wait([&](Writer& writer) {
    Intake intake(writer, author, whole_history(writer), 0, environment_.now());
    results = intake.take(prepared);
  });
  return results;
}

protocol::MutationResult SyncService::attempt(const Author& author, const Mutation& mutation) {
  return attempt(author, std::vector{mutation}).front();
}

std::vector<protocol::MutationResult> SyncService::attempt(const Author& author,
                                                           const std::vector<Mutation>& mutations) {
  std::vector<Prepared> prepared;
  for (const auto& mutation : mutations) prepared.push_back(prepare(to_json(mutation)));
  std::vector<protocol::MutationResult> results;
  store_.write_and_wait([&](Writer& writer) {
    Intake intake(writer, author, whole_history(writer), 0, environment_.now());
    results = intake.take(prepared);
    for (const auto& result : results)
      if (result.status == protocol::ResultStatus::Parked)
        throw ProblemError(result.problem.value_or(Problem{ProblemCode::Internal, {}, {}}));
  });
  return results;
}

}  // namespace anketa::server
