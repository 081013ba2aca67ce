#include <algorithm>
#include <array>

#include "sync-server/mail/message/letter.hpp"

namespace anketa::server::mail {
namespace {

constexpr std::string_view font = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;";
constexpr std::string_view ink = "#1f2933";
constexpr std::string_view quiet = "#66727f";
constexpr std::string_view line = "#e4e8ec";
constexpr int width = 720;

/// On a phone boxes stand in pairs, and a row of a table becomes a card: its first cell on top, the others below it,
/// each behind the heading of its column. Mail programs that know no media queries show the table.
constexpr std::string_view narrow_style =
    "@media (max-width:600px){"
    "body{padding:0!important}"
    ".sheet{padding:20px 16px!important;border-radius:0!important}"
    ".figures tr{display:inline}"
    ".figures td{display:inline-block!important;box-sizing:border-box;width:calc(50% - 8px)!important;margin:4px}"
    ".figures td:empty{display:none!important}"
    ".rows tr,.rows td{display:block!important}"
    ".rows tr{border-top:1px solid #e4e8ec;padding:10px 0}"
    ".rows tr.head,.rows td:empty{display:none!important}"
    ".rows td{border:0!important;padding:1px 0!important;white-space:normal!important}"
    ".rows td div{white-space:normal!important}"
    ".rows td:first-child{font-weight:600!important}"
    ".rows .label{display:inline!important;color:#66727f;font-weight:400}"
    "}";

std::string_view colour(Tone tone) {
  constexpr std::array<std::string_view, 4> colours{ink, "#1b7f4b", "#a15c00", "#b42318"};
  return colours[static_cast<std::size_t>(tone)];
}

std::string_view ground(Tone tone) {
  constexpr std::array<std::string_view, 4> grounds{"#f5f7f9", "#eaf6ef", "#fdf3e2", "#fdeceb"};
  return grounds[static_cast<std::size_t>(tone)];
}

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\n':
        safe += "<br>";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

/// An element with its style; the content is HTML already.
std::string element(std::string_view name, const std::string& style, const std::string& content,
                    std::string_view attributes = {}) {
  std::string out = "<" + std::string(name);
  if (!attributes.empty()) out += " " + std::string(attributes);
  if (!style.empty()) out += " style=\"" + style + "\"";
  return out + ">" + content + "</" + std::string(name) + ">";
}

std::string styled(std::initializer_list<std::string_view> parts) {
  std::string style;
  for (const auto part : parts) style += part;
  return style;
}

std::string heading_block(const Letter& letter) {
  return element("p", styled({"margin:0 0 4px;font-size:13px;color:", quiet}), escaped(letter.organisation)) +
         element("h1", styled({"margin:0;font-size:24px;line-height:30px;font-weight:600;color:", ink}),
                 escaped(letter.title)) +
         element("p", styled({"margin:4px 0 0;font-size:15px;line-height:22px;color:", quiet}),
                 escaped(letter.subtitle));
}

std::string figure_cell(const Figure& figure, const std::string& share) {
  const auto value =
      element("div", styled({"font-size:26px;line-height:30px;font-weight:600;color:", colour(figure.tone)}),
              escaped(figure.value));
  const auto label = element("div", styled({"font-size:13px;line-height:18px;color:", quiet}), escaped(figure.label));
  return element("td",
                 styled({"padding:12px 14px;border-radius:8px;vertical-align:top;background:", ground(figure.tone)}),
                 value + label, share);
}

/// Boxes of equal width, four in a row where that comes out even, else three.
std::string figures_block(const std::vector<Figure>& figures) {
  const std::size_t in_row = figures.size() % 4 == 0 ? 4 : 3;
  const std::string share = in_row == 4 ? "width=\"25%\"" : "width=\"33%\"";
  std::string rows;
  for (std::size_t i = 0; i < figures.size(); i += in_row) {
    std::string cells;
    for (auto k = i; k < i + in_row; ++k)
      cells += k < figures.size() ? figure_cell(figures[k], share) : "<td " + share + "></td>";
    rows += element("tr", {}, cells);
  }
  // The space between the boxes goes around them too.
  return element("div", "margin:12px -8px 0",
                 element("table", "width:100%;table-layout:fixed;border-collapse:separate;border-spacing:8px", rows,
                         "class=\"figures\" role=\"presentation\" cellpadding=\"0\" cellspacing=\"8\" width=\"100%\""));
}

/// A date, a number of days, a word or two: not to be broken.
bool is_short(std::string_view text, long most) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }) <= most;
}

/// The heading of its column, for where the heading's own row is not shown.
std::string label_html(const std::string& column) {
  if (column.empty()) return {};
  return element("span", "display:none;mso-hide:all", escaped(column) + ": ", "class=\"label\"");
}

std::string cell_html(const Cell& cell, const std::string& label) {
  if (cell.text.empty() && cell.note.empty()) return element("td", styled({"border-top:1px solid ", line}), {});
  auto content = label + escaped(cell.text);
  if (!cell.note.empty())
    content +=
        element("div",
                styled({"font-size:13px;line-height:18px;font-weight:400;",
                        is_short(cell.note, 18) ? "white-space:nowrap;" : "white-space:normal;", "color:", quiet}),
                escaped(cell.note));
  return element(
      "td",
      styled({"padding:9px 12px 9px 0;border-top:1px solid ", line, ";font-size:14px;line-height:20px;",
              cell.tone == Tone::Plain ? "" : "font-weight:600;", is_short(cell.text, 12) ? "white-space:nowrap;" : "",
              "vertical-align:top;color:", colour(cell.tone)}),
      content);
}

std::string table_html(const Section& section) {
  std::string head;
  for (const auto& column : section.columns)
    head += element(
        "th",
        styled({"padding:0 12px 6px 0;font-size:12px;line-height:16px;font-weight:600;text-align:left;color:", quiet}),
        escaped(column), "align=\"left\"");
  std::string rows = element("tr", {}, head, "class=\"head\"");
  for (const auto& row : section.rows) {
    std::string cells;
    for (std::size_t i = 0; i < row.size(); ++i)
      cells += cell_html(row[i], i == 0 || i >= section.columns.size() ? "" : label_html(section.columns[i]));
    rows += element("tr", {}, cells);
  }
  return element("table", "width:100%;border-collapse:collapse", rows,
                 "class=\"rows\" cellpadding=\"0\" cellspacing=\"0\" width=\"100%\"");
}

std::string section_html(const Section& section) {
  if (section.rows.empty() && section.nothing.empty()) return {};
  auto heading = escaped(section.heading);
  if (!section.rows.empty())
    heading +=
        element("span", styled({"font-weight:400;color:", quiet}), "&nbsp; " + std::to_string(section.rows.size()));
  std::string out = element("h2",
                            styled({"margin:30px 0 ", section.rows.empty() || section.hint.empty() ? "8px" : "2px",
                                    ";font-size:17px;line-height:24px;font-weight:600;color:", colour(section.tone)}),
                            heading);
  const auto note = section.rows.empty() ? section.nothing : section.hint;
  if (!note.empty())
    out += element("p", styled({"margin:0 0 10px;font-size:14px;line-height:20px;color:", quiet}), escaped(note));
  return section.rows.empty() ? out : out + table_html(section);
}

}  // namespace

std::string html_of(const Letter& letter) {
  auto content = heading_block(letter);
  if (!letter.figures.empty()) content += figures_block(letter.figures);
  for (const auto& section : letter.sections) content += section_html(section);
  content += element("p",
                     styled({"margin:32px 0 0;padding-top:14px;border-top:1px solid ", line,
                             ";font-size:12px;line-height:18px;color:", quiet}),
                     escaped(letter.footer));
  const auto sheet = element("div",
                             "max-width:" + std::to_string(width) +
                                 "px;margin:0 auto;padding:28px 30px;background:#ffffff;"
                                 "border-radius:12px;text-align:left",
                             content, "class=\"sheet\"");
  const std::string language(text::code(letter.language));
  return "<!DOCTYPE html>\n<html lang=\"" + language +
         "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
         "<title>" +
         escaped(letter.subject) + "</title>" + element("style", {}, std::string(narrow_style)) + "</head>\n" +
         element("body", styled({"margin:0;padding:24px 12px;background:#eef1f4;", font}), sheet) + "</html>\n";
}

}  // namespace anketa::server::mail
