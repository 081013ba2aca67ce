// The terminal: what it can do, how wide text is on it, tables, a progress bar, questions to the user.
//
// Colours and bars appear on a terminal only; NO_COLOR and TERM=dumb are honoured. Not thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::cli {

/// Columns a UTF-8 text takes on a terminal; combining marks take none, wide characters two.
std::size_t width_of(std::string_view text);
/// The text cut to so many columns, with an ellipsis where something is left out.
std::string cut(std::string_view text, std::size_t columns);
/// Broken into lines of at most so many columns, at spaces; line ends in the text stay.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);
/// Characters that would steer a terminal are shown as "·": names and answers come from other people.
std::string harmless(std::string_view text);

enum class Style { Plain, Bold, Dim, Good, Warning, Bad };

class Terminal {
 public:
  Terminal();

  bool output_is_terminal() const { return output_; }
  bool input_is_terminal() const { return input_; }
  /// Columns of the terminal; 100 where output is none.
  std::size_t columns() const;
  std::string styled(std::string_view text, Style style) const;

  void print(std::string_view text) const;
  /// With a line end.
  void line(std::string_view text = {}) const;
  /// To standard error, where it does not mix with what a program reads.
  void note(std::string_view text) const;

  /// One line from standard input; nullopt at its end or after Ctrl-C.
  std::optional<std::string> read_line(std::string_view prompt) const;
  /// As read_line, but what is typed is not shown.
  std::optional<std::string> read_secret(std::string_view prompt) const;

 private:
  bool output_, error_, input_, colours_;
};

/// Rows of cells in aligned columns. Where the terminal is too narrow, the widest column is cut.
class Table {
 public:
  explicit Table(std::vector<std::string> header) : header_(std::move(header)) {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Numbers stand to the right.
  void align_right(std::size_t column) { right_.push_back(column); }
  void print(const Terminal& terminal) const;

 private:
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::size_t> right_;
};

/// A bar on standard error; nothing where that is no terminal.
class ProgressBar {
 public:
  explicit ProgressBar(std::string label);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// `of` 0: not known.
  void show(std::uint64_t done, std::uint64_t of);

 private:
  std::string label_;
  bool terminal_;
  bool shown_ = false;
};

}  // namespace anketa::cli
