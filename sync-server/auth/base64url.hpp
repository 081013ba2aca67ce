// Base64 for URLs without padding (RFC 4648, section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anketa::server {

std::string base64url(std::string_view bytes);
/// nullopt for anything base64url() cannot have written.
std::optional<std::string> parse_base64url(std::string_view text);

}  // namespace anketa::server
