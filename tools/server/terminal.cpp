#include "tools/server/terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "shared/problem/problem.hpp"

namespace anketa::server::program {
namespace {

/// Switches the terminal's echo off while it lives.
class Silence {
 public:
  Silence() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~Silence() {
    if (changed_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::string ask(const std::string& prompt) {
  std::cerr << prompt << std::flush;
  std::string line;
  {
    const Silence silence;
    std::getline(std::cin, line);
  }
  std::cerr << "\n";
  return line;
}

}  // namespace

std::string take_password(const std::string& file, text::Language language) {
  std::string password;
  if (!file.empty()) {
    std::ifstream in(file);
    if (!std::getline(in, password)) throw ProblemError(ProblemCode::FileUnreadable, {{"path", file}});
    return password;
  }
  if (::isatty(STDIN_FILENO) == 0) {
    std::getline(std::cin, password);
    return password;
  }
  password = ask(text::get(language, "server.ask.password"));
  if (ask(text::get(language, "server.ask.password_again")) != password) {
    std::cerr << text::get(language, "server.ask.passwords_differ") << "\n";
    throw ProblemError(ProblemCode::UsageInvalid);
  }
  return password;
}

std::function<void(std::size_t, std::size_t)> progress_line(text::Language language) {
  if (::isatty(STDERR_FILENO) == 0) return [](std::size_t, std::size_t) {};
  return [language](std::size_t done, std::size_t all) {
    std::cerr << "\r"
              << text::get(language, "server.progress", {{"done", std::to_string(done)}, {"all", std::to_string(all)}});
    if (done == all) std::cerr << "\n";
    std::cerr << std::flush;
  };
}

}  // namespace anketa::server::program
