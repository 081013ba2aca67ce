#include "shared/record/json.hpp"

#include <charconv>

#include "shared/problem/problem.hpp"
#include "shared/record/json_scanner.hpp"

namespace anketa {
namespace {

// Messages of a thousand questionnaires are parsed on every sync, so the tree is built straight from the scanner; the
// library's parser, three times slower on such text, takes what is rare: escapes and numbers that are not integers.

std::string text_of(std::string_view quoted) {
  if (quoted.find('\\') == std::string_view::npos) return std::string(quoted.substr(1, quoted.size() - 2));
  return Json::parse(quoted).get<std::string>();
}

Json number_of(std::string_view digits) {
  const char* const end = digits.data() + digits.size();
  if (digits.front() == '-') {
    std::int64_t value = 0;
    const auto [after, error] = std::from_chars(digits.data(), end, value);
    if (error == std::errc() && after == end && value != 0) return value;
  } else {
    std::uint64_t value = 0;
    const auto [after, error] = std::from_chars(digits.data(), end, value);
    if (error == std::errc() && after == end) return value;
  }
  return Json::parse(digits);
}

/// Recursion is bounded: the scanner refuses to go deeper than its limit.
Json build(JsonScanner& scanner) {
  switch (scanner.peek()) {
    case '{': {
      Json::object_t members;
      std::string_view key;
      scanner.begin_object();
      while (scanner.next_quoted_member(key)) members.insert_or_assign(members.end(), text_of(key), build(scanner));
      return members;
    }
    case '[': {
      Json::array_t elements;
      scanner.begin_array();
      while (scanner.next_element()) elements.push_back(build(scanner));
      return elements;
    }
    case '"':
      return text_of(scanner.value());
    case 't':
    case 'f':
      return scanner.boolean();
    case 'n':
      scanner.value();
      return nullptr;
    default:
      return number_of(scanner.value());
  }
}

}  // namespace

Json parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(limits.max_bytes)}});
  JsonScanner scanner(text, limits.max_depth);
  try {
    auto json = build(scanner);
    scanner.finish();
    return json;
  } catch (const Json::parse_error&) {
    throw ProblemError(ProblemCode::MalformedJson, {{"byte", std::to_string(scanner.position() - text.data() + 1)}});
  } catch (const Json::out_of_range&) {
    throw ProblemError(ProblemCode::MalformedJson, {{"byte", std::to_string(scanner.position() - text.data() + 1)}});
  }
}

std::string string_or_empty(const Json& object, std::string_view key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace anketa
