#include <charconv>
#include <ctime>

#include "sync-server/auth/base64url.hpp"
#include "sync-server/handlers/blob_handlers.hpp"
#include "sync-server/services/attachments.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

constexpr const char* tus_version = "1.0.0";
constexpr std::string_view part_media_type = "application/offset+octet-stream";
/// A part is on the disk before the next one is read: larger ones lose more when a connection breaks, smaller ones cost
/// a sync of the disk each.
constexpr std::size_t part_bytes = std::size_t{1} << 20;
/// Of a name or type in the metadata.
constexpr std::size_t longest_metadata = 255;

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::uint64_t need_number(const Request& request, std::string_view header, const char* where) {
  const auto value = number(request.header(header));
  if (!value) throw ProblemError(ProblemCode::BadRequest, {}, where);
  return *value;
}

/// Base64 as tus has it: with padding, and the two characters that URLs do not like.
std::string base64(std::string_view text, const char* where) {
  std::string plain(text.substr(0, text.find('=')));
  for (auto& c : plain) c = c == '+' ? '-' : c == '/' ? '_' : c;
  auto bytes = parse_base64url(plain);
  if (!bytes) throw ProblemError(ProblemCode::BadRequest, {}, where);
  return std::move(*bytes);
}

/// "name d29ybGQ=, type aW1hZ2U=" by name.
std::map<std::string, std::string, std::less<>> metadata(std::string_view header) {
  std::map<std::string, std::string, std::less<>> all;
  while (!header.empty()) {
    auto pair = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    const auto name = pair.substr(0, pair.find(' '));
    pair.remove_prefix(std::min(pair.size(), name.size() + 1));
    all[std::string(name)] = base64(pair, "Upload-Metadata").substr(0, longest_metadata);
  }
  return all;
}

std::string http_time(Instant instant) {
  const std::time_t seconds = instant / 1000;
  std::tm utc{};
  ::gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return text.data();
}

Response progress(const Upload& upload, int status) {
  Response response;
  response.status = status;
  response.headers = {{"Upload-Offset", std::to_string(upload.offset)}};
  if (!upload.complete()) response.headers.emplace_back("Upload-Expires", http_time(upload.expires_at));
  return response;
}

Upload announced_by(const Request& request, const Session& session) {
  if (!request.header("upload-defer-length").empty())
    throw ProblemError(ProblemCode::BadRequest, {}, "Upload-Defer-Length");
  const auto given = metadata(request.header("upload-metadata"));
  const auto find = [&](std::string_view name) {
    const auto found = given.find(name);
    return found == given.end() ? std::string() : found->second;
  };
  Upload upload;
  upload.user = session.user;
  upload.device = session.device;
  upload.length = need_number(request, "upload-length", "Upload-Length");
  upload.sha256 = find("sha256");
  // The second names are those that most tus clients send by themselves.
  upload.name = find(given.contains("name") ? "name" : "filename");
  upload.media_type = find(given.contains("type") ? "type" : "filetype");
  const auto scope = parse_scope(find("scope"));
  if (!is_sha256(upload.sha256)) throw ProblemError(ProblemCode::BadRequest, {}, "sha256");
  if (!scope || *scope == every_scope) throw ProblemError(ProblemCode::BadRequest, {}, "scope");
  upload.scope = *scope;
  return upload;
}

Response create(Services& services, BlobStore& blobs, const Request& request, const Session& session) {
  const auto wanted = announced_by(request, session);
  const auto author = author_of(session);
  services.store.read([&](Reader& reader) { require_upload(reader, author, wanted.scope, wanted.sha256); });
  const auto upload = blobs.begin(wanted);
  return progress(upload, 201).with_header("Location", "/v1/uploads/" + upload.id.text());
}

Uuid upload_id(const Request& request) {
  const auto id = Uuid::parse(request.parameter("id"));
  if (!id) throw ProblemError(ProblemCode::NotFound);
  return *id;
}

Response head(BlobStore& blobs, const Request& request, const Session& session) {
  const auto upload = blobs.find_upload(upload_id(request), session.user, session.device);
  return progress(upload, 200).with_header("Upload-Length", std::to_string(upload.length));
}

std::optional<PartChecksum> checksum_of(const Request& request) {
  const auto header = request.header("upload-checksum");
  if (header.empty()) return std::nullopt;
  const auto space = header.find(' ');
  PartChecksum checksum{std::string(header.substr(0, space)), {}};
  if (space == header.npos || (checksum.algorithm != "sha1" && checksum.algorithm != "sha256"))
    throw ProblemError(ProblemCode::BadRequest, {}, "Upload-Checksum");
  checksum.digest = base64(header.substr(space + 1), "Upload-Checksum");
  return checksum;
}

Response patch(BlobStore& blobs, const Request& request, const Session& session) {
  if (request.header("content-type") != part_media_type) throw ProblemError(ProblemCode::UploadMediaType);
  const auto from = need_number(request, "upload-offset", "Upload-Offset");
  const Part part{from + request.part_offset, request.body, from, request.last_part, checksum_of(request)};
  return progress(blobs.append(upload_id(request), session.user, session.device, part), 204);
}

Response terminate(BlobStore& blobs, const Request& request, const Session& session) {
  blobs.terminate(upload_id(request), session.user, session.device);
  return Response::no_content();
}

/// For clients that can only GET and POST.
Response overridden(BlobStore& blobs, const Request& request, const Session& session) {
  const auto method = request.header("x-http-method-override");
  if (method == "PATCH") return patch(blobs, request, session);
  if (method == "HEAD") return head(blobs, request, session);
  if (method == "DELETE") return terminate(blobs, request, session);
  throw ProblemError(ProblemCode::MethodNotAllowed, {{"allowed", "HEAD, PATCH, DELETE"}});
}

Response options(const BlobStore& blobs) {
  return Response::no_content()
      .with_header("Tus-Resumable", tus_version)
      .with_header("Tus-Version", tus_version)
      .with_header("Tus-Extension", "creation,termination,checksum,expiration")
      .with_header("Tus-Checksum-Algorithm", "sha1,sha256")
      .with_header("Tus-Max-Size", std::to_string(blobs.limits().max_bytes));
}

/// A handler of the protocol: what it answers, refusals included, carries the protocol's version.
template <typename Work>
http::Handler tus(Services& services, Work work) {
  return [&services, work](Request request, const http::Responder& respond) {
    const http::Responder versioned(
        [respond](Response response) { respond(std::move(response).with_header("Tus-Resumable", tus_version)); });
    try {
      if (request.header("tus-resumable") != tus_version) {
        auto refused = Response::failure(Problem{ProblemCode::UploadVersion, {}, {}});
        return versioned(std::move(refused).with_header("Tus-Version", tus_version));
      }
      authenticated(services, [work](Request& asked, const Session& session) { return work(asked, session); })(
          std::move(request), versioned);
    } catch (...) {
      versioned(Response::failure(std::current_exception(), request.request_id));
    }
  };
}

}  // namespace

void add_upload_routes(http::Router& router, Services& services, BlobStore& blobs) {
  const http::RouteOptions taking_parts{static_cast<std::size_t>(blobs.limits().max_bytes), part_bytes};
  for (const auto* path : {"/v1/uploads", "/v1/uploads/{id}"})
    router.add("OPTIONS", path, [&blobs](Request&) { return options(blobs); });
  router.add("POST", "/v1/uploads", tus(services, [&services, &blobs](Request& request, const Session& session) {
               return create(services, blobs, request, session);
             }));
  router.add("HEAD", "/v1/uploads/{id}", tus(services, [&blobs](Request& request, const Session& session) {
               return head(blobs, request, session);
             }));
  router.add(
      "PATCH", "/v1/uploads/{id}",
      tus(services, [&blobs](Request& request, const Session& session) { return patch(blobs, request, session); }),
      taking_parts);
  router.add("DELETE", "/v1/uploads/{id}", tus(services, [&blobs](Request& request, const Session& session) {
               return terminate(blobs, request, session);
             }));
  router.add(
      "POST", "/v1/uploads/{id}",
      tus(services, [&blobs](Request& request, const Session& session) { return overridden(blobs, request, session); }),
      taking_parts);
}

}  // namespace anketa::server
