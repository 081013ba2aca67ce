// Loads a form: sheets → rows → structure → names → bound expressions → dependency graph.
// Every step goes on after a problem as far as it makes sense, so that one look shows all of them.
#include <algorithm>
#include <set>

#include "shared/form/answer_value.hpp"
#include "shared/form/form.hpp"
#include "shared/form/graph_builder.hpp"
#include "shared/form/limits.hpp"
#include "shared/form/load_problems.hpp"
#include "shared/form/row_reader.hpp"
#include "shared/form/sheets.hpp"

namespace anketa::form {

std::vector<Problem> LoadProblems::take() {
  // Settings, survey, choices; in each by row.
  const auto key = [](const Problem& problem) {
    const auto& sheet = problem.arguments.at("sheet");
    const auto row = problem.arguments.find("row");
    return std::pair(sheet == "settings" ? 0
                     : sheet == "survey" ? 1
                                         : 2,
                     row == problem.arguments.end() ? 0 : std::stoi(row->second));
  };
  std::stable_sort(problems_.begin(), problems_.end(),
                   [&](const Problem& a, const Problem& b) { return key(a) < key(b); });
  return std::move(problems_);
}

class FormLoader {
 public:
  LoadResult load(const Json& json) {
    const auto sheets = read_sheets(json, problems_);
    read_settings(sheets.settings);
    read_choices(sheets.choices);
    read_survey(sheets.survey);
    place_rows();
    number_rows();
    collect_languages();
    resolve_selects();
    bind_all();
    check_texts();
    find_gate();
    if (problems_.only_expressions()) GraphBuilder(*form_, problems_).build();
    if (!problems_.empty()) return {nullptr, problems_.take()};
    return {form_, {}};
  }

 private:
  void fail(const Row& row, std::string_view column, std::string_view reason, text::Arguments arguments = {}) {
    problems_.add("survey", row.sheet_row, column, reason, std::move(arguments));
  }

  void read_settings(const Json& cells) {
    auto& settings = form_->settings_;
    settings.form_id = cell_text(cells, "form_id");
    settings.version = cell_text(cells, "version");
    if (settings.form_id.empty()) problems_.add("settings", 2, "form_id", "no_form_id");
    if (const auto language = cell_text(cells, "default_language"); !language.empty())
      settings.default_language = language;
    if (const auto title = cells.find("title"); title != cells.end())
      for (const auto& [language, text] : title->items()) settings.title[language] = text.get<std::string>();
    const double minutes = parse_number(cell_text(cells, "minutes_max"));
    if (minutes > 0 && minutes < 10000) settings.minutes_max = static_cast<int>(minutes);
    settings.other = cells;
  }

  void read_choices(const std::vector<SheetRow>& rows) {
    if (rows.size() > max_choices)
      return problems_.add("choices", 0, "", "too_many_choices", {{"most", std::to_string(max_choices)}});
    std::set<std::pair<std::string, std::string>> seen;
    for (const auto& row : rows) {
      const auto list = cell_text(row.cells, "list_name");
      const auto name = cell_text(row.cells, "name");
      if (list.empty()) problems_.add("choices", row.number, "list_name", "no_list_name");
      if (name.empty() || name.find(' ') != std::string::npos)
        problems_.add("choices", row.number, "name", "bad_choice_name", {{"name", name}});
      if (!seen.emplace(list, name).second)
        problems_.add("choices", row.number, "name", "duplicate_choice", {{"name", name}, {"list", list}});
      if (!row.cells.contains("label")) problems_.add("choices", row.number, "label", "no_label", {{"name", name}});
      add_choice(list, name, row.cells);
    }
  }

  void add_choice(const std::string& list, const std::string& name, const Json& cells) {
    const auto [place, added] = form_->list_names_.try_emplace(list, form_->choice_lists_.size());
    if (added) form_->choice_lists_.push_back({list, {}});
    Choice choice{name, {}, {}};
    for (const auto& [column, value] : cells.items()) {
      if (column == "label") {
        for (const auto& [language, text] : value.items()) choice.label[language] = text.get<std::string>();
      } else if (column != "list_name" && column != "name" && !value.is_structured()) {
        choice.columns[column] = cell_text(cells, column);
      }
    }
    form_->choice_lists_[place->second].choices.push_back(std::move(choice));
  }

  void read_survey(const std::vector<SheetRow>& rows) {
    if (rows.size() > max_rows)
      return problems_.add("survey", 0, "", "too_many_rows", {{"most", std::to_string(max_rows)}});
    for (const auto& sheet_row : rows) read_survey_row(sheet_row);
    for (const auto index : open_)
      fail(form_->rows_[index], "type", "never_closed", {{"name", form_->rows_[index].name}});
    while (!open_.empty()) close();
    if (form_->rows_.empty() && problems_.empty()) problems_.add("survey", 0, "", "no_survey");
  }

  void read_survey_row(const SheetRow& sheet_row) {
    const auto cell = cell_text(sheet_row.cells, "type");
    const auto type = parse_type(cell);
    using Kind = TypeCell::Kind;
    if (type.kind == Kind::Unknown)
      return problems_.add("survey", sheet_row.number, "type", cell.empty() ? "no_type" : "unknown_type",
                           {{"type", cell}});
    if (type.kind == Kind::EndGroup || type.kind == Kind::EndRepeat)
      return end_container(sheet_row, type.kind == Kind::EndGroup ? RowType::Group : RowType::Repeat);
    auto row = read_row(sheet_row, type, problems_);
    row.parent = open_.empty() ? no_row : static_cast<RowIndex>(open_.back());
    const auto index = form_->rows_.size();
    const auto [place, added] = form_->names_.try_emplace(row.name, static_cast<RowIndex>(index));
    if (!added && !row.name.empty())
      fail(row, "name", "duplicate_name",
           {{"name", row.name}, {"first", std::to_string(form_->row(place->second).sheet_row)}});
    sources_.push_back(type.source);
    const bool container = row.is_container();
    row.end = static_cast<RowIndex>(index + 1);
    form_->rows_.push_back(std::move(row));
    if (!container) return;
    open_.push_back(index);
    if (open_.size() > max_group_depth) fail(form_->rows_[index], "type", "nested_too_deep");
  }

  void end_container(const SheetRow& sheet_row, RowType type) {
    if (open_.empty()) return problems_.add("survey", sheet_row.number, "type", "nothing_to_end");
    const auto& row = form_->rows_[open_.back()];
    if (row.type != type)
      problems_.add("survey", sheet_row.number, "type", "ends_another",
                    {{"name", row.name}, {"first", std::to_string(row.sheet_row)}});
    close();
  }

  void close() {
    form_->rows_[open_.back()].end = static_cast<RowIndex>(form_->rows_.size());
    open_.pop_back();
  }

  /// Scope, slot, guard, section and inherited class of every row; parents come before their children.
  void place_rows() {
    form_->scopes_.resize(form_->rows_.size() + 1);
    for (std::size_t i = 0; i < form_->rows_.size(); ++i) {
      auto& row = form_->rows_[i];
      const auto index = static_cast<RowIndex>(i);
      const auto* parent = row.parent == no_row ? nullptr : &form_->row(row.parent);
      if (parent != nullptr) row.scope = parent->type == RowType::Repeat ? row.parent : parent->scope;
      auto& scope = form_->scopes_[static_cast<std::size_t>(row.scope + 1)];
      row.slot = scope.fields++;
      if (row.type == RowType::Repeat) {
        row.repeat_slot = scope.repeats.size();
        scope.repeats.push_back(index);
      }
      row.guard = row.relevant ? index : parent == nullptr ? no_row : parent->guard;
      if (parent == nullptr && row.type == RowType::Group) form_->sections_.push_back(index);
      row.section = parent == nullptr ? (row.type == RowType::Group ? index : no_row) : parent->section;
      if (row.access_class.empty() && parent != nullptr) row.access_class = parent->access_class;
    }
  }

  /// Sections count 1, 2 …, what stands directly in them 1.1, 1.2 …; calculations and warnings do not count.
  void number_rows() {
    int section_count = 0;
    for (const auto section : form_->sections_) {
      auto& row = form_->rows_[static_cast<std::size_t>(section)];
      ++section_count;
      if (row.number.empty()) row.number = std::to_string(section_count);
      int count = 0;
      for (auto i = section + 1; i < row.end; i = form_->row(i).end) {
        auto& child = form_->rows_[static_cast<std::size_t>(i)];
        if (child.type == RowType::Calculate || !child.warns.empty()) continue;
        ++count;
        if (child.number.empty()) child.number = row.number + "." + std::to_string(count);
      }
    }
  }

  void collect_languages() {
    std::set<std::string> found;
    for (const auto& row : form_->rows_)
      for (const auto& [language, text] : row.label)
        if (!language.empty()) found.insert(language);
    form_->languages_ = {form_->settings_.default_language};
    for (const auto& language : found)
      if (language != form_->settings_.default_language) form_->languages_.push_back(language);
  }

  void resolve_selects() {
    for (std::size_t i = 0; i < form_->rows_.size(); ++i) {
      auto& row = form_->rows_[i];
      if (!row.is_select()) continue;
      const auto& source = sources_[i];
      if (source.empty()) {
        fail(row, "type", "no_list");
      } else if (source.size() > 3 && source.compare(0, 2, "${") == 0 && source.back() == '}') {
        resolve_repeat_source(row, source.substr(2, source.size() - 3));
      } else if (form_->choice_list(source) == nullptr) {
        fail(row, "type", "unknown_list", {{"list", source}});
      } else {
        row.choice_list = source;
      }
    }
  }

  /// select_one ${contacts} with parameters label=c_name, or ODK's select_one ${c_name}.
  void resolve_repeat_source(Row& row, const std::string& name) {
    const auto source = form_->find(name);
    if (source == no_row) return fail(row, "type", "unknown_name", {{"name", name}});
    if (row.type != RowType::SelectOne) return fail(row, "type", "repeat_choice_is_one");
    if (form_->row(source).type == RowType::Repeat) {
      row.choice_repeat = source;
      const auto label = row.parameters.find("label");
      row.choice_label = label == row.parameters.end() ? no_row : form_->find(label->second);
    } else {
      row.choice_repeat = form_->row(source).scope;
      row.choice_label = source;
    }
    const bool good = row.choice_repeat != no_row && form_->row(row.choice_repeat).scope == no_row &&
                      row.choice_label != no_row && form_->row(row.choice_label).scope == row.choice_repeat;
    if (!good) fail(row, "type", "bad_repeat_choice", {{"name", name}});
  }

  void bind(const Row& row, RowIndex index, std::string_view column, std::optional<Expression>& expression,
            const BindingSite* other_site = nullptr) {
    if (!expression) return;
    try {
      bind_expression(*expression, *form_, other_site != nullptr ? *other_site : BindingSite{index, {}, no_row});
    } catch (const ExpressionError& error) {
      problems_.add(error, row.sheet_row, column, expression->source());
    }
  }

  void bind_all() {
    for (std::size_t i = 0; i < form_->rows_.size(); ++i) {
      auto& row = form_->rows_[i];
      const auto index = static_cast<RowIndex>(i);
      bind(row, index, "relevant", row.relevant);
      bind(row, index, "constraint", row.constraint);
      bind(row, index, "required", row.required);
      bind(row, index, "calculation", row.calculation);
      bind(row, index, "default", row.dynamic_default);
      const BindingSite filter{index, row.choice_list, row.choice_repeat};
      bind(row, index, "choice_filter", row.choice_filter, &filter);
    }
  }

  void check_texts() {
    for (const auto& row : form_->rows_) {
      for (const auto* label : {&row.label, &row.hint, &row.constraint_message, &row.required_message})
        for (const auto& [language, text] : *label) check_references(row, text);
      if (!row.warns.empty() && form_->find(row.warns) == no_row)
        fail(row, "warn", "unknown_name", {{"name", row.warns}});
      if (row.plain_default.empty()) continue;
      if (!canonical_answer(*form_, row, row.plain_default, 0).problem.empty())
        fail(row, "default", "bad_default", {{"value", row.plain_default}});
    }
  }

  /// ${name} in a text shows the answer.
  void check_references(const Row& row, const std::string& text) {
    for (auto at = text.find("${"); at != std::string::npos; at = text.find("${", at + 2)) {
      const auto end = text.find('}', at);
      const auto name = end == std::string::npos ? std::string() : text.substr(at + 2, end - at - 2);
      if (form_->find(name) == no_row) fail(row, "label", "unknown_name", {{"name", name}});
    }
  }

  void find_gate() {
    auto& gate = form_->gate_;
    for (std::size_t i = 0; i < form_->rows_.size(); ++i) {
      const auto& row = form_->rows_[i];
      if (!row.gate) continue;
      if (row.section != static_cast<RowIndex>(i)) fail(row, "gate", "gate_is_a_section");
      if (gate.exists()) {
        fail(row, "gate", "second_gate");
      } else {
        gate.section = static_cast<RowIndex>(i);
      }
    }
    if (!gate.exists()) return;
    const auto& section = form_->row(gate.section);
    gate.problem = gate_row(section, "gate_problem");
    gate.open = gate_row(section, "gate_open");
    gate.ok = gate_row(section, "gate_ok");
  }

  RowIndex gate_row(const Row& section, std::string_view name) {
    const auto row = form_->find(name);
    if (row != no_row && form_->row(row).type == RowType::Calculate && form_->row(row).scope == no_row) return row;
    fail(section, "gate", "no_gate_calculation", {{"name", std::string(name)}});
    return no_row;
  }

  std::shared_ptr<Form> form_ = std::make_shared<Form>();
  LoadProblems problems_;
  std::vector<std::size_t> open_;
  /// What each row's select chooses from, as the type cell says it.
  std::vector<std::string> sources_;
};

LoadResult load(const Json& json) {
  return FormLoader().load(json);
}

}  // namespace anketa::form
