#include "sync-server/system/log.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>
#include <atomic>
#include <chrono>

#include "shared/problem/problem.hpp"
#include "shared/record/environment.hpp"

namespace anketa::server::log {
namespace {

constexpr std::array<std::string_view, 5> names{"debug", "info", "warning", "error", "off"};

std::atomic<Level> threshold{Level::Off};

std::shared_ptr<spdlog::logger>& logger() {
  static std::shared_ptr<spdlog::logger> instance;
  return instance;
}

Instant now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace

std::optional<Level> parse_level(std::string_view text) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == text) return static_cast<Level>(i);
  return std::nullopt;
}

void configure(Level level, const std::string& file) {
  threshold = Level::Off;
  try {
    const auto sink = file.empty() ? spdlog::sink_ptr(std::make_shared<spdlog::sinks::stderr_sink_mt>())
                                   : std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
    logger() = std::make_shared<spdlog::logger>("anketa", sink);
  } catch (const spdlog::spdlog_ex&) {
    throw ProblemError(ProblemCode::FileUnwritable, {}, file);
  }
  logger()->set_pattern("%v");
  logger()->set_level(spdlog::level::trace);
  logger()->flush_on(spdlog::level::trace);
  threshold = level;
}

bool enabled(Level level) {
  return level >= threshold.load(std::memory_order_relaxed);
}

void write(Level level, std::string_view event, nlohmann::json fields) {
  if (!enabled(level) || level == Level::Off) return;
  if (!fields.is_object()) fields = nlohmann::json::object();
  fields["time"] = format_instant(now());
  fields["level"] = names[static_cast<std::size_t>(level)];
  fields["event"] = event;
  const auto line = fields.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  logger()->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace anketa::server::log
