#include "sync-server/http/metrics.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace anketa::server::http {
namespace {

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

/// `route="/v1/me",status="200"`, without the braces.
std::string render(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) {
    if (!out.empty()) out += ',';
    out.append(name).append("=\"").append(escaped(value)).append("\"");
  }
  return out;
}

std::string braced(std::string_view labels) {
  return labels.empty() ? "" : "{" + std::string(labels) + "}";
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

void write_head(std::string& out, const std::string& name, const std::string& help, const char* type) {
  out += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

}  // namespace

void Histogram::observe(double seconds) noexcept {
  std::size_t bucket = 0;
  while (bucket < bounds.size() && seconds > bounds[bucket]) ++bucket;
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(static_cast<std::uint64_t>(std::llround(seconds * 1e6)), std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const noexcept {
  std::uint64_t total = 0;
  for (const auto& bucket : buckets_) total += bucket.load(std::memory_order_relaxed);
  return total;
}

void Histogram::write(std::string& out, std::string_view name, std::string_view labels) const {
  const auto separator = std::string(labels.empty() ? "" : ",");
  std::uint64_t running = 0;
  for (std::size_t i = 0; i <= bounds.size(); ++i) {
    running += buckets_[i].load(std::memory_order_relaxed);
    out.append(name).append("_bucket{").append(labels).append(separator).append("le=\"");
    out += (i < bounds.size() ? number(bounds[i]) : "+Inf") + "\"} " + std::to_string(running) + "\n";
  }
  const auto seconds = static_cast<double>(sum_us_.load(std::memory_order_relaxed)) / 1e6;
  out.append(name).append("_sum").append(braced(labels)) += " " + number(seconds) + "\n";
  out.append(name).append("_count").append(braced(labels)) += " " + std::to_string(running) + "\n";
}

template <typename Series>
Series& Registry::find(Families<Series>& families, std::string_view name, std::string_view help, const Labels& labels) {
  const auto key = render(labels);
  const std::lock_guard lock(mutex_);
  auto family = families.find(name);
  if (family == families.end()) family = families.emplace(name, Family<Series>{std::string(help), {}}).first;
  auto& series = family->second.series[key];
  if (!series) series = std::make_unique<Series>();
  return *series;
}

Counter& Registry::counter(std::string_view name, std::string_view help, const Labels& labels) {
  return find(counters_, name, help, labels);
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, const Labels& labels) {
  return find(gauges_, name, help, labels);
}

Histogram& Registry::histogram(std::string_view name, std::string_view help, const Labels& labels) {
  return find(histograms_, name, help, labels);
}

void Registry::on_scrape(std::function<void()> refresh) {
  const std::lock_guard lock(mutex_);
  refreshers_.push_back(std::move(refresh));
}

std::string Registry::text() {
  std::vector<std::function<void()>> refreshers;
  {
    const std::lock_guard lock(mutex_);
    refreshers = refreshers_;
  }
  for (const auto& refresh : refreshers) refresh();
  const std::lock_guard lock(mutex_);
  std::string out;
  const auto simple = [&out](const auto& families, const char* type) {
    for (const auto& [name, family] : families) {
      write_head(out, name, family.help, type);
      for (const auto& [labels, series] : family.series)
        out += name + braced(labels) + " " + std::to_string(series->value()) + "\n";
    }
  };
  simple(counters_, "counter");
  simple(gauges_, "gauge");
  for (const auto& [name, family] : histograms_) {
    write_head(out, name, family.help, "histogram");
    for (const auto& [labels, series] : family.series) series->write(out, name, labels);
  }
  return out;
}

void add_process_metrics(Registry& registry) {
  auto& memory = registry.gauge("process_resident_memory_bytes", "Resident memory of the server.");
  auto& files = registry.gauge("process_open_fds", "Open file descriptors.");
  registry.on_scrape([&memory, &files] {
    std::ifstream statm("/proc/self/statm");
    long total = 0, resident = 0;
    if (statm >> total >> resident) memory.set(resident * sysconf(_SC_PAGESIZE));
    std::error_code ignored;
    std::int64_t open = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", ignored)) ++open;
    files.set(open);
  });
}

}  // namespace anketa::server::http
