#include <charconv>

#include "sync-server/handlers/blob_handlers.hpp"
#include "sync-server/services/attachments.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

/// Bytes [from, from + length) of a content.
struct Range {
  std::uint64_t from = 0;
  std::uint64_t length = 0;
};

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The one range a request asks for (RFC 9110, section 14): nullopt where it asks for none, for several, or in words
/// that mean nothing, and then the whole is sent; a length of 0 where nothing of it exists.
std::optional<Range> range_of(std::string_view header, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit) || size == 0) return std::nullopt;
  header.remove_prefix(unit.size());
  const auto dash = header.find('-');
  if (dash == header.npos || header.find(',') != header.npos) return std::nullopt;
  const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
  if (dash == 0) {
    if (!last) return std::nullopt;
    const auto length = std::min(*last, size);
    return Range{size - length, length};
  }
  const bool open = dash + 1 == header.size();
  if (!first || (!open && (!last || *last < *first))) return std::nullopt;
  if (*first >= size) return Range{};
  return Range{*first, (open ? size : std::min(size, *last + 1)) - *first};
}

Response unsatisfiable(std::uint64_t size) {
  Response response;
  response.status = 416;
  response.headers = {{"Content-Range", "bytes */" + std::to_string(size)}};
  return response;
}

Response send(const BlobStore& blobs, const Request& request, const Blob& blob, const std::string& tag) {
  const auto condition = request.header("if-range");
  auto range = range_of(request.header("range"), blob.bytes);
  if (!condition.empty() && condition != tag) range.reset();
  if (range && range->length == 0) return unsatisfiable(blob.bytes);
  const auto part = range.value_or(Range{0, blob.bytes});
  Response response;
  response.status = range ? 206 : 200;
  response.file = blobs.piece(blob, part.from, part.length);
  // What a person attached is never run or shown as a page of ours.
  response.content_type = "application/octet-stream";
  response.headers = {{"Accept-Ranges", "bytes"}, {"ETag", tag}, {"Content-Disposition", "attachment"}};
  if (range)
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(part.from) + "-" +
                                                       std::to_string(part.from + part.length - 1) + "/" +
                                                       std::to_string(blob.bytes));
  return response;
}

Response download(Services& services, const BlobStore& blobs, const Request& request, const Session& session) {
  const auto scope = parse_scope(request.parameter("scope"));
  const std::string sha256(request.parameter("sha256"));
  if (!scope || !is_sha256(sha256)) throw ProblemError(ProblemCode::NotFound);
  const auto author = author_of(session);
  bool allowed = false;
  services.store.read([&](Reader& reader) { allowed = may_download(reader, author, *scope, sha256); });
  if (!allowed) throw ProblemError(ProblemCode::NotFound);
  const auto blob = blobs.find(*scope, sha256);
  if (!blob) throw ProblemError(ProblemCode::ContentMissing);
  return send(blobs, request, *blob, "\"" + sha256 + "\"");
}

}  // namespace

void add_download_routes(http::Router& router, Services& services, BlobStore& blobs) {
  router.add("GET", "/v1/blobs/{scope}/{sha256}",
             authenticated(services, [&services, &blobs](Request& request, const Session& session) {
               return download(services, blobs, request, session);
             }));
}

}  // namespace anketa::server
