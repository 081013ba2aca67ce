#include "client-core/sync/upload_engine.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "client-core/store/sql.hpp"
#include "client-core/sync/base64.hpp"
#include "client-core/sync/sync_tuning.hpp"

namespace anketa::client {
namespace {

constexpr std::string_view uploads = "/v1/uploads/";

std::optional<std::uint64_t> number_of(const ResponseReceived& response, std::string_view name) {
  const auto text = header(response.headers, name);
  std::uint64_t value = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return value;
}

/// Whether the problem says that what was asked for is not there. The answer to a HEAD has no body to say it in.
bool is_absent(const Problem& problem) {
  const auto status = problem.arguments.find("status");
  const bool bodiless = problem.code == ProblemCode::BadAnswer && status != problem.arguments.end() &&
                        (status->second == "404" || status->second == "410");
  return bodiless || problem.code == ProblemCode::NotFound || problem.code == ProblemCode::ContentMissing;
}

/// The server will not have this content, now or as it is; others it may.
bool is_refusal(const Problem& problem) {
  switch (problem.code) {
    case ProblemCode::NotFound:
    case ProblemCode::Forbidden:
    case ProblemCode::TooLarge:
    case ProblemCode::QuotaExceeded:
    case ProblemCode::BadRequest:
    case ProblemCode::ChecksumMismatch:
      return true;
    default:
      return false;
  }
}

}  // namespace

UploadEngine::UploadEngine(ClientStore& store, int attempts, std::uint64_t part_bytes)
    : store_(store), exchange_(store, {attempts, true}), part_bytes_(part_bytes) {}

Instructions UploadEngine::step(Event event) {
  if (over_) throw std::logic_error("the upload is over");
  Instructions out;
  try {
    take(std::move(event), out);
  } catch (const ProblemError& error) {
    fail(error.problem(), out);
  }
  return out;
}

void UploadEngine::take(Event event, Instructions& out) {
  if (std::holds_alternative<Start>(event)) return next_content(out);
  if (std::holds_alternative<Cancel>(event)) return fail({ProblemCode::Cancelled, {}, {}}, out);
  auto outcome = exchange_.step(std::move(event));
  if (outcome.next)
    out.push_back(std::move(*outcome.next));
  else if (outcome.failed)
    refused(std::move(*outcome.failed), out);
  else
    answered(*outcome.answer, out);
}

void UploadEngine::next_content(Instructions& out) {
  const auto next = guarded([&] { return store_.blobs().next_to_upload(blob_.key); });
  if (!next) {
    over_ = true;
    out.push_back(Done{summary_});
    return;
  }
  blob_ = *next;
  beginnings_ = 0;
  sent_before_ = progress_.pushed;
  progress_.to_push += blob_.bytes;
  if (blob_.upload.empty())
    ask_presence(out);
  else
    ask_offset(out);
}

void UploadEngine::ask(Asking asking, SendRequest request, Instructions& out) {
  asking_ = asking;
  request.headers.emplace_back("Tus-Resumable", "1.0.0");
  out.push_back(exchange_.send(std::move(request)));
}

void UploadEngine::ask_presence(Instructions& out) {
  ask(Asking::Presence, {"HEAD", "/v1/blobs/" + scope_text(blob_.scope) + "/" + blob_.sha256, {}, {}}, out);
}

void UploadEngine::create(Instructions& out) {
  const auto pair = [](std::string_view name, std::string_view value) {
    return std::string(name) + " " + base64(value);
  };
  const auto metadata = pair("sha256", blob_.sha256) + "," + pair("scope", scope_text(blob_.scope)) + "," +
                        pair("name", blob_.name) + "," + pair("type", blob_.media_type);
  ++beginnings_;
  ask(Asking::Creation,
      {"POST", "/v1/uploads", {{"Upload-Length", std::to_string(blob_.bytes)}, {"Upload-Metadata", metadata}}, {}},
      out);
}

void UploadEngine::ask_offset(Instructions& out) {
  ask(Asking::Offset, {"HEAD", blob_.upload, {}, {}}, out);
}

void UploadEngine::send_part(std::uint64_t offset, Instructions& out) {
  auto bytes = guarded([&] { return store_.blobs().read(blob_, offset, part_bytes_); });
  ask(Asking::Part,
      {"PATCH",
       blob_.upload,
       {{"Content-Type", "application/offset+octet-stream"}, {"Upload-Offset", std::to_string(offset)}},
       std::move(bytes)},
      out);
}

void UploadEngine::answered(const ResponseReceived& response, Instructions& out) {
  ++summary_.rounds;
  if (asking_ == Asking::Presence) return uploaded(out);
  if (asking_ == Asking::Creation) return created(response, out);
  const auto offset = number_of(response, "Upload-Offset");
  if (!offset || *offset > blob_.bytes) throw ProblemError(ProblemCode::BadAnswer, {}, "Upload-Offset");
  go_on(*offset, out);
}

void UploadEngine::created(const ResponseReceived& response, Instructions& out) {
  const auto location = header(response.headers, "Location");
  if (!location || !location->starts_with(uploads)) throw ProblemError(ProblemCode::BadAnswer, {}, "Location");
  blob_.upload = std::string(*location);
  guarded([&] { store_.blobs().set_upload(blob_.key, blob_.upload); });
  go_on(0, out);
}

void UploadEngine::go_on(std::uint64_t offset, Instructions& out) {
  progress_.pushed = std::max(progress_.pushed, sent_before_ + offset);
  out.emplace_back(progress_);
  if (offset == blob_.bytes) return uploaded(out);
  send_part(offset, out);
}

void UploadEngine::uploaded(Instructions& out) {
  guarded([&] { store_.blobs().set_here(blob_.key); });
  const bool had_it = blob_.state == BlobState::ToOffer && asking_ == Asking::Presence;
  if (!had_it) ++summary_.pushed;
  progress_.pushed = sent_before_ + blob_.bytes;
  next_content(out);
}

void UploadEngine::refused(Problem problem, Instructions& out) {
  switch (asking_) {
    case Asking::Presence:
      if (is_absent(problem)) return create(out);
      break;
    case Asking::Offset:
      if (is_absent(problem)) return begin_again(std::move(problem), out);
      break;
    case Asking::Part:
      if (problem.code == ProblemCode::OffsetMismatch) return ask_offset(out);
      if (is_absent(problem) || problem.code == ProblemCode::ChecksumMismatch)
        return begin_again(std::move(problem), out);
      break;
    case Asking::Creation:
    case Asking::Nothing:
      break;
  }
  if (is_refusal(problem)) return give_up(problem, out);
  fail(std::move(problem), out);
}

void UploadEngine::begin_again(Problem problem, Instructions& out) {
  if (beginnings_ >= tuning::upload_beginnings) return give_up(problem, out);
  blob_.upload.clear();
  guarded([&] { store_.blobs().set_upload(blob_.key, {}); });
  // The last part may have arrived and only its answer been lost: then the content is there.
  ask_presence(out);
}

void UploadEngine::give_up(const Problem& problem, Instructions& out) {
  if (blob_.state == BlobState::ToOffer) {
    // Who may only read it need not give it back.
    guarded([&] { store_.blobs().set_here(blob_.key); });
    return next_content(out);
  }
  guarded([&] { store_.blobs().set_problem(blob_.key, problem); });
  ++summary_.parked;
  next_content(out);
}

void UploadEngine::fail(Problem problem, Instructions& out) {
  over_ = true;
  out.push_back(Failed{std::move(problem)});
}

}  // namespace anketa::client
