#include "tools/terminal/terminal.hpp"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "tools/terminal/interrupt.hpp"

namespace anketa::cli {
namespace {

std::string_view escape_of(Style style) {
  switch (style) {
    case Style::Bold:
      return "\x1b[1m";
    case Style::Dim:
      return "\x1b[2m";
    case Style::Good:
      return "\x1b[32m";
    case Style::Warning:
      return "\x1b[33m";
    case Style::Bad:
      return "\x1b[31m";
    case Style::Plain:
      break;
  }
  return {};
}

bool wants_colours() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  return !(no_color && *no_color) && !(term && std::string_view(term) == "dumb");
}

/// Turns the terminal's echo off for as long as it lives.
class Silence {
 public:
  Silence() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
  }
  ~Silence() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::string padded(std::string_view text, std::size_t columns, bool right) {
  const auto width = width_of(text);
  const std::string space(columns > width ? columns - width : 0, ' ');
  return right ? space + std::string(text) : std::string(text) + space;
}

/// An empty view may point nowhere, which fwrite does not allow.
void write(std::string_view text, std::FILE* file) {
  if (!text.empty()) std::fwrite(text.data(), 1, text.size(), file);
}

}  // namespace

Terminal::Terminal()
    : output_(isatty(STDOUT_FILENO) != 0),
      error_(isatty(STDERR_FILENO) != 0),
      input_(isatty(STDIN_FILENO) != 0),
      colours_(output_ && wants_colours()) {}

std::size_t Terminal::columns() const {
  winsize size{};
  if (output_ && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20) return size.ws_col;
  return 100;
}

std::string Terminal::styled(std::string_view text, Style style) const {
  if (!colours_ || style == Style::Plain || text.empty()) return std::string(text);
  return std::string(escape_of(style)) + std::string(text) + "\x1b[0m";
}

void Terminal::print(std::string_view text) const {
  write(text, stdout);
  std::fflush(stdout);
}

void Terminal::line(std::string_view text) const {
  write(text, stdout);
  std::fputc('\n', stdout);
}

void Terminal::note(std::string_view text) const {
  std::fflush(stdout);
  write(text, stderr);
  std::fputc('\n', stderr);
}

std::optional<std::string> Terminal::read_line(std::string_view prompt) const {
  print(prompt);
  std::string line;
  char c = 0;
  while (!interrupted()) {
    const auto got = ::read(STDIN_FILENO, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return line.empty() ? std::nullopt : std::optional(line);
    if (c == '\n') {
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    line += c;
  }
  return std::nullopt;
}

std::optional<std::string> Terminal::read_secret(std::string_view prompt) const {
  std::fwrite(prompt.data(), 1, prompt.size(), stderr);
  std::fflush(stderr);
  const Silence silence;
  auto secret = read_line({});
  if (error_) std::fputc('\n', stderr);
  return secret;
}

void Table::print(const Terminal& terminal) const {
  std::vector<std::size_t> widths;
  const auto measure = [&](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (widths.size() <= i) widths.push_back(0);
      widths[i] = std::max(widths[i], width_of(cells[i]));
    }
  };
  measure(header_);
  for (const auto& row : rows_) measure(row);
  std::size_t total = 2 * (widths.empty() ? 0 : widths.size() - 1);
  for (const auto width : widths) total += width;
  while (terminal.output_is_terminal() && total > terminal.columns()) {
    auto& widest = *std::max_element(widths.begin(), widths.end());
    if (widest < 12) break;
    --widest;
    --total;
  }
  const auto show = [&](const std::vector<std::string>& cells, Style style) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const bool right = std::find(right_.begin(), right_.end(), i) != right_.end();
      const bool last = i + 1 == cells.size() && !right;
      const auto cell = cut(cells[i], widths[i]);
      line += (i == 0 ? "" : "  ") + (last ? cell : padded(cell, widths[i], right));
    }
    terminal.line(terminal.styled(line, style));
  };
  show(header_, Style::Dim);
  for (const auto& row : rows_) show(row, Style::Plain);
}

ProgressBar::ProgressBar(std::string label) : label_(std::move(label)), terminal_(isatty(STDERR_FILENO) != 0) {}

ProgressBar::~ProgressBar() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void ProgressBar::show(std::uint64_t done, std::uint64_t of) {
  if (!terminal_) return;
  shown_ = true;
  constexpr std::uint64_t length = 24;
  std::string bar;
  if (of > 0) {
    const auto filled = std::min(length, done * length / of);
    for (std::uint64_t i = 0; i < length; ++i) bar += i < filled ? "█" : "░";
    bar += " " + std::to_string(done) + "/" + std::to_string(of);
  } else {
    bar = std::to_string(done);
  }
  std::fprintf(stderr, "\r\x1b[K%s %s", label_.c_str(), bar.c_str());
  std::fflush(stderr);
}

}  // namespace anketa::cli
