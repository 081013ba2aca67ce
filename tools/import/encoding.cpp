#include "tools/import/encoding.hpp"

#include <array>
#include <cstdint>

namespace anketa::importer {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

// Code points of the bytes 0x80 to 0xBF; 0xC0 to 0xFF are А to я. Zero: the byte means nothing.
constexpr std::array<std::uint16_t, 64> windows1251_upper{
    0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A,
    0x040C, 0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0,      0x2122,
    0x0459, 0x203A, 0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6,
    0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456,
    0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457};

void append_utf8(std::string& out, std::uint32_t point) {
  const auto put = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

/// Length of the UTF-8 sequence at a place; 0 where there is none.
std::size_t sequence_length(std::string_view bytes, std::size_t at) {
  const auto lead = byte_at(bytes, at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > bytes.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte_at(bytes, at + i) & 0xC0) != 0x80) return 0;
  const auto second = byte_at(bytes, at + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool beyond = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
  return overlong || beyond ? 0 : length;
}

std::string from_utf16(std::string_view bytes, bool big_endian) {
  std::string out;
  out.reserve(bytes.size());
  const auto unit_at = [&](std::size_t at) -> std::uint32_t {
    const std::uint32_t first = byte_at(bytes, at);
    const std::uint32_t second = byte_at(bytes, at + 1);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    auto point = unit_at(at);
    const bool high = point >= 0xD800 && point < 0xDC00;
    const auto low = high && at + 3 < bytes.size() ? unit_at(at + 2) : 0;
    if (low >= 0xDC00 && low < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    } else if (point >= 0xD800 && point < 0xE000) {
      point = 0xFFFD;  // half a pair stands for no character
    }
    append_utf8(out, point);
  }
  return out;
}

std::optional<std::string> from_windows1251(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = byte_at(bytes, at);
    const std::uint32_t point = byte < 0x80    ? byte
                                : byte >= 0xC0 ? 0x0410u + (byte - 0xC0u)
                                               : windows1251_upper[byte - 0x80u];
    if (point == 0 && byte != 0) return std::nullopt;
    append_utf8(out, point);
  }
  return out;
}

}  // namespace

std::string_view id(Encoding encoding) {
  constexpr std::array<std::string_view, 4> ids{"utf-8", "windows-1251", "utf-16le", "utf-16be"};
  return ids[static_cast<std::size_t>(encoding)];
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  std::string plain;
  for (const char c : name)
    if (c != '-' && c != '_') plain += (c >= 'A' && c <= 'Z') ? static_cast<char>(c + ('a' - 'A')) : c;
  if (plain == "utf8") return Encoding::Utf8;
  if (plain == "windows1251" || plain == "cp1251" || plain == "1251" || plain == "win1251")
    return Encoding::Windows1251;
  if (plain == "utf16" || plain == "utf16le") return Encoding::Utf16LittleEndian;
  if (plain == "utf16be") return Encoding::Utf16BigEndian;
  return std::nullopt;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const auto length = sequence_length(bytes, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xFF\xFE") return Encoding::Utf16LittleEndian;
  if (bytes.substr(0, 2) == "\xFE\xFF") return Encoding::Utf16BigEndian;
  if (bytes.substr(0, 3) == utf8_mark || is_utf8(bytes)) return Encoding::Utf8;
  return Encoding::Windows1251;
}

std::string to_ascii_compatible(std::string_view bytes, Encoding& encoding) {
  if (encoding == Encoding::Utf16LittleEndian || encoding == Encoding::Utf16BigEndian) {
    auto text = from_utf16(bytes, encoding == Encoding::Utf16BigEndian);
    encoding = Encoding::Utf8;
    return text.substr(0, 3) == utf8_mark ? text.substr(3) : text;
  }
  if (encoding == Encoding::Utf8 && bytes.substr(0, 3) == utf8_mark) bytes.remove_prefix(3);
  return std::string(bytes);
}

std::optional<std::string> decode_field(std::string_view bytes, Encoding encoding) {
  if (encoding == Encoding::Windows1251) return from_windows1251(bytes);
  if (!is_utf8(bytes)) return std::nullopt;
  return std::string(bytes);
}

}  // namespace anketa::importer
