#include "sync-server/reports/text_match.hpp"

#include <cstdint>

namespace anketa::server::reports {
namespace {

/// The lower-case letter of a two-byte Cyrillic one, as a code point; others as they are.
std::uint32_t fold_cyrillic(std::uint32_t letter) {
  if (letter == 0x401 || letter == 0x451) return 0x435;  // Ё, ё → е
  if (letter >= 0x410 && letter <= 0x42F) return letter + 0x20;
  return letter;
}

}  // namespace

std::string fold(std::string_view utf8) {
  std::string folded;
  folded.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    const bool two_bytes = (byte == 0xD0 || byte == 0xD1) && i + 1 < utf8.size();
    if (!two_bytes) {
      folded += byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 0x20) : utf8[i];
      continue;
    }
    const auto letter = fold_cyrillic((byte & 0x1Fu) << 6 | (static_cast<unsigned char>(utf8[++i]) & 0x3Fu));
    folded += static_cast<char>(0xC0u | letter >> 6);
    folded += static_cast<char>(0x80u | (letter & 0x3Fu));
  }
  return folded;
}

bool contains_folded(std::string_view text, std::string_view folded) {
  return folded.empty() || fold(text).find(folded) != std::string::npos;
}

}  // namespace anketa::server::reports
