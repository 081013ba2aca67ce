// secret-tool as a child process, its input and output through pipes.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <vector>

#include "client-core/keyring/keyring.hpp"
#include "shared/problem/problem.hpp"

extern char** environ;

namespace anketa::client {
namespace {

[[noreturn]] void unavailable() {
  throw ProblemError(ProblemCode::KeyringUnavailable);
}

/// Two ends of a pipe, closed when they go out of scope.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) unavailable();
  }
  ~Pipe() {
    close(0);
    close(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int read_end() const { return ends_[0]; }
  int write_end() const { return ends_[1]; }
  void close(std::size_t end) {
    if (ends_[end] >= 0) ::close(ends_[end]);
    ends_[end] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

struct Finished {
  int status = 0;
  std::string output;
};

void write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // the program has gone; its status tells
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string read_all(int file) {
  std::string text;
  std::array<char, 512> piece{};
  for (;;) {
    const auto got = ::read(file, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return text;
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
}

Finished run(std::vector<std::string> words, std::string_view input) {
  Pipe in, out;
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.read_end(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out.write_end(), STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) unavailable();
  in.close(0);
  out.close(1);
  // A program that ends without reading must not end us.
  const auto before = std::signal(SIGPIPE, SIG_IGN);
  write_all(in.write_end(), input);
  std::signal(SIGPIPE, before);
  in.close(1);
  Finished finished;
  finished.output = read_all(out.read_end());
  while (::waitpid(child, &finished.status, 0) < 0 && errno == EINTR) {
  }
  return finished;
}

class SecretService final : public Keyring {
 public:
  explicit SecretService(std::string program) : program_(std::move(program)) {}

  std::optional<std::string> find(std::string_view name) override {
    auto finished = run({program_, "lookup", "application", "anketa", "store", std::string(name)}, {});
    while (!finished.output.empty() && finished.output.back() == '\n') finished.output.pop_back();
    if (!finished.output.empty() && finished.status == 0) return finished.output;
    // 1: there is no such secret. Anything else: it could not look.
    if (WIFEXITED(finished.status) && WEXITSTATUS(finished.status) == 1) return std::nullopt;
    unavailable();
  }

  void keep(std::string_view name, std::string_view secret, std::string_view label) override {
    const auto finished =
        run({program_, "store", "--label=" + std::string(label), "application", "anketa", "store", std::string(name)},
            secret);
    if (finished.status != 0) unavailable();
  }

 private:
  std::string program_;
};

}  // namespace

std::unique_ptr<Keyring> secret_service(std::string program) {
  return std::make_unique<SecretService>(std::move(program));
}

}  // namespace anketa::client
