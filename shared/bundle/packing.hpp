// How a payload is made small on its way into a file: a zstd frame (RFC 8878). Private to shared/bundle, with two
// implementations as crypto.hpp has.
#pragma once

#include <string>
#include <string_view>

namespace anketa::bundle {

std::string pack(std::string_view payload);
/// Throws ProblemError: TooLarge past `max_bytes`, BadRequest for what is no frame.
std::string unpack(std::string_view frame, std::size_t max_bytes);

}  // namespace anketa::bundle
