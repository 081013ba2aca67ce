// A letter as plain values, and its two faces: HTML that mail programs show, and plain text.
//
// Model: figures on top, then sections, each a table or a word that there is nothing. Texts are plain; the HTML face
// escapes them. HTML is of the kind that every mail program shows: tables and inline styles, and one style sheet for
// narrow screens; no scripts, no pictures, nothing fetched from anywhere.
// Thread safety: pure functions.
#pragma once

#include <string>
#include <vector>

#include "shared/text/text.hpp"

namespace anketa::server::mail {

/// How something is meant: it colours a figure, a heading or a cell.
enum class Tone { Plain, Good, Warning, Bad };

struct Figure {
  std::string label, value;
  Tone tone = Tone::Plain;
};

struct Cell {
  std::string text;
  /// A second, quieter line.
  std::string note;
  Tone tone = Tone::Plain;
};

struct Section {
  std::string heading;
  /// What is to be done about it.
  std::string hint;
  Tone tone = Tone::Plain;
  std::vector<std::string> columns;
  std::vector<std::vector<Cell>> rows;
  /// Said where there are no rows; a section without rows and without this is left out.
  std::string nothing;
};

struct Letter {
  text::Language language = text::Language::Russian;
  std::string subject;
  std::string organisation, title, subtitle;
  std::vector<Figure> figures;
  std::vector<Section> sections;
  std::string footer;
};

std::string html_of(const Letter& letter);
/// Lines of at most some 76 columns.
std::string text_of(const Letter& letter);

}  // namespace anketa::server::mail
