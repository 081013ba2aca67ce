#include "sync-server/http/message.hpp"

#include "shared/record/json.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server::http {
namespace {

/// Requests other than a sync are small: log-ins, queries, single records.
constexpr JsonLimits small_request{std::size_t{1} << 20, 32};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view find(const Parameters& parameters, std::string_view name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  return find(headers, name);
}

std::string_view Request::parameter(std::string_view name) const {
  return find(parameters, name);
}

text::Language Request::language() const {
  // The first of our languages in the list wins: browsers send it in order of preference.
  const auto accepted = header("accept-language");
  const auto english = accepted.find("en");
  const auto russian = accepted.find("ru");
  return english < russian ? text::Language::English : text::Language::Russian;
}

nlohmann::json Request::json() const {
  return parse_json(body, small_request);
}

Response Response::json(const nlohmann::json& value, int status) {
  return json_text(value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), status);
}

Response Response::json_text(std::string text, int status) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(text);
  return response;
}

Response Response::text(std::string text, int status) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  return response;
}

Response Response::no_content() {
  Response response;
  response.status = 204;
  return response;
}

Response Response::upgrade(std::shared_ptr<LiveEndpoint> endpoint) {
  Response response;
  response.status = 101;
  response.live = std::move(endpoint);
  return response;
}

Response Response::failure(Problem problem) {
  Response response;
  response.status = http_status(problem.code);
  response.problem = std::move(problem);
  return response;
}

Response Response::failure(const std::exception_ptr& exception, std::string_view request_id) {
  try {
    std::rethrow_exception(exception);
  } catch (const ProblemError& error) {
    return failure(error.problem());
  } catch (const std::exception& error) {
    log::error("http.handler_failed", {{"request", request_id}, {"cause", error.what()}});
  } catch (...) {
    log::error("http.handler_failed", {{"request", request_id}, {"cause", "unknown exception"}});
  }
  return failure(Problem{ProblemCode::Internal, {}, {}});
}

Response&& Response::with_header(std::string name, std::string value) && {
  headers.emplace_back(std::move(name), std::move(value));
  return std::move(*this);
}

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_space) {
      out += ' ';
    } else if (text[i] != '%') {
      out += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
      const int value = high * 16 + low;
      if (high < 0 || low < 0 || value == 0) return std::nullopt;
      out += static_cast<char>(value);
      i += 2;
    }
  }
  return out;
}

/// What stands before the separator; of the text is left what stands after it.
static std::string_view take_until(std::string_view& text, char separator) {
  const auto end = static_cast<std::size_t>(std::find(text.begin(), text.end(), separator) - text.begin());
  const auto taken = text.substr(0, end);
  text.remove_prefix(std::min(text.size(), end + 1));
  return taken;
}

std::optional<Target> parse_target(std::string_view target) {
  if (target.empty() || target.front() != '/') return std::nullopt;
  Target out;
  auto query = take_until(target, '#');
  out.path = std::string(take_until(query, '?'));
  while (!query.empty()) {
    auto value = take_until(query, '&');
    if (value.empty()) continue;
    auto name = percent_decode(take_until(value, '='), true);
    auto decoded = percent_decode(value, true);
    if (!name || !decoded) return std::nullopt;
    out.query[std::move(*name)] = std::move(*decoded);
  }
  return out;
}

}  // namespace anketa::server::http
