// Searching in texts of Russian and English without regard to case, with ё as е.
#pragma once

#include <string>
#include <string_view>

namespace anketa::server::reports {

/// Lower case for the letters of both alphabets; everything else as it is.
std::string fold(std::string_view utf8);

/// Whether a text holds a search text that is folded already.
bool contains_folded(std::string_view text, std::string_view folded);

}  // namespace anketa::server::reports
