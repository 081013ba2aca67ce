#include "tests/scenario/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace anketa::scenario {
namespace {

using Clock = std::chrono::steady_clock;

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// argv and envp, made before the fork: after it only calls that are safe in a child are allowed.
class Launch {
 public:
  Launch(const Arguments& command, const Variables& variables) : command_(command) {
    for (char** entry = environ; *entry; ++entry) {
      const std::string text = *entry;
      // Settings of whoever runs the tests must not reach the programs.
      if (!text.starts_with("ANKETA_") && !variables.contains(text.substr(0, text.find('='))))
        settings_.push_back(text);
    }
    for (const auto& [name, value] : variables) settings_.push_back(name + "=" + value);
    for (auto& text : command_) argv_.push_back(text.data());
    for (auto& text : settings_) envp_.push_back(text.data());
    argv_.push_back(nullptr);
    envp_.push_back(nullptr);
  }

  [[noreturn]] void execute() {
    ::execve(argv_[0], argv_.data(), envp_.data());
    ::_exit(127);
  }

 private:
  Arguments command_, settings_;
  std::vector<char*> argv_, envp_;
};

int exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Process::Process(const Arguments& command, const Variables& variables, const std::filesystem::path& log)
    : output_(log.string() + ".out"), errors_(log.string() + ".err") {
  Launch launch(command, variables);
  const int in = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int out = ::open(output_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const int err = ::open(errors_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (in < 0 || out < 0 || err < 0) fail("log of a process");
  id_ = ::fork();
  if (id_ < 0) fail("fork");
  if (id_ == 0) {
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    launch.execute();
  }
  for (const int file : {in, out, err}) ::close(file);
}

Process::~Process() {
  if (!running()) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

bool Process::running() {
  if (code_ >= 0) return false;
  int status = 0;
  if (::waitpid(id_, &status, WNOHANG) != id_) return true;
  code_ = exit_code(status);
  return false;
}

void Process::signal(int number) const {
  if (code_ < 0) ::kill(id_, number);
}

std::string Process::what_it_said() const {
  return content(output_) + content(errors_);
}

Ended Process::wait(std::chrono::milliseconds limit) {
  const auto until = Clock::now() + limit;
  while (running()) {
    if (Clock::now() > until) throw std::runtime_error("a process does not end; it said: " + what_it_said());
    std::this_thread::sleep_for(2ms);
  }
  return {code_, content(output_), content(errors_)};
}

std::string Process::first_line(std::chrono::milliseconds limit) {
  const auto until = Clock::now() + limit;
  while (true) {
    const bool alive = running();
    const auto output = content(output_);
    if (const auto end = output.find('\n'); end != std::string::npos) return output.substr(0, end);
    if (!alive || Clock::now() > until) throw std::runtime_error("no line of a process; it said: " + what_it_said());
    std::this_thread::sleep_for(5ms);
  }
}

Ended run(const Arguments& command, const Variables& variables, const std::filesystem::path& log) {
  return Process(command, variables, log).wait();
}

Typist::Typist(const Arguments& command, const Variables& variables) {
  Launch launch(command, variables);
  const winsize size{50, 120, 0, 0};
  id_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
  if (id_ < 0) fail("forkpty");
  if (id_ == 0) launch.execute();
}

Typist::~Typist() {
  kill();
  ::close(terminal_);
}

bool Typist::read_more(std::chrono::milliseconds limit) {
  pollfd wanted{terminal_, POLLIN, 0};
  if (::poll(&wanted, 1, static_cast<int>(limit.count())) <= 0) return true;
  std::array<char, 4096> part{};
  const auto got = ::read(terminal_, part.data(), part.size());
  if (got > 0) screen_.append(part.data(), static_cast<std::size_t>(got));
  // A terminal whose last program has gone reads as an error.
  return got > 0;
}

std::string Typist::await(const std::string& text, std::chrono::milliseconds limit) {
  const auto until = Clock::now() + limit;
  while (true) {
    if (const auto found = screen_.find(text, seen_); found != std::string::npos) {
      const auto begin = std::exchange(seen_, found + text.size());
      return screen_.substr(begin, seen_ - begin);
    }
    if (!read_more(20ms) || Clock::now() > until)
      throw std::runtime_error("“" + text + "” did not appear after: " + screen_.substr(seen_));
  }
}

void Typist::type(const std::string& text) {
  for (std::string_view rest = text; !rest.empty();) {
    const auto written = ::write(terminal_, rest.data(), rest.size());
    if (written < 0) fail("typing");
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string Typist::enter(const std::string& line) {
  type(line + "\n");
  return await("> ");
}

void Typist::kill() {
  if (id_ < 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(std::exchange(id_, -1), nullptr, 0);
}

int Typist::wait(std::chrono::milliseconds limit) {
  const auto until = Clock::now() + limit;
  while (Clock::now() < until) {
    read_more(20ms);
    int status = 0;
    if (::waitpid(id_, &status, WNOHANG) != id_) continue;
    id_ = -1;
    return exit_code(status);
  }
  throw std::runtime_error("a program on a terminal does not end; it showed: " + screen_);
}

}  // namespace anketa::scenario
