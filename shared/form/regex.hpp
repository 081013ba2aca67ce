// Regular expressions for regex(), matched in linear time.
//
// Syntax: literals, ., [sets] with ranges and negation, \d \w \s \D \W \S and escapes, ( ) and (?: ), |, * + ? {m,n}
// and their lazy forms (the same here: only whether the whole text matches is asked), ^ and $. Characters are Unicode
// code points. Back references and look-around are refused: they would cost exponential time.
// Model: compiled to a Thompson automaton and run state set by state set, so that time is text × states, both bounded.
// Thread safety: immutable once compiled.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace anketa::form {

class Regex {
 public:
  /// Null for a pattern that is broken, too large or uses what is not supported.
  static std::shared_ptr<const Regex> compile(std::string_view pattern);

  /// Whether the whole text matches. A text longer than max_regex_subject characters never does.
  bool matches(std::string_view text) const;

 private:
  friend class RegexCompiler;

  struct Set {
    bool negated = false;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    bool contains(std::uint32_t c) const;
  };
  enum class Kind : std::uint8_t { Character, Any, InSet, Split, Jump, Begin, End, Match };
  struct State {
    Kind kind = Kind::Match;
    std::uint32_t character = 0;
    std::uint32_t set = 0;
    std::uint32_t first = 0, second = 0;
  };

  void add(std::vector<std::uint32_t>& states, std::vector<std::uint32_t>& seen, std::uint32_t generation,
           std::uint32_t from, bool at_begin, bool at_end) const;

  std::vector<State> states_;
  std::vector<Set> sets_;
  std::uint32_t start_ = 0;
};

}  // namespace anketa::form
