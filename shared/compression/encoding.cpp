#include <cctype>

#include "shared/compression/compression.hpp"

namespace anketa {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (auto& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// Whether a weight such as "q=0.000" forbids the coding it stands behind.
bool forbids(std::string_view parameters) {
  const auto weight = lower(parameters);
  const auto at = weight.find("q=");
  return at != std::string::npos && trimmed(weight).find_first_not_of("0.", at + 2) == std::string::npos;
}

}  // namespace

std::string_view id(Encoding encoding) {
  switch (encoding) {
    case Encoding::Gzip:
      return "gzip";
    case Encoding::Zstd:
      return "zstd";
    default:
      return "identity";
  }
}

std::optional<Encoding> parse_encoding(std::string_view content_encoding) {
  const auto name = lower(trimmed(content_encoding));
  if (name.empty() || name == "identity") return Encoding::Identity;
  if (name == "gzip" || name == "x-gzip") return Encoding::Gzip;
  if (name == "zstd") return Encoding::Zstd;
  return std::nullopt;
}

Encoding negotiate_encoding(std::string_view accept_encoding) {
  std::optional<bool> gzip, zstd, any;
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    const auto item = accept_encoding.substr(0, comma);
    accept_encoding = comma == std::string_view::npos ? std::string_view() : accept_encoding.substr(comma + 1);
    const auto semicolon = item.find(';');
    const auto name = lower(trimmed(item.substr(0, semicolon)));
    const bool allowed = semicolon == std::string_view::npos || !forbids(item.substr(semicolon + 1));
    if (name == "gzip" || name == "x-gzip") gzip = allowed;
    if (name == "zstd") zstd = allowed;
    if (name == "*") any = allowed;
  }
  if (zstd.value_or(any.value_or(false))) return Encoding::Zstd;
  if (gzip.value_or(any.value_or(false))) return Encoding::Gzip;
  return Encoding::Identity;
}

}  // namespace anketa
