// JSON as the project uses it: bounded parsing and the canonical form.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace anketa {

using Json = nlohmann::json;

/// How deep and how large a JSON text may be. The defaults fit a record; messages give their own.
struct JsonLimits {
  std::size_t max_bytes = std::size_t{1} << 20;
  int max_depth = 32;
};

/// Parses a whole text. Throws ProblemError: TooLarge, TooDeep, or MalformedJson with the byte position.
/// Depth is checked while parsing, so a hostile text never builds a deep tree.
Json parse_json(std::string_view text, const JsonLimits& limits = {});

/// The canonical form: sorted keys, no white space, UTF-8. Both sides hash this.
/// Text that is not valid UTF-8 throws ProblemError(MalformedJson).
std::string canonical(const Json& json);

/// A string member, or the empty string where it is absent or of another type.
std::string string_or_empty(const Json& object, std::string_view key);

}  // namespace anketa
