// UTF-8 text as code points, for functions that count characters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace anketa::form {

/// The code points; bytes that are not UTF-8 count one each.
std::vector<std::uint32_t> code_points(std::string_view text);
std::string utf8(const std::vector<std::uint32_t>& points, std::size_t begin, std::size_t end);
void append_utf8(std::string& text, std::uint32_t point);
/// Whether the text is valid UTF-8 without overlong forms and surrogates: what a JSON record can hold.
bool is_utf8(std::string_view text);

}  // namespace anketa::form
