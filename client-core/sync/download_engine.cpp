#include "client-core/sync/download_engine.hpp"

#include <charconv>
#include <stdexcept>

#include "client-core/store/sql.hpp"
#include "client-core/sync/sync_tuning.hpp"
#include "shared/record/sha256.hpp"

namespace anketa::client {
namespace {

/// The size of the whole from "bytes 0-99/1234"; the part must begin where we asked.
std::optional<std::uint64_t> total_of(std::string_view range, std::uint64_t from) {
  const auto slash = range.find('/');
  if (slash == range.npos || !range.starts_with("bytes " + std::to_string(from) + "-")) return std::nullopt;
  std::uint64_t total = 0;
  const auto digits = range.substr(slash + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), total);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return total;
}

}  // namespace

DownloadEngine::DownloadEngine(ClientStore& store, const Scope& scope, std::string sha256, int attempts)
    : store_(store), exchange_(store, {attempts, true}), scope_(scope), sha256_(std::move(sha256)) {}

Instructions DownloadEngine::step(Event event) {
  if (over_) throw std::logic_error("the download is over");
  Instructions out;
  try {
    take(std::move(event), out);
  } catch (const ProblemError& error) {
    fail(error.problem(), out);
  }
  return out;
}

void DownloadEngine::take(Event event, Instructions& out) {
  if (std::holds_alternative<Cancel>(event)) return fail({ProblemCode::Cancelled, {}, {}}, out);
  if (std::holds_alternative<Start>(event)) {
    blob_ = guarded([&] { return store_.blobs().find(scope_, sha256_); });
    if (blob_ && blob_->state != BlobState::Arriving) {
      over_ = true;
      out.push_back(Done{summary_});
      return;
    }
    return ask(out);
  }
  auto outcome = exchange_.step(std::move(event));
  if (outcome.next)
    out.push_back(std::move(*outcome.next));
  else if (outcome.failed)
    fail(std::move(*outcome.failed), out);
  else
    answered(*outcome.answer, out);
}

void DownloadEngine::ask(Instructions& out) {
  const auto from = blob_ ? blob_->held : 0;
  const auto range = "bytes=" + std::to_string(from) + "-" + std::to_string(from + tuning::download_part_bytes - 1);
  const auto path = "/v1/blobs/" + scope_text(scope_) + "/" + sha256_;
  out.push_back(exchange_.send({"GET", path, {{"Range", range}}, {}}));
}

void DownloadEngine::answered(const ResponseReceived& response, Instructions& out) {
  ++summary_.rounds;
  const auto from = blob_ ? blob_->held : 0;
  const auto range = header(response.headers, "Content-Range");
  const auto total = range ? total_of(*range, from) : response.body.size();
  if (!total || (!range && from > 0)) throw ProblemError(ProblemCode::BadAnswer, {}, "Content-Range");
  if (*total > tuning::max_attachment_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(tuning::max_attachment_bytes)}});
  keep(response, *total);
  Progress progress;
  progress.pulled = blob_->held;
  out.push_back(progress);
  if (blob_->held < blob_->bytes) return ask(out);
  finish(out);
}

void DownloadEngine::keep(const ResponseReceived& response, std::uint64_t total) {
  guarded([&] {
    Atomic atomic(store_.database());
    if (!blob_) blob_ = store_.blobs().begin_arriving(scope_, sha256_, total);
    const auto wanted = std::min(tuning::download_part_bytes, total - blob_->held);
    const bool whole = response.body.size() == total - blob_->held;
    if (total != blob_->bytes || (response.body.size() != wanted && !whole))
      throw ProblemError(ProblemCode::BadAnswer, {}, "Content-Length");
    store_.blobs().add_arrived(*blob_, response.body);
    atomic.commit();
  });
}

void DownloadEngine::finish(Instructions& out) {
  guarded([&] {
    Atomic atomic(store_.database());
    const bool right = hex(sha256(store_.blobs().read(*blob_, 0, blob_->bytes))) == sha256_;
    if (right)
      store_.blobs().set_here(blob_->key);
    else
      store_.blobs().remove(blob_->key);
    atomic.commit();
    if (!right) throw ProblemError(ProblemCode::ChecksumMismatch);
  });
  summary_.pulled = 1;
  over_ = true;
  out.push_back(Done{summary_});
}

void DownloadEngine::fail(Problem problem, Instructions& out) {
  over_ = true;
  out.push_back(Failed{std::move(problem)});
}

}  // namespace anketa::client
