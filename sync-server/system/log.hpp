// The server's log: one JSON object a line, for machines first.
//
// Rule: no personal data. Ids of users, devices and requests may be logged; names, log-ins, addresses, bodies, query
// values and tokens may not. An event has a stable name ("http.request", "server.started") and plain fields.
// Thread safety: everything here may be called from any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace anketa::server::log {

enum class Level { Debug, Info, Warning, Error, Off };

/// "debug", "info", "warning", "error", "off".
std::optional<Level> parse_level(std::string_view text);

/// Sends lines of this level and above to the file, or to standard error where the path is empty. Until it is called
/// nothing is logged, so that tests are quiet. Throws ProblemError(FileUnwritable).
void configure(Level level, const std::string& file = {});

bool enabled(Level level);

/// Writes {"time", "level", "event", …fields}. `fields` must be an object or null.
void write(Level level, std::string_view event, nlohmann::json fields = nullptr);

inline void debug(std::string_view event, nlohmann::json fields = nullptr) {
  write(Level::Debug, event, std::move(fields));
}
inline void info(std::string_view event, nlohmann::json fields = nullptr) {
  write(Level::Info, event, std::move(fields));
}
inline void warning(std::string_view event, nlohmann::json fields = nullptr) {
  write(Level::Warning, event, std::move(fields));
}
inline void error(std::string_view event, nlohmann::json fields = nullptr) {
  write(Level::Error, event, std::move(fields));
}

}  // namespace anketa::server::log
