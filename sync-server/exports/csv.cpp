#include <algorithm>

#include "shared/programme/calendar.hpp"
#include "sync-server/exports/sheet.hpp"

namespace anketa::server::exports {
namespace {

std::string quoted(const std::string& text, char separator) {
  const bool plain = text.find_first_of(std::string("\"\r\n") + separator) == std::string::npos;
  if (plain) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

/// Spreadsheets take a text that begins so for a formula.
bool looks_like_formula(const std::string& text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

/// Hundredths as a number with two digits behind the point: kopecks as roubles.
std::string with_hundredths(std::int64_t kopecks, char separator) {
  auto text = std::to_string(kopecks / 100);
  const auto rest = kopecks % 100 < 0 ? -(kopecks % 100) : kopecks % 100;
  if (kopecks < 0 && kopecks > -100) text = "-0";
  // Where ";" separates, "," stands before the kopecks.
  return text + (separator == ';' ? ',' : '.') + (rest < 10 ? "0" : "") + std::to_string(rest);
}

std::string instant_text(std::int64_t instant) {
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds(instant)};
  const auto day = floor<days>(at);
  const auto minutes = duration_cast<std::chrono::minutes>(at - day).count();
  const auto two = [](std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return programme::day_text(day) + "T" + two(minutes / 60) + ":" + two(minutes % 60) + "Z";
}

std::string cell_text(const Json& cell, CellKind kind, char separator) {
  if (cell.is_null()) return {};
  if (cell.is_number_integer() && (kind == CellKind::Money || kind == CellKind::Hundredths))
    return with_hundredths(cell.get<std::int64_t>(), separator);
  if (cell.is_number_integer() && kind == CellKind::Instant) return instant_text(cell.get<std::int64_t>());
  if (!cell.is_string()) return cell.dump();
  auto text = cell.get<std::string>();
  if (kind == CellKind::Decimal && separator == ';') std::replace(text.begin(), text.end(), '.', ',');
  return quoted(looks_like_formula(text) ? "'" + text : text, separator);
}

}  // namespace

std::string to_csv(const Sheet& sheet, char separator) {
  std::string out = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (i > 0) out += separator;
    out += quoted(sheet.columns[i].heading, separator);
  }
  out += "\r\n";
  for (const auto& row : sheet.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += separator;
      out += cell_text(row[i], sheet.columns[i].kind, separator);
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace anketa::server::exports
