// A zstd frame (RFC 8878) whose blocks hold the text as it is: every decoder reads it, and writing it takes no
// compressor. For a browser, which has none that works at once.
#pragma once

#include <string>
#include <string_view>

namespace anketa::bundle {

std::string stored_frame(std::string_view text);

}  // namespace anketa::bundle
