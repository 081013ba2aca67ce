// Text on a terminal: its width, cutting and wrapping it, taking the sting out of it.
#include <algorithm>
#include <array>

#include "tools/terminal/terminal.hpp"

namespace anketa::cli {
namespace {

struct Symbol {
  char32_t point = 0;
  std::size_t bytes = 1;
};

/// The code point at a place; bytes that are no UTF-8 count as one column each.
Symbol symbol_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto lead = byte(at);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (at + length > text.size()) return {lead, 1};
  char32_t point = length == 1 ? lead : lead & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) point = point << 6 | (byte(at + i) & 0x3F);
  return {point, length};
}

struct Range {
  char32_t first, last;
};

bool in_ranges(char32_t point, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range r) { return point >= r.first && point <= r.last; });
}

std::size_t columns_of(char32_t point) {
  // Combining marks, joiners, variation selectors.
  static constexpr std::array<Range, 6> none{
      {{0x300, 0x36F}, {0x483, 0x489}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}}};
  // East Asian wide forms and emoji.
  static constexpr std::array<Range, 8> wide{{{0x1100, 0x115F},
                                              {0x2E80, 0xA4CF},
                                              {0xAC00, 0xD7A3},
                                              {0xF900, 0xFAFF},
                                              {0xFE30, 0xFE6F},
                                              {0xFF00, 0xFF60},
                                              {0x1F300, 0x1FAFF},
                                              {0x20000, 0x3FFFD}}};
  if (in_ranges(point, none)) return 0;
  return in_ranges(point, wide) ? 2 : 1;
}

}  // namespace

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto symbol = symbol_at(text, at);
    width += columns_of(symbol.point);
    at += symbol.bytes;
  }
  return width;
}

std::string cut(std::string_view text, std::size_t columns) {
  if (width_of(text) <= columns) return std::string(text);
  std::size_t width = 0, at = 0;
  while (at < text.size()) {
    const auto symbol = symbol_at(text, at);
    if (width + columns_of(symbol.point) + 1 > columns) break;
    width += columns_of(symbol.point);
    at += symbol.bytes;
  }
  return std::string(text.substr(0, at)) + "…";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (true) {
    const auto end = text.find('\n');
    auto paragraph = text.substr(0, end);
    std::string line;
    while (!paragraph.empty()) {
      const auto space = paragraph.find(' ');
      const auto word = paragraph.substr(0, space);
      if (!line.empty() && width_of(line) + 1 + width_of(word) > columns) lines.push_back(std::exchange(line, {}));
      line += (line.empty() ? "" : " ") + std::string(word);
      paragraph = space == paragraph.npos ? std::string_view() : paragraph.substr(space + 1);
    }
    lines.push_back(line);
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::string harmless(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto symbol = symbol_at(text, at);
    const bool control = (symbol.point < 0x20 && symbol.point != '\n') || (symbol.point >= 0x7F && symbol.point < 0xA0);
    // Marks that turn the direction of writing could make a line read as another.
    const bool direction =
        (symbol.point >= 0x202A && symbol.point <= 0x202E) || (symbol.point >= 0x2066 && symbol.point <= 0x2069);
    if (control || direction)
      out += "·";
    else
      out += text.substr(at, symbol.bytes);
    at += symbol.bytes;
  }
  return out;
}

}  // namespace anketa::cli
