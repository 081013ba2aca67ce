#include "tools/import/letters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace anketa::importer {
namespace {

constexpr std::array<std::string_view, 14> legal_forms{"ооо", "ао",  "пао",  "зао", "оао", "ип",  "нко",
                                                       "гуп", "муп", "фгуп", "llc", "jsc", "ltd", "inc"};

struct Letter {
  std::string text;
  bool is_letter = false;
};

/// The letter at a place, folded; moves past it. Bytes of other alphabets count as letters.
Letter take_letter(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<std::uint8_t>(text[at]);
  if (lead < 0x80) {
    char c = text[at++];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return {std::string(1, c), (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')};
  }
  const std::size_t length = std::min<std::size_t>(lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2, text.size() - at);
  std::string bytes(text.substr(at, length));
  at += length;
  if (length != 2 || (lead != 0xD0 && lead != 0xD1)) {
    const bool punctuation = lead == 0xC2 || lead == 0xE2;  // « » № – — and the like
    return {punctuation ? " " : bytes, !punctuation};
  }
  auto point = static_cast<std::uint32_t>((lead & 0x1F) << 6 | (static_cast<std::uint8_t>(bytes[1]) & 0x3F));
  if (point >= 0x410 && point <= 0x42F) point += 0x20;
  if (point == 0x401 || point == 0x451) point = 0x435;
  return {{static_cast<char>(0xC0 | point >> 6), static_cast<char>(0x80 | (point & 0x3F))}, true};
}

std::string join(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

}  // namespace

std::vector<std::string> folded_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t at = 0; at < text.size();) {
    // A stroke or a dot inside a word joins it: "Мбит/с" is one word.
    const bool joint = text[at] == '/' || text[at] == '.' || text[at] == '\'';
    const auto letter = take_letter(text, at);
    if (letter.is_letter)
      word += letter.text;
    else if (!joint && !word.empty())
      words.push_back(std::exchange(word, {}));
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::string folded(std::string_view text) {
  return join(folded_words(text));
}

std::string folded_company(std::string_view name) {
  const auto all = folded_words(name);
  std::vector<std::string> words;
  std::copy_if(all.begin(), all.end(), std::back_inserter(words), [](const std::string& word) {
    return std::find(legal_forms.begin(), legal_forms.end(), word) == legal_forms.end();
  });
  return join(words.empty() ? all : words);
}

}  // namespace anketa::importer
