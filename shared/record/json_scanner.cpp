#include "shared/record/json_scanner.hpp"

#include <array>
#include <charconv>
#include <string>

#include "shared/problem/problem.hpp"

namespace anketa {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Bytes of a string that need no look: printable ASCII but the quotation mark and the backslash.
constexpr std::array<bool, 256> plain = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0x20; c < 0x80; ++c) table[c] = c != '"' && c != '\\';
  return table;
}();

}  // namespace

void JsonScanner::bad() const {
  throw ProblemError(ProblemCode::MalformedJson, {{"byte", std::to_string(at_ - begin_ + 1)}});
}

void JsonScanner::deeper() {
  if (++depth_ > max_depth_) throw ProblemError(ProblemCode::TooDeep, {{"limit", std::to_string(max_depth_)}});
}

void JsonScanner::space() {
  while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\t' || *at_ == '\r')) ++at_;
}

char JsonScanner::peek() {
  space();
  if (at_ == end_) bad();
  return *at_;
}

void JsonScanner::expect(char c) {
  if (peek() != c) bad();
  ++at_;
}

void JsonScanner::begin_object() {
  expect('{');
  deeper();
  first_ = true;
}

bool JsonScanner::at_next_member() {
  if (peek() == '}') {
    ++at_;
    --depth_;
    first_ = false;
    return false;
  }
  if (!first_) expect(',');
  first_ = false;
  if (peek() != '"') bad();
  return true;
}

bool JsonScanner::next_member(std::string_view& key) {
  if (!at_next_member()) return false;
  key = plain_string();
  expect(':');
  return true;
}

bool JsonScanner::next_quoted_member(std::string_view& key) {
  if (!at_next_member()) return false;
  const char* from = at_;
  skip_string();
  key = {from, static_cast<std::size_t>(at_ - from)};
  expect(':');
  return true;
}

void JsonScanner::begin_array() {
  expect('[');
  deeper();
  first_ = true;
}

bool JsonScanner::next_element() {
  if (peek() == ']') {
    ++at_;
    --depth_;
    first_ = false;
    return false;
  }
  if (!first_) {
    expect(',');
    if (peek() == ']') bad();
  }
  first_ = false;
  space();
  return true;
}

std::string_view JsonScanner::value() {
  peek();
  const char* from = at_;
  skip_value();
  return {from, static_cast<std::size_t>(at_ - from)};
}

std::string_view JsonScanner::object() {
  if (peek() != '{') bad();
  return value();
}

std::string_view JsonScanner::plain_string() {
  expect('"');
  const char* from = at_;
  while (at_ != end_ && plain[static_cast<unsigned char>(*at_)]) ++at_;
  if (at_ == end_ || *at_ != '"') bad();
  ++at_;
  return {from, static_cast<std::size_t>(at_ - 1 - from)};
}

std::uint64_t JsonScanner::count() {
  peek();
  std::uint64_t number = 0;
  const auto [after, error] = std::from_chars(at_, end_, number);
  if (error != std::errc() || (after - at_ > 1 && *at_ == '0')) bad();
  if (after != end_ && (*after == '.' || *after == 'e' || *after == 'E')) bad();
  at_ = after;
  return number;
}

bool JsonScanner::boolean() {
  const bool yes = peek() == 't';
  skip_word(yes ? "true" : "false");
  return yes;
}

void JsonScanner::finish() {
  space();
  if (at_ != end_) bad();
}

void JsonScanner::skip_value() {
  switch (peek()) {
    case '{':
      return skip_members('}');
    case '[':
      return skip_members(']');
    case '"':
      return skip_string();
    case 't':
      return skip_word("true");
    case 'f':
      return skip_word("false");
    case 'n':
      return skip_word("null");
    default:
      return skip_number();
  }
}

void JsonScanner::skip_members(char close) {
  ++at_;
  deeper();
  if (peek() == close) {
    ++at_;
    --depth_;
    return;
  }
  for (;;) {
    if (close == '}') {
      if (peek() != '"') bad();
      skip_string();
      expect(':');
    }
    skip_value();
    const char c = peek();
    ++at_;
    if (c == close) break;
    if (c != ',') bad();
  }
  --depth_;
}

void JsonScanner::skip_string() {
  ++at_;
  for (;;) {
    while (at_ != end_ && plain[static_cast<unsigned char>(*at_)]) ++at_;
    if (at_ == end_) bad();
    const auto c = static_cast<unsigned char>(*at_);
    if (c == '"') break;
    if (c == '\\')
      skip_escape();
    else if (c >= 0x80)
      skip_utf8();
    else
      bad();
  }
  ++at_;
}

void JsonScanner::skip_escape() {
  if (end_ - at_ < 2) bad();
  const char kind = at_[1];
  at_ += 2;
  if (std::string_view("\"\\/bfnrt").find(kind) != std::string_view::npos) return;
  if (kind != 'u' || end_ - at_ < 4) bad();
  std::uint32_t unit = 0;
  const auto [after, error] = std::from_chars(at_, at_ + 4, unit, 16);
  if (error != std::errc() || after != at_ + 4) bad();
  at_ = after;
  if (unit < 0xD800 || unit > 0xDFFF) return;
  // A surrogate must be a high one with its low one behind it.
  if (unit > 0xDBFF || end_ - at_ < 6 || at_[0] != '\\' || at_[1] != 'u') bad();
  const auto [low_after, low_error] = std::from_chars(at_ + 2, at_ + 6, unit, 16);
  if (low_error != std::errc() || low_after != at_ + 6 || unit < 0xDC00 || unit > 0xDFFF) bad();
  at_ = low_after;
}

void JsonScanner::skip_utf8() {
  const auto byte = [this](std::ptrdiff_t i) { return static_cast<unsigned char>(at_[i]); };
  const auto first = byte(0);
  const std::ptrdiff_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
  if (first < 0xC2 || first > 0xF4 || end_ - at_ <= more) bad();
  for (std::ptrdiff_t i = 1; i <= more; ++i)
    if ((byte(i) & 0xC0) != 0x80) bad();
  // Overlong forms, surrogates, beyond U+10FFFF.
  if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) || (first == 0xF0 && byte(1) < 0x90) ||
      (first == 0xF4 && byte(1) > 0x8F))
    bad();
  at_ += more + 1;
}

void JsonScanner::skip_number() {
  if (at_ != end_ && *at_ == '-') ++at_;
  const char* from = at_;
  skip_digits();
  if (*from == '0' && at_ - from > 1) bad();
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    skip_digits();
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    skip_digits();
  }
}

void JsonScanner::skip_digits() {
  if (at_ == end_ || !is_digit(*at_)) bad();
  while (at_ != end_ && is_digit(*at_)) ++at_;
}

void JsonScanner::skip_word(std::string_view word) {
  peek();
  if (static_cast<std::size_t>(end_ - at_) < word.size() || std::string_view(at_, word.size()) != word) bad();
  at_ += word.size();
}

}  // namespace anketa
