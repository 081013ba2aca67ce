// The canonical form is written for every mutation and every stored body on both sides, so it has a writer of its own:
// plain runs of text are copied whole, where the library's writer decodes every character.
#include <array>
#include <charconv>

#include "shared/problem/problem.hpp"
#include "shared/record/json.hpp"

namespace anketa {
namespace {

[[noreturn]] void not_utf8() {
  throw ProblemError(ProblemCode::MalformedJson, {{"byte", "?"}});
}

bool is_continuation(unsigned char byte) {
  return (byte & 0xc0) == 0x80;
}

/// Length of the UTF-8 sequence at `at`; throws where it is not one (overlong forms and surrogates included).
std::size_t sequence_length(const unsigned char* at, const unsigned char* end) {
  const unsigned char lead = *at;
  const auto left = static_cast<std::size_t>(end - at);
  if (lead >= 0xc2 && lead <= 0xdf) {
    if (left < 2 || !is_continuation(at[1])) not_utf8();
    return 2;
  }
  if (lead >= 0xe0 && lead <= 0xef) {
    if (left < 3 || !is_continuation(at[1]) || !is_continuation(at[2])) not_utf8();
    if ((lead == 0xe0 && at[1] < 0xa0) || (lead == 0xed && at[1] > 0x9f)) not_utf8();
    return 3;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    if (left < 4 || !is_continuation(at[1]) || !is_continuation(at[2]) || !is_continuation(at[3])) not_utf8();
    if ((lead == 0xf0 && at[1] < 0x90) || (lead == 0xf4 && at[1] > 0x8f)) not_utf8();
    return 4;
  }
  not_utf8();
}

void append_escape(std::string& out, unsigned char byte) {
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default: {
      static constexpr char digits[] = "0123456789abcdef";
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
}

void append_text(std::string& out, const std::string& text) {
  out += '"';
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  const auto* run = at;
  while (at != end) {
    const unsigned char byte = *at;
    if (byte >= 0x80) {
      at += sequence_length(at, end);
    } else if (byte < 0x20 || byte == '"' || byte == '\\') {
      out.append(reinterpret_cast<const char*>(run), static_cast<std::size_t>(at - run));
      append_escape(out, byte);
      run = ++at;
    } else {
      ++at;
    }
  }
  out.append(reinterpret_cast<const char*>(run), static_cast<std::size_t>(end - run));
  out += '"';
}

template <typename Integer>
void append_integer(std::string& out, Integer value) {
  std::array<char, 24> digits;
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  (void)error;  // 24 characters hold every 64-bit integer
  out.append(digits.data(), end);
}

void append(std::string& out, const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: {
      char separator = '{';
      for (const auto& [key, value] : json.get_ref<const Json::object_t&>()) {
        out += separator;
        append_text(out, key);
        out += ':';
        append(out, value);
        separator = ',';
      }
      out += separator == '{' ? "{}" : "}";
      return;
    }
    case Json::value_t::array: {
      char separator = '[';
      for (const auto& value : json) {
        out += separator;
        append(out, value);
        separator = ',';
      }
      out += separator == '[' ? "[]" : "]";
      return;
    }
    case Json::value_t::string:
      return append_text(out, json.get_ref<const std::string&>());
    case Json::value_t::number_integer:
      return append_integer(out, json.get<std::int64_t>());
    case Json::value_t::number_unsigned:
      return append_integer(out, json.get<std::uint64_t>());
    case Json::value_t::boolean:
      out += json.get<bool>() ? "true" : "false";
      return;
    default:
      // Null, and floating point, which no record holds but a hostile message may.
      out += json.dump();
  }
}

}  // namespace

std::string canonical(const Json& json) {
  std::string out;
  out.reserve(1024);
  append(out, json);
  return out;
}

}  // namespace anketa
