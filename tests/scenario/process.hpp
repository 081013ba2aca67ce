// Programs under test as what they are: separate processes with pipes, files, a terminal and signals.
//
// Model: a Process is one child of the test. Its output goes to files, so that no pipe can fill up; on a Typist's
// terminal it goes to a pseudo-terminal instead. A child that outlives its Process is killed, by its own id.
// Not thread-safe.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace anketa::scenario {

using namespace std::chrono_literals;

/// Longer than anything takes on a busy machine; a test that waits this long has failed.
inline constexpr auto patience = std::chrono::seconds(120);

using Arguments = std::vector<std::string>;
using Variables = std::map<std::string, std::string>;

/// How a program ended and what it said.
struct Ended {
  /// Exit code, or 128 + number of the signal that ended it.
  int code = 0;
  std::string output;
  std::string errors;
};

class Process {
 public:
  /// Standard output and errors go to "<log>.out" and "<log>.err". Throws std::system_error.
  Process(const Arguments& command, const Variables& variables, const std::filesystem::path& log);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t id() const { return id_; }
  bool running();
  void signal(int number) const;
  /// Throws std::runtime_error where it does not end in time.
  Ended wait(std::chrono::milliseconds limit = patience);
  /// First line of its output; throws std::runtime_error where it ends or says nothing in time.
  std::string first_line(std::chrono::milliseconds limit = patience);

 private:
  std::string what_it_said() const;

  pid_t id_ = -1;
  std::filesystem::path output_, errors_;
  int code_ = -1;
};

/// Runs a program to its end.
Ended run(const Arguments& command, const Variables& variables, const std::filesystem::path& log);

/// A program on a pseudo-terminal, and somebody who types.
class Typist {
 public:
  Typist(const Arguments& command, const Variables& variables);
  ~Typist();
  Typist(const Typist&) = delete;
  Typist& operator=(const Typist&) = delete;

  /// Waits until the text appears after all that was awaited before, and gives what came up to its end.
  std::string await(const std::string& text, std::chrono::milliseconds limit = patience);
  /// Without a line end.
  void type(const std::string& text);
  /// A line, then waits for the next prompt; gives everything up to it.
  std::string enter(const std::string& line);
  /// SIGKILL: no handler of the program runs.
  void kill();
  /// Reads on until the program ends; gives its exit code.
  int wait(std::chrono::milliseconds limit = patience);
  const std::string& screen() const { return screen_; }

 private:
  bool read_more(std::chrono::milliseconds limit);

  pid_t id_ = -1;
  int terminal_ = -1;
  std::string screen_;
  std::size_t seen_ = 0;
};

}  // namespace anketa::scenario
