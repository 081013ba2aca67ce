#include "tools/simulation/jobs.hpp"

#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <system_error>

namespace anketa::simulation {
namespace {

/// A child process and what it has written.
struct Job {
  pid_t process = -1;
  int output = -1;
  std::string buffer;
  /// The seed it is at.
  std::uint64_t seed = 0;
};

void write_line(int file, const Json& json) {
  const auto line = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  for (std::size_t at = 0; at < line.size();) {
    const auto written = write(file, line.data() + at, line.size() - at);
    if (written < 0) _exit(2);
    at += static_cast<std::size_t>(written);
  }
}

[[noreturn]] void work(const Batch& batch, int number, int output) {
  // Seeds take and give back much memory again and again: it stays with the process.
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TOP_PAD, 16 << 20);
  for (auto i = static_cast<std::size_t>(number); i < batch.seeds.size(); i += static_cast<std::size_t>(batch.jobs)) {
    const auto seed = batch.seeds[i];
    write_line(output, {{"begin", seed}});
    const auto result = run_seed({seed, batch.steps_of(seed), {}, nullptr, nullptr});
    Json line{{"seed", seed}, {"tally", result.tally.to_json()}};
    if (result.failure)
      line["failure"] = {{"invariant", static_cast<int>(result.failure->invariant)}, {"what", result.failure->what}};
    write_line(output, line);
  }
  _exit(0);
}

Job begin(const Batch& batch, int number) {
  int ends[2];
  if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const auto process = fork();
  if (process < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (process == 0) {
    close(ends[0]);
    work(batch, number, ends[1]);
  }
  close(ends[1]);
  return {process, ends[0], {}, 0};
}

class Collector {
 public:
  explicit Collector(const std::function<void(std::uint64_t)>& progress) : progress_(progress) {}

  void take(Job& job, const std::string& text) {
    const auto line = Json::parse(text);
    if (line.contains("begin")) {
      job.seed = line.at("begin");
      return;
    }
    auto tally = Tally::from_json(line.at("tally"));
    tally.seeds = 1;
    result.tally.add(tally);
    if (const auto failure = line.find("failure"); failure != line.end())
      result.bad.push_back(
          {line.at("seed"),
           {static_cast<Invariant>(failure->at("invariant").get<int>()), failure->at("what").get<std::string>()}});
    job.seed = 0;
    progress_(result.tally.seeds);
  }

  /// The process ended; with a seed under way it did not mean to.
  void ended(const Job& job) {
    if (job.seed == 0) return;
    ++result.tally.violations;
    result.bad.push_back({job.seed, {Invariant::Ends, "the process died"}});
  }

  BatchResult result;

 private:
  const std::function<void(std::uint64_t)>& progress_;
};

/// false: the process has closed its end.
bool read_from(Job& job, Collector& collector) {
  char bytes[65536];
  const auto count = read(job.output, bytes, sizeof bytes);
  if (count <= 0) return false;
  job.buffer.append(bytes, static_cast<std::size_t>(count));
  for (auto end = job.buffer.find('\n'); end != std::string::npos; end = job.buffer.find('\n')) {
    collector.take(job, job.buffer.substr(0, end));
    job.buffer.erase(0, end + 1);
  }
  return true;
}

}  // namespace

BatchResult run_batch(const Batch& batch, const std::function<void(std::uint64_t done)>& progress) {
  std::vector<Job> jobs;
  for (int i = 0; i < batch.jobs; ++i) jobs.push_back(begin(batch, i));
  Collector collector(progress);
  while (!jobs.empty()) {
    std::vector<pollfd> ready;
    for (const auto& job : jobs) ready.push_back({job.output, POLLIN, 0});
    if (poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "poll");
    for (auto i = jobs.size(); i-- > 0;) {
      if (ready[i].revents == 0 || read_from(jobs[i], collector)) continue;
      close(jobs[i].output);
      waitpid(jobs[i].process, nullptr, 0);
      collector.ended(jobs[i]);
      jobs.erase(jobs.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (!batch.stop || collector.result.bad.empty()) continue;
    for (auto& job : jobs) {
      kill(job.process, SIGKILL);
      waitpid(job.process, nullptr, 0);
      close(job.output);
    }
    jobs.clear();
  }
  return std::move(collector.result);
}

}  // namespace anketa::simulation
