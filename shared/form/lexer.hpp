// Tokens of the expression language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::form {

struct Token {
  enum class Kind { Number, Text, Name, Variable, Symbol, End };
  Kind kind = Kind::End;
  /// Of a text without its quotes, of a variable the name in ${}.
  std::string text;
  /// Byte where the token begins.
  std::size_t position = 0;

  bool is(std::string_view symbol) const { return kind == Kind::Symbol && text == symbol; }
  bool is_name(std::string_view name) const { return kind == Kind::Name && text == name; }
};

/// The tokens, the last being End. Throws ExpressionError on a character that begins none and on open quotes.
std::vector<Token> tokenise(std::string_view text);

}  // namespace anketa::form
