// Requests and responses as handlers see them: plain values, no sockets, no Beast.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/problem/problem.hpp"
#include "sync-server/http/live.hpp"
#include "sync-server/system/file_system.hpp"

namespace anketa::server::http {

using Parameters = std::map<std::string, std::string, std::less<>>;

struct Request {
  /// "GET", "POST" …
  std::string method;
  /// As sent, still percent-encoded, without the query: "/v1/records/client".
  std::string path;
  /// What the route's pattern captured, decoded: {"collection": "client"}.
  Parameters parameters;
  /// Decoded; where a name comes twice the last one counts.
  Parameters query;
  /// Names in lower case.
  Parameters headers;
  /// Already decompressed.
  std::string body;
  /// On a route that takes bodies in parts: where this one begins in the whole body, and whether it is the last.
  std::uint64_t part_offset = 0;
  bool last_part = true;
  /// "127.0.0.1", "::1". Personal data: never logged.
  std::string peer_address;
  /// Given by the server, logged with the request and returned in X-Request-Id.
  std::string request_id;

  /// The header's value or the empty string; the name in lower case.
  std::string_view header(std::string_view name) const;
  /// The captured parameter or the empty string.
  std::string_view parameter(std::string_view name) const;
  /// By Accept-Language, Russian where it says nothing we speak.
  text::Language language() const;
  /// The body as JSON within the bounds of a small request. Throws ProblemError (MalformedJson, TooDeep …).
  nlohmann::json json() const;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string content_type;
  std::string body;
  /// Content that lives for ever, such as an embedded asset; sent instead of `body` where not empty.
  std::string_view static_body;
  /// Content that is sent from the disk; instead of both where not null.
  std::shared_ptr<const FilePiece> file;
  /// With status 101: the connection becomes a WebSocket, and this is its other end.
  std::shared_ptr<LiveEndpoint> live;
  /// How the content is compressed already; empty: not, and the server may compress it.
  std::string content_encoding;
  /// Set in a problem response: the server writes the body in the language of the request.
  std::optional<Problem> problem;
  /// Close the connection after this response.
  bool close = false;

  std::string_view content() const noexcept { return static_body.empty() ? std::string_view(body) : static_body; }

  static Response json(const nlohmann::json& value, int status = 200);
  /// A JSON text that is already written.
  static Response json_text(std::string text, int status = 200);
  static Response text(std::string text, int status = 200);
  static Response no_content();
  /// Turns the connection into a WebSocket.
  static Response upgrade(std::shared_ptr<LiveEndpoint> endpoint);
  /// Status by the problem's code.
  static Response failure(Problem problem);
  /// Of a caught exception: a ProblemError's own problem, Internal for all others (and those are logged).
  static Response failure(const std::exception_ptr& exception, std::string_view request_id);

  Response&& with_header(std::string name, std::string value) &&;
};

/// Splits a request target into path and decoded query. nullopt for what is not an origin-form target ("/…").
struct Target {
  std::string path;
  Parameters query;
};
std::optional<Target> parse_target(std::string_view target);

/// Decodes %XX (and, in queries, "+"). nullopt where an escape is broken or hides a NUL.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace anketa::server::http
