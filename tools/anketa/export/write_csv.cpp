#include <filesystem>

#include "tools/anketa/app.hpp"
#include "tools/anketa/export/sheet.hpp"

namespace anketa::cli {
namespace {

std::string text_of(const Cell& cell) {
  struct Text {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const {
      // Answers are other people's words; none of them shall run as a formula.
      const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
      const bool phone = text.starts_with("+") && text.find_first_not_of("+0123456789 ()-") == std::string::npos;
      return formula && !phone ? "'" + text : text;
    }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return Json(number).dump(); }
    std::string operator()(const DateCell& date) const { return date.iso; }
    std::string operator()(const MoneyCell& money) const {
      const auto cents = std::to_string(money.minor % 100);
      return std::to_string(money.minor / 100) + "," + (cents.size() < 2 ? "0" : "") + cents;
    }
  };
  return std::visit(Text{}, cell);
}

void append_field(std::string& line, const std::string& text) {
  if (text.find_first_of(";\"\n\r") == std::string::npos) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

}  // namespace

void write_csv(const std::string& folder, const std::vector<Sheet>& sheets) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw ProblemError(ProblemCode::FileUnwritable, {}, folder);
  for (const auto& sheet : sheets) {
    std::string content = "\xEF\xBB\xBF";
    const auto end_field = [&](bool last) { content += last ? "\r\n" : ";"; };
    for (std::size_t i = 0; i < sheet.header.size(); ++i) {
      append_field(content, sheet.header[i]);
      end_field(i + 1 == sheet.header.size());
    }
    for (const auto& row : sheet.rows)
      for (std::size_t i = 0; i < row.size(); ++i) {
        append_field(content, text_of(row[i]));
        end_field(i + 1 == row.size());
      }
    write_file((std::filesystem::path(folder) / (sheet.id + ".csv")).string(), content);
  }
}

}  // namespace anketa::cli
