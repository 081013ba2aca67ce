#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "shared/problem/problem.hpp"
#include "tools/anketa/export/sheet.hpp"
#include "tools/terminal/terminal.hpp"

namespace anketa::cli {
namespace {

/// Characters a cell of a workbook can hold.
constexpr std::size_t longest_cell = 32767;
constexpr double widest_column = 60, narrowest_column = 9;

/// Formats belong to their workbook and live as long as it.
struct Formats {
  explicit Formats(lxw_workbook* workbook)
      : header(workbook_add_format(workbook)),
        date(workbook_add_format(workbook)),
        money(workbook_add_format(workbook)),
        text(workbook_add_format(workbook)) {
    format_set_bold(header);
    format_set_text_wrap(header);
    format_set_align(header, LXW_ALIGN_VERTICAL_TOP);
    format_set_bg_color(header, 0xDDE6EE);
    format_set_bottom(header, LXW_BORDER_THIN);
    format_set_num_format(date, "dd.mm.yyyy");
    format_set_num_format(money, "#,##0.00");
    format_set_text_wrap(text);
    for (auto* format : {date, money, text}) format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  }
  lxw_format *header, *date, *money, *text;
};

lxw_datetime day_of(const std::string& iso) {
  lxw_datetime day{};
  std::sscanf(iso.c_str(), "%4d-%2d-%2d", &day.year, &day.month, &day.day);
  return day;
}

class CellWriter {
 public:
  CellWriter(lxw_worksheet* sheet, const Formats& formats, lxw_row_t row, lxw_col_t column)
      : sheet_(sheet), formats_(formats), row_(row), column_(column) {}

  void operator()(std::monostate) const {}
  void operator()(const std::string& text) const {
    // A cell holds at most so many characters; the rest stays on the server.
    worksheet_write_string(sheet_, row_, column_, cut(text, longest_cell).c_str(), formats_.text);
  }
  void operator()(std::int64_t number) const {
    worksheet_write_number(sheet_, row_, column_, static_cast<double>(number), formats_.text);
  }
  void operator()(double number) const { worksheet_write_number(sheet_, row_, column_, number, formats_.text); }
  void operator()(const DateCell& date) const {
    auto day = day_of(date.iso);
    worksheet_write_datetime(sheet_, row_, column_, &day, formats_.date);
  }
  void operator()(const MoneyCell& money) const {
    worksheet_write_number(sheet_, row_, column_, static_cast<double>(money.minor) / 100, formats_.money);
  }

 private:
  lxw_worksheet* sheet_;
  const Formats& formats_;
  lxw_row_t row_;
  lxw_col_t column_;
};

double width_of_cell(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? static_cast<double>(width_of(*text)) : 11;
}

lxw_chart_type chart_type(Chart::Kind kind) {
  switch (kind) {
    case Chart::Kind::Column:
      return LXW_CHART_COLUMN;
    case Chart::Kind::Bar:
      return LXW_CHART_BAR;
    case Chart::Kind::Line:
      return LXW_CHART_LINE;
    case Chart::Kind::Stacked:
      return LXW_CHART_COLUMN_STACKED;
  }
  return LXW_CHART_COLUMN;
}

/// Charts stand to the right of the table, one below the other.
void write_charts(lxw_workbook* workbook, lxw_worksheet* out, const Sheet& sheet) {
  constexpr lxw_row_t rows_each = 18;
  if (sheet.rows.empty()) return;
  const auto last = static_cast<lxw_row_t>(sheet.rows.size());
  const auto beside = static_cast<lxw_col_t>(sheet.header.size() + 1);
  lxw_row_t at = 0;
  for (const auto& chart : sheet.charts) {
    auto* drawn = workbook_add_chart(workbook, static_cast<std::uint8_t>(chart_type(chart.kind)));
    chart_title_set_name(drawn, chart.title.c_str());
    if (chart.values.size() == 1) chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
    // The first row of a table is the uppermost bar.
    if (chart.kind == Chart::Kind::Bar) chart_axis_set_reverse(drawn->y_axis);
    const auto names = static_cast<lxw_col_t>(chart.names);
    for (const auto column : chart.values) {
      const auto values = static_cast<lxw_col_t>(column);
      auto* series = chart_add_series(drawn, nullptr, nullptr);
      chart_series_set_categories(series, sheet.title.c_str(), 1, names, last, names);
      chart_series_set_values(series, sheet.title.c_str(), 1, values, last, values);
      chart_series_set_name_range(series, sheet.title.c_str(), 0, values);
    }
    worksheet_insert_chart(out, std::exchange(at, at + rows_each), beside, drawn);
  }
}

void write_sheet(lxw_workbook* workbook, const Formats& formats, const Sheet& sheet) {
  auto* out = workbook_add_worksheet(workbook, sheet.title.c_str());
  for (std::size_t column = 0; column < sheet.header.size(); ++column) {
    const auto at = static_cast<lxw_col_t>(column);
    worksheet_write_string(out, 0, at, sheet.header[column].c_str(), formats.header);
    double width = std::min(static_cast<double>(width_of(sheet.header[column])), 24.0);
    for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
      std::visit(CellWriter(out, formats, static_cast<lxw_row_t>(row + 1), at), sheet.rows[row][column]);
      width = std::max(width, width_of_cell(sheet.rows[row][column]));
    }
    worksheet_set_column(out, at, at, std::clamp(width + 2, narrowest_column, widest_column), nullptr);
  }
  worksheet_freeze_panes(out, 1, 1);
  if (!sheet.header.empty())
    worksheet_autofilter(out, 0, 0, static_cast<lxw_row_t>(sheet.rows.size()),
                         static_cast<lxw_col_t>(sheet.header.size() - 1));
  worksheet_set_landscape(out);
  worksheet_fit_to_pages(out, 1, 0);
  worksheet_repeat_rows(out, 0, 0);
  write_charts(workbook, out, sheet);
}

}  // namespace

void write_xlsx(const std::string& path, const std::vector<Sheet>& sheets) {
  auto* workbook = workbook_new(path.c_str());
  if (!workbook) throw ProblemError(ProblemCode::FileUnwritable, {}, path);
  const Formats formats(workbook);
  for (const auto& sheet : sheets) write_sheet(workbook, formats, sheet);
  // Everything is written here; what is on the disk after a failure is no workbook.
  if (const auto error = workbook_close(workbook); error != LXW_NO_ERROR) {
    std::remove(path.c_str());
    throw ProblemError(ProblemCode::FileUnwritable, {}, path);
  }
}

}  // namespace anketa::cli
