// Base64 with padding (RFC 4648, section 4): in headers of the tus protocol, and for bytes in JSON.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anketa::client {

std::string base64(std::string_view bytes);
/// nullopt where the text is none.
std::optional<std::string> bytes_of_base64(std::string_view text);

}  // namespace anketa::client
