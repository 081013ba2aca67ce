#include <algorithm>

#include "sync-server/mail/message/letter.hpp"

namespace anketa::server::mail {
namespace {

constexpr std::size_t columns = 72;

/// Characters, as far as a mail program's fixed font goes.
std::size_t width_of(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Words in lines of at most `columns`, each line behind the indent.
std::string wrapped(std::string_view text, const std::string& indent) {
  std::string out, row = indent;
  const auto flush = [&] {
    out += row + "\n";
    row = indent;
  };
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find_first_of(" \n", at), text.size());
    const auto word = text.substr(at, end - at);
    const bool first = row.size() == indent.size();
    if (!first && width_of(row) + 1 + width_of(word) > columns) flush();
    if (row.size() > indent.size()) row += ' ';
    row += word;
    if (end < text.size() && text[end] == '\n') flush();
    at = end + 1;
  }
  if (row.size() > indent.size()) flush();
  return out;
}

std::string underlined(const std::string& heading, char with) {
  return heading + "\n" + std::string(std::min(width_of(heading), columns), with) + "\n";
}

/// A row as a paragraph: the first cell, then each further one behind its column's name.
std::string row_text(const Section& section, const std::vector<Cell>& row) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto& cell = row[i];
    if (cell.text.empty() && cell.note.empty()) continue;
    auto words = cell.text;
    if (!cell.note.empty()) words += (words.empty() ? "" : i == 0 ? ", " : "; ") + cell.note;
    if (i == 0)
      out += wrapped("* " + words, "");
    else
      out += wrapped(
          (i < section.columns.size() && !section.columns[i].empty() ? section.columns[i] + ": " : "") + words, "    ");
  }
  return out;
}

std::string section_text(const Section& section) {
  if (section.rows.empty() && section.nothing.empty()) return {};
  auto heading = section.heading;
  if (!section.rows.empty()) heading += " (" + std::to_string(section.rows.size()) + ")";
  auto out = "\n" + underlined(heading, '-');
  const auto& note = section.rows.empty() ? section.nothing : section.hint;
  if (!note.empty()) out += wrapped(note, "");
  for (const auto& row : section.rows) out += "\n" + row_text(section, row);
  return out;
}

}  // namespace

std::string text_of(const Letter& letter) {
  auto out = letter.organisation + "\n" + underlined(letter.title, '=') + wrapped(letter.subtitle, "") + "\n";
  for (const auto& figure : letter.figures) out += wrapped(figure.label + ": " + figure.value, "");
  for (const auto& section : letter.sections) out += section_text(section);
  return out + "\n-- \n" + wrapped(letter.footer, "");
}

}  // namespace anketa::server::mail
