#include "sync-server/services/sync_service.hpp"

#include "sync-server/services/cursor.hpp"
#include "sync-server/services/feed.hpp"
#include "sync-server/services/intake.hpp"

namespace anketa::server {
namespace {

/// One request on its way through the writer.
struct Exchange {
  Author author;
  Cursor cursor;
  int limit = 0;
  std::vector<Prepared> mutations;
  std::string answer;
};

Problem problem_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const ProblemError& error) {
    return error.problem();
  } catch (const std::exception& error) {
    return {ProblemCode::Internal, {{"detail", error.what()}}, {}};
  }
}

std::string page_only(Reader& reader, const Exchange& exchange) {
  protocol::AnswerWriter writer;
  protocol::SyncAnswer rest;
  const Access access(exchange.author, reader.grants(exchange.author.user));
  write_page(reader, access, exchange.cursor, exchange.limit, {}, writer, rest);
  return writer.finish(rest);
}

std::string push_and_page(Writer& store, Exchange& exchange, Instant now) {
  protocol::AnswerWriter writer;
  protocol::SyncAnswer rest;
  Intake intake(store, exchange.author, exchange.cursor.seq, now);
  for (const auto& result : intake.take(exchange.mutations)) writer.result(result);
  // The grants as they are after the push: it may have changed them.
  const Access access(exchange.author, store.grants(exchange.author.user));
  write_page(store, access, exchange.cursor, exchange.limit, intake.unchanged_for_author(), writer, rest);
  return writer.finish(rest);
}

}  // namespace

SyncService::SyncService(Store& store, Environment& environment) : store_(store), environment_(environment) {}

void SyncService::sync(const Author& author, std::string body, std::function<void(SyncOutcome)> done) {
  auto exchange = std::make_shared<Exchange>();
  try {
    auto decoded = protocol::decode_request(body);
    if (!(decoded.head.device == author.device)) throw ProblemError(ProblemCode::Forbidden, {}, "device");
    exchange->author = author;
    exchange->cursor = decode_cursor(decoded.head.cursor);
    exchange->limit = decoded.head.limit;
    exchange->mutations.reserve(decoded.mutations.size());
    for (auto& json : decoded.mutations) exchange->mutations.push_back(prepare(std::move(json)));
    std::string page;
    store_.read([&](Reader& reader) {
      const auto epoch = reader.history().epoch;
      for (const auto& known : {decoded.head.epoch, exchange->cursor.epoch})
        if (!known.empty() && known != epoch) throw ProblemError(ProblemCode::EpochUnknown);
      if (exchange->mutations.empty()) page = page_only(reader, *exchange);
    });
    if (exchange->mutations.empty()) return done(std::move(page));
  } catch (...) {
    return done(problem_of(std::current_exception()));
  }
  store_.write(
      [this, exchange](Writer& writer) { exchange->answer = push_and_page(writer, *exchange, environment_.now()); },
      [exchange, done = std::move(done)](std::exception_ptr failure) {
        if (failure)
          done(problem_of(failure));
        else
          done(std::move(exchange->answer));
      });
}

std::vector<protocol::MutationResult> SyncService::submit(const Author& author,
                                                          const std::vector<Mutation>& mutations) {
  std::vector<Prepared> prepared;
  prepared.reserve(mutations.size());
  for (const auto& mutation : mutations) prepared.push_back(prepare(to_json(mutation)));
  std::vector<protocol::MutationResult> results;
  store_.write_and_wait([&](Writer& writer) {
    Intake intake(writer, author, writer.history().last_seq, environment_.now());
    results = intake.take(prepared);
  });
  return results;
}

}  // namespace anketa::server
