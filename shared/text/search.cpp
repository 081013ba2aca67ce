#include "shared/text/search.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace anketa::text {
namespace {

constexpr std::size_t shortest_stem = 3;
constexpr std::size_t shortest_number = 7;
/// A Russian number with its code; before it stands 7 or 8.
constexpr std::size_t full_number = 10;
constexpr char32_t broken = 0xFFFD;

/// The next character of UTF-8; `broken` for what is none. Moves `at` on by at least one byte.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC2 ? 1 : 0;
  if (more == 0 || first > 0xF4 || at + static_cast<std::size_t>(more) > text.size()) return broken;
  char32_t character = first & (0x3F >> more);
  for (int i = 0; i < more; ++i) {
    if ((byte(at) & 0xC0) != 0x80) return broken;
    character = (character << 6) | (byte(at++) & 0x3F);
  }
  return character;
}

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      put(0xE0 | (c >> 12));
    } else {
      put(0xF0 | (c >> 18));
      put(0x80 | ((c >> 12) & 0x3F));
    }
    put(0x80 | ((c >> 6) & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

char32_t fold(char32_t c) {
  if (c >= 'A' && c <= 'Z') return c + 0x20;
  if (c >= 0x410 && c <= 0x42F) c += 0x20;
  if (c >= 0x400 && c <= 0x40F) c += 0x50;
  if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 0x20;
  return c == 0x451 ? 0x435 : c;
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  if (c < 0xC0 || c == 0xD7 || c == 0xF7 || c == broken) return false;
  // General punctuation, symbols, CJK punctuation.
  return !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x303F);
}

std::vector<std::string> words_of(std::string_view normalised) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < normalised.size()) {
    const auto space = std::min(normalised.find(' ', at), normalised.size());
    if (space > at) words.emplace_back(normalised.substr(at, space - at));
    at = space + 1;
  }
  return words;
}

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Endings of nouns and adjectives, longest first; two bytes a letter.
constexpr std::array<std::string_view, 57> endings{
    "иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "ией", "иям", "иях", "ьями", "ах", "ях",
    "ам",   "ям",  "ов",  "ев",  "ей",  "ой",  "ий",  "ый",  "ая",  "яя",  "ое",  "ее",  "ые",   "ие", "ую",
    "юю",   "ых",  "их",  "ым",  "им",  "ом",  "ем",  "ою",  "ею",  "ию",  "ия",  "ья",  "ье",   "ью", "ьи",
    "ии",   "а",   "я",   "о",   "е",   "ы",   "и",   "у",   "ю",   "ь",   "й",   "э"};

/// Number of letters of a word that is Cyrillic throughout; 0 for any other.
std::size_t cyrillic_letters(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size(); ++letters) {
    const auto c = next_character(word, at);
    if (c < 0x430 || c > 0x45F) return 0;
  }
  return letters;
}

std::string_view without_ending(std::string_view word) {
  if (cyrillic_letters(word) == 0) return word;
  std::size_t longest = 0;
  for (const auto ending : endings) {
    if (ending.size() <= longest || word.size() < ending.size() + 2 * shortest_stem) continue;
    if (word.substr(word.size() - ending.size()) == ending) longest = ending.size();
  }
  return word.substr(0, word.size() - longest);
}

/// A query that is nothing but a telephone number is one word, without the 7 or 8 before the code.
void join_number(std::vector<std::string>& words) {
  std::string number;
  for (const auto& word : words) {
    if (!is_number(word)) return;
    number += word;
  }
  if (number.size() < shortest_number) return;
  if (number.size() == full_number + 1 && (number[0] == '7' || number[0] == '8')) number.erase(0, 1);
  words.assign(1, number);
}

}  // namespace

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string normalise(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool in_word = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto c = fold(next_character(utf8, at));
    if (!is_word_character(c)) {
      in_word = false;
      continue;
    }
    if (!in_word && !out.empty()) out += ' ';
    in_word = true;
    append_utf8(out, c);
  }
  return out;
}

std::string index_text(std::string_view utf8) {
  auto out = normalise(utf8);
  std::string numbers, run;
  std::size_t parts = 0;
  const auto close = [&] {
    if (parts > 1 && run.size() >= shortest_number) numbers += ' ' + run;
    if (run.size() == full_number + 1) numbers += ' ' + run.substr(1);
    run.clear();
    parts = 0;
  };
  for (const auto& word : words_of(out)) {
    if (!is_number(word)) {
      close();
      continue;
    }
    run += word;
    ++parts;
  }
  close();
  return out + numbers;
}

std::vector<std::string> query_prefixes(std::string_view utf8) {
  auto words = words_of(normalise(utf8));
  join_number(words);
  constexpr std::size_t long_enough = 4;
  for (auto& word : words) {
    const bool last = &word == &words.back();
    if (last || cyrillic_letters(word) >= long_enough) word = std::string(without_ending(word));
  }
  return words;
}

std::string match_expression(std::string_view query) {
  std::string out;
  for (const auto& prefix : query_prefixes(query)) {
    if (!out.empty()) out += ' ';
    // Normalised words hold no quotation marks.
    out += '"' + prefix + "\"*";
  }
  return out;
}

}  // namespace anketa::text
