// A strict JSON reader that walks over a text and gives pieces of it, without building anything.
// Checks everything RFC 8259 asks, UTF-8 included. Throws ProblemError: MalformedJson with the byte position, TooDeep.
#pragma once

#include <cstdint>
#include <string_view>

namespace anketa {

class JsonScanner {
 public:
  JsonScanner(std::string_view text, int max_depth)
      : begin_(text.data()), at_(text.data()), end_(text.data() + text.size()), max_depth_(max_depth) {}

  /// Reads "{"; then `while (next_member(key))` reads each key, and the caller its value.
  void begin_object();
  bool next_member(std::string_view& key);
  void begin_array();
  bool next_element();
  /// As next_member, but gives the key as it is written, with its quotation marks and escapes.
  bool next_quoted_member(std::string_view& key);
  /// First character of the next value.
  char peek();

  /// The text of the next value, whatever it is.
  std::string_view value();
  /// The text of the next value, which must be an object.
  std::string_view object();
  /// A string without escapes; ids, names and the like have none.
  std::string_view plain_string();
  std::uint64_t count();
  bool boolean();
  /// Where the scanner stands.
  const char* position() const noexcept { return at_; }
  /// Throws where anything but white space is left.
  void finish();

 private:
  [[noreturn]] void bad() const;
  bool at_next_member();
  void deeper();
  void space();
  void expect(char c);
  void skip_value();
  void skip_members(char close);
  void skip_string();
  void skip_escape();
  void skip_utf8();
  void skip_number();
  void skip_digits();
  void skip_word(std::string_view word);

  const char* begin_;
  const char* at_;
  const char* end_;
  int max_depth_;
  int depth_ = 0;
  /// The next member or element is the first of its container.
  bool first_ = false;
};

}  // namespace anketa
