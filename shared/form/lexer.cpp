#include "shared/form/lexer.hpp"

#include "shared/form/expression.hpp"
#include "shared/form/limits.hpp"

namespace anketa::form {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool begins_name(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) {
  return begins_name(c) || is_digit(c) || c == '-' || c == '.';
}
bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    for (skip_white(); at_ < text_.size(); skip_white()) tokens.push_back(next());
    tokens.push_back({Token::Kind::End, "", text_.size()});
    return tokens;
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  void skip_white() {
    while (at_ < text_.size()) {
      if (text_.substr(at_, 2) == "\xC2\xA0") {
        at_ += 2;  // spreadsheets love no-break spaces
      } else if (is_white(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  Token next() {
    const char c = peek();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (c == '\'' || c == '"') return quoted(c);
    if (c == '$') return variable();
    if (begins_name(c)) return name();
    return symbol();
  }

  Token number() {
    const auto begin = at_;
    while (is_digit(peek())) ++at_;
    if (peek() == '.' && peek(1) != '.') {
      ++at_;
      while (is_digit(peek())) ++at_;
    }
    return {Token::Kind::Number, std::string(text_.substr(begin, at_ - begin)), begin};
  }

  Token quoted(char quote) {
    const auto begin = at_;
    const auto end = text_.find(quote, begin + 1);
    if (end == std::string_view::npos) throw ExpressionError("open_quote", begin);
    at_ = end + 1;
    return {Token::Kind::Text, std::string(text_.substr(begin + 1, end - begin - 1)), begin};
  }

  Token variable() {
    const auto begin = at_;
    const auto end = text_.find('}', begin);
    if (peek(1) != '{' || end == std::string_view::npos) throw ExpressionError("bad_variable", begin);
    auto inside = text_.substr(begin + 2, end - begin - 2);
    while (!inside.empty() && is_white(inside.front())) inside.remove_prefix(1);
    while (!inside.empty() && is_white(inside.back())) inside.remove_suffix(1);
    bool good = !inside.empty() && begins_name(inside.front());
    for (const char c : inside) good = good && continues_name(c);
    if (!good) throw ExpressionError("bad_variable", begin);
    at_ = end + 1;
    return {Token::Kind::Variable, std::string(inside), begin};
  }

  Token name() {
    const auto begin = at_;
    while (continues_name(peek()) || (peek() == ':' && begins_name(peek(1)))) ++at_;
    return {Token::Kind::Name, std::string(text_.substr(begin, at_ - begin)), begin};
  }

  Token symbol() {
    for (const std::string_view symbol :
         {"..", "!=", "<=", ">=", "(", ")", "[", "]", ",", "/", ".", "|", "*", "+", "-", "=", "<", ">"}) {
      if (text_.substr(at_, symbol.size()) != symbol) continue;
      at_ += symbol.size();
      return {Token::Kind::Symbol, std::string(symbol), at_ - symbol.size()};
    }
    throw ExpressionError("bad_character", at_, {{"character", std::string(text_.substr(at_, 1))}});
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<Token> tokenise(std::string_view text) {
  if (text.size() > max_expression_bytes)
    throw ExpressionError("expression_too_long", 0, {{"most", std::to_string(max_expression_bytes)}});
  return Lexer(text).run();
}

}  // namespace anketa::form
