#include "shared/form/utf8.hpp"

namespace anketa::form {
namespace {

/// Reads one code point at `at` and moves on; false, moving one byte, where the bytes are not UTF-8.
bool next_point(std::string_view text, std::size_t& at, std::uint32_t& point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::uint32_t lead = byte(at);
  point = lead;
  if (lead < 0x80) {
    ++at;
    return true;
  }
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  std::uint32_t value = lead & (0xFFu >> (length + 1));
  bool good = lead >= 0xC2 && lead <= 0xF4 && at + length <= text.size();
  for (std::size_t i = 1; good && i < length; ++i) {
    good = (byte(at + i) & 0xC0) == 0x80;
    if (good) value = (value << 6) | (byte(at + i) & 0x3F);
  }
  good = good && value >= least[length] && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
  if (good) point = value;
  at += good ? length : 1;
  return good;
}

}  // namespace

std::vector<std::uint32_t> code_points(std::string_view text) {
  std::vector<std::uint32_t> points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t point = 0;
    next_point(text, at, point);
    points.push_back(point);
  }
  return points;
}

void append_utf8(std::string& text, std::uint32_t point) {
  const auto put = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

std::string utf8(const std::vector<std::uint32_t>& points, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end && i < points.size(); ++i) append_utf8(text, points[i]);
  return text;
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t point = 0;
    if (!next_point(text, at, point)) return false;
  }
  return true;
}

}  // namespace anketa::form
