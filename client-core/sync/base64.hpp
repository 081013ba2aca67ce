// Base64 with padding (RFC 4648, section 4), as headers of the tus protocol carry it.
#pragma once

#include <string>
#include <string_view>

namespace anketa::client {

std::string base64(std::string_view bytes);

}  // namespace anketa::client
