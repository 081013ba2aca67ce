// Functions over text. Positions and lengths count Unicode characters.
#include <algorithm>
#include <array>

#include "shared/form/evaluator.hpp"
#include "shared/form/functions.hpp"
#include "shared/form/limits.hpp"
#include "shared/form/regex.hpp"
#include "shared/form/utf8.hpp"

namespace anketa::form {
namespace {

/// The first argument, or what `.` holds.
std::string text_or_current(Call& call) {
  if (call.size() > 0) return call.text(0);
  return to_text(call.evaluator().value_of(call.context().node, &call.context()));
}

Value concat(Call& call) {
  std::string joined;
  for (const auto& text : call.texts_from(0)) joined += text;
  return joined;
}

Value join(Call& call) {
  const auto separator = call.text(0);
  std::string joined;
  bool first = true;
  for (const auto& text : call.texts_from(1)) {
    if (!first) joined += separator;
    first = false;
    joined += text;
    if (joined.size() > max_text_bytes) call.fail("text_too_long");
  }
  return joined;
}

/// An index of substr(): negative ones count from the end.
std::size_t text_index(double index, std::size_t length) {
  if (!(index == index)) return 0;
  const auto size = static_cast<double>(length);
  if (index < 0) index += size;
  return static_cast<std::size_t>(std::clamp(index, 0.0, size));
}

Value substr(Call& call) {
  const auto points = code_points(call.text(0));
  const auto begin = text_index(call.number(1), points.size());
  const auto end = call.size() > 2 ? text_index(call.number(2), points.size()) : points.size();
  return utf8(points, begin, end);
}

Value substring_before(Call& call) {
  const auto text = call.text(0);
  const auto at = text.find(call.text(1));
  return at == std::string::npos ? std::string() : text.substr(0, at);
}

Value substring_after(Call& call) {
  const auto text = call.text(0);
  const auto mark = call.text(1);
  const auto at = text.find(mark);
  return at == std::string::npos ? std::string() : text.substr(at + mark.size());
}

Value translate(Call& call) {
  const auto from = code_points(call.text(1));
  const auto to = code_points(call.text(2));
  std::string out;
  for (const auto point : code_points(call.text(0))) {
    const auto at = static_cast<std::size_t>(std::find(from.begin(), from.end(), point) - from.begin());
    if (at == from.size()) {
      append_utf8(out, point);
    } else if (at < to.size()) {
      append_utf8(out, to[at]);
    }
  }
  return out;
}

Value contains(Call& call) {
  return call.text(0).find(call.text(1)) != std::string::npos;
}

Value starts_with(Call& call) {
  const auto text = call.text(0);
  const auto mark = call.text(1);
  return text.compare(0, mark.size(), mark) == 0;
}

Value ends_with(Call& call) {
  const auto text = call.text(0);
  const auto mark = call.text(1);
  return text.size() >= mark.size() && text.compare(text.size() - mark.size(), mark.size(), mark) == 0;
}

Value string_length(Call& call) {
  return static_cast<double>(code_points(text_or_current(call)).size());
}

Value normalize_space(Call& call) {
  std::string out;
  bool gap = false;
  for (const char c : text_or_current(call)) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      gap = !out.empty();
    } else {
      if (gap) out += ' ';
      gap = false;
      out += c;
    }
  }
  return out;
}

Value regex(Call& call) {
  const auto text = call.text(0);
  if (call.node().regex) return call.node().regex->matches(text);
  const auto pattern = call.text(1);
  const auto compiled = Regex::compile(pattern);
  if (!compiled) call.fail("bad_regex", {{"pattern", pattern}});
  return compiled->matches(text);
}

Value string(Call& call) {
  return call.text(0);
}

Value boolean_from_string(Call& call) {
  const auto text = call.text(0);
  return text == "true" || text == "1";
}

constexpr std::array<FunctionInfo, 14> functions{{
    {"concat", 0, -1, FunctionTrait::None, concat},
    {"join", 1, -1, FunctionTrait::None, join},
    {"substr", 2, 3, FunctionTrait::None, substr},
    {"substring-before", 2, 2, FunctionTrait::None, substring_before},
    {"substring-after", 2, 2, FunctionTrait::None, substring_after},
    {"translate", 3, 3, FunctionTrait::None, translate},
    {"contains", 2, 2, FunctionTrait::None, contains},
    {"starts-with", 2, 2, FunctionTrait::None, starts_with},
    {"ends-with", 2, 2, FunctionTrait::None, ends_with},
    {"string-length", 0, 1, FunctionTrait::CurrentText, string_length},
    {"normalize-space", 0, 1, FunctionTrait::CurrentText, normalize_space},
    {"regex", 2, 2, FunctionTrait::Regex, regex},
    {"string", 1, 1, FunctionTrait::None, string},
    {"boolean-from-string", 1, 1, FunctionTrait::None, boolean_from_string},
}};

}  // namespace

std::span<const FunctionInfo> text_functions() {
  return functions;
}

}  // namespace anketa::form
