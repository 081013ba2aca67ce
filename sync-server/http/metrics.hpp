// Metrics in the Prometheus text format (version 0.0.4).
//
// Model: a Registry owns families; a family has one series per set of labels, made at first use and never removed, so
// references stay good for the registry's life. Labels must be of few values (a route's pattern, never a path).
// Thread safety: everything may be called from any thread; adding to a series takes no lock.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anketa::server::http {

using Labels = std::vector<std::pair<std::string_view, std::string_view>>;

class Counter {
 public:
  void add(std::uint64_t by = 1) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
  std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
  void set(std::int64_t to) noexcept { value_.store(to, std::memory_order_relaxed); }
  void add(std::int64_t by) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
  std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

/// Durations, in buckets from 0.5 ms to 10 s.
class Histogram {
 public:
  static constexpr std::array<double, 12> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                 0.05,   0.1,   0.25,   1.0,   2.5,  10.0};
  void observe(double seconds) noexcept;
  std::uint64_t count() const noexcept;
  void write(std::string& out, std::string_view name, std::string_view labels) const;

 private:
  std::array<std::atomic<std::uint64_t>, bounds.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_us_{0};
};

class Registry {
 public:
  Counter& counter(std::string_view name, std::string_view help, const Labels& labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, const Labels& labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, const Labels& labels = {});
  /// Called before each scrape, to bring gauges up to date.
  void on_scrape(std::function<void()> refresh);
  std::string text();

 private:
  template <typename Series>
  struct Family {
    std::string help;
    std::map<std::string, std::unique_ptr<Series>, std::less<>> series;
  };
  template <typename Series>
  using Families = std::map<std::string, Family<Series>, std::less<>>;
  template <typename Series>
  Series& find(Families<Series>& families, std::string_view name, std::string_view help, const Labels& labels);

  std::mutex mutex_;
  Families<Counter> counters_;
  Families<Gauge> gauges_;
  Families<Histogram> histograms_;
  std::vector<std::function<void()>> refreshers_;
};

/// Gauges of the process itself: resident memory, open file descriptors.
void add_process_metrics(Registry& registry);

}  // namespace anketa::server::http
