#include "shared/record/json.hpp"

#include "shared/problem/problem.hpp"

namespace anketa {
namespace {

/// Deepest nesting of brackets outside strings, or limit + 1 as soon as it is passed.
int bracket_depth(std::string_view text, int limit) {
  int depth = 0, deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
      if (deepest > limit) return deepest;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

Json parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes)
    throw ProblemError(ProblemCode::TooLarge, {{"limit", std::to_string(limits.max_bytes)}});
  if (bracket_depth(text, limits.max_depth) > limits.max_depth)
    throw ProblemError(ProblemCode::TooDeep, {{"limit", std::to_string(limits.max_depth)}});
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    throw ProblemError(ProblemCode::MalformedJson, {{"byte", std::to_string(error.byte)}});
  } catch (const Json::exception&) {
    // A number beyond every range has no position.
    throw ProblemError(ProblemCode::MalformedJson, {{"byte", "?"}});
  }
}

std::string string_or_empty(const Json& object, std::string_view key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace anketa
