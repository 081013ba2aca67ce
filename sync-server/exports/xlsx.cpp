#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "shared/problem/problem.hpp"
#include "shared/programme/calendar.hpp"
#include "sync-server/exports/sheet.hpp"

namespace anketa::server::exports {
namespace {

constexpr double day_ms = 24.0 * 60 * 60 * 1000;
/// Days from the beginning of spreadsheets' time to 1970-01-01.
constexpr double epoch_days = 25569;

/// The library writes files only: one with a name of its own in the temporary folder, gone when this is.
class TemporaryFile {
 public:
  TemporaryFile() : path_((std::filesystem::temp_directory_path() / "anketa-XXXXXX").string()) {
    const int file = mkstemp(path_.data());
    if (file < 0) throw ProblemError(ProblemCode::FileUnwritable, {{"path", path_}});
    close(file);
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

/// Worksheets have short names without some signs.
std::string sheet_name(const std::string& title) {
  std::string name;
  std::size_t characters = 0;
  for (const char c : title) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > 31) break;
    name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  return name;
}

class Workbook {
 public:
  Workbook(const Sheet& sheet, const WorkbookWords& words, const std::string& path)
      : sheet_(sheet), words_(words), book_(workbook_new(path.c_str())) {
    heading_ = workbook_add_format(book_);
    format_set_bold(heading_);
    format_set_text_wrap(heading_);
    format_set_align(heading_, LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(heading_, 0xE6F0F9);
    format_set_bottom(heading_, LXW_BORDER_THIN);
    day_ = with_number_format("dd.mm.yyyy");
    moment_ = with_number_format("dd.mm.yyyy hh:mm");
    money_ = with_number_format("#,##0.00");
    wrapped_ = workbook_add_format(book_);
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
  }

  void write() {
    auto* page = workbook_add_worksheet(book_, sheet_name(sheet_.title).c_str());
    write_table(page);
    const auto is_totalled = [](const auto& column) { return column.counted || column.kind == CellKind::Money; };
    if (!sheet_.rows.empty() && std::any_of(sheet_.columns.begin(), sheet_.columns.end(), is_totalled))
      write_totals(workbook_add_worksheet(book_, sheet_name(words_.totals).c_str()));
    if (workbook_close(book_) != LXW_NO_ERROR) throw ProblemError(ProblemCode::FileUnwritable, {{"path", sheet_.file}});
  }

 private:
  lxw_format* with_number_format(const char* text) {
    auto* format = workbook_add_format(book_);
    format_set_num_format(format, text);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
  }

  void write_table(lxw_worksheet* page) {
    const auto columns = static_cast<lxw_col_t>(sheet_.columns.size());
    for (lxw_col_t i = 0; i < columns; ++i) {
      worksheet_write_string(page, 0, i, sheet_.columns[i].heading.c_str(), heading_);
      worksheet_set_column(page, i, i, width_of(i), nullptr);
    }
    for (std::size_t row = 0; row < sheet_.rows.size(); ++row)
      for (lxw_col_t i = 0; i < columns; ++i) write_cell(page, static_cast<lxw_row_t>(row + 1), i, sheet_.rows[row][i]);
    worksheet_freeze_panes(page, 1, 1);
    if (!sheet_.rows.empty())
      worksheet_autofilter(page, 0, 0, static_cast<lxw_row_t>(sheet_.rows.size()), static_cast<lxw_col_t>(columns - 1));
    worksheet_set_landscape(page);
    worksheet_fit_to_pages(page, 1, 0);
    worksheet_repeat_rows(page, 0, 0);
  }

  double width_of(lxw_col_t column) const {
    std::size_t longest = sheet_.columns[column].heading.size() / 3;
    constexpr std::size_t looked_at = 200;
    for (std::size_t row = 0; row < std::min(looked_at, sheet_.rows.size()); ++row)
      if (const auto& cell = sheet_.rows[row][column]; cell.is_string())
        longest = std::max(longest, cell.get_ref<const std::string&>().size() * 3 / 5);
    return static_cast<double>(std::clamp<std::size_t>(longest + 2, 10, 48));
  }

  void write_cell(lxw_worksheet* page, lxw_row_t row, lxw_col_t column, const Json& cell) {
    const auto kind = sheet_.columns[column].kind;
    if (cell.is_string()) {
      const auto& text = cell.get_ref<const std::string&>();
      const auto day = kind == CellKind::Day ? programme::parse_day(text) : std::nullopt;
      if (day)
        worksheet_write_number(page, row, column, epoch_days + static_cast<double>(day->time_since_epoch().count()),
                               day_);
      else if (kind == CellKind::Decimal)
        worksheet_write_number(page, row, column, std::strtod(text.c_str(), nullptr), nullptr);
      else
        worksheet_write_string(page, row, column, text.c_str(), wrapped_);
    } else if (cell.is_number()) {
      const auto number = cell.get<double>();
      if (kind == CellKind::Money || kind == CellKind::Hundredths)
        worksheet_write_number(page, row, column, number / 100, money_);
      else if (kind == CellKind::Instant)
        worksheet_write_number(page, row, column, epoch_days + number / day_ms, moment_);
      else
        worksheet_write_number(page, row, column, number, nullptr);
    }
  }

  /// Sums of money; under them counts of the words of each such column, one under the other, each with its chart.
  void write_totals(lxw_worksheet* page) {
    constexpr lxw_row_t chart_rows = 16;
    worksheet_set_column(page, 0, 0, 34, nullptr);
    worksheet_set_column(page, 1, 1, 16, nullptr);
    lxw_row_t row = write_sums(page);
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      if (!sheet_.columns[i].counted) continue;
      std::map<std::string, int> counts;
      for (const auto& line : sheet_.rows)
        if (line[i].is_string()) ++counts[line[i].get<std::string>()];
      if (counts.empty()) continue;
      const auto head = row;
      worksheet_write_string(page, head, 0, sheet_.columns[i].heading.c_str(), heading_);
      worksheet_write_string(page, head, 1, words_.count.c_str(), heading_);
      for (const auto& [word, count] : counts) {
        worksheet_write_string(page, ++row, 0, word.c_str(), nullptr);
        worksheet_write_number(page, row, 1, count, nullptr);
      }
      add_chart(page, sheet_.columns[i].heading, head, row);
      row = std::max(row, head + chart_rows) + 2;
    }
  }

  /// Gives the first free row.
  lxw_row_t write_sums(lxw_worksheet* page) {
    lxw_row_t row = 0;
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      if (sheet_.columns[i].kind != CellKind::Money) continue;
      std::int64_t sum = 0;
      for (const auto& line : sheet_.rows)
        if (line[i].is_number_integer()) sum += line[i].get<std::int64_t>();
      if (row == 0) {
        worksheet_write_string(page, row, 0, words_.sum.c_str(), heading_);
        worksheet_write_blank(page, row++, 1, heading_);
      }
      worksheet_write_string(page, row, 0, sheet_.columns[i].heading.c_str(), nullptr);
      worksheet_write_number(page, row++, 1, static_cast<double>(sum) / 100, money_);
    }
    return row == 0 ? 0 : row + 1;
  }

  void add_chart(lxw_worksheet* page, const std::string& title, lxw_row_t head, lxw_row_t last) {
    const auto name = sheet_name(words_.totals);
    auto* chart = workbook_add_chart(book_, LXW_CHART_BAR);
    auto* series = chart_add_series(chart, nullptr, nullptr);
    chart_series_set_categories(series, name.c_str(), head + 1, 0, last, 0);
    chart_series_set_values(series, name.c_str(), head + 1, 1, last, 1);
    chart_series_set_labels(series);
    lxw_chart_fill fill{};
    fill.color = 0x0072B2;
    chart_series_set_fill(series, &fill);
    chart_title_set_name(chart, title.c_str());
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_reverse(chart->x_axis);
    worksheet_insert_chart(page, head, 3, chart);
  }

  const Sheet& sheet_;
  const WorkbookWords& words_;
  lxw_workbook* book_;
  lxw_format *heading_ = nullptr, *day_ = nullptr, *moment_ = nullptr, *money_ = nullptr, *wrapped_ = nullptr;
};

}  // namespace

std::string to_xlsx(const Sheet& sheet, const WorkbookWords& words) {
  const TemporaryFile file;
  Workbook(sheet, words, file.path()).write();
  std::ifstream in(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace anketa::server::exports
