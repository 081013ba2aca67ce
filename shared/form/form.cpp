#include "shared/form/form.hpp"

#include <algorithm>
#include <array>

#include "shared/record/sha256.hpp"

namespace anketa::form {

std::string_view type_id(RowType type) {
  constexpr std::array<std::string_view, 16> names{
      "text",  "integer", "decimal",   "date",        "time",  "dateTime", "select_one", "select_multiple",
      "range", "note",    "calculate", "acknowledge", "image", "file",     "group",      "repeat"};
  return names[static_cast<std::size_t>(type)];
}

const Choice* ChoiceList::find(std::string_view choice) const {
  const auto found = std::find_if(choices.begin(), choices.end(), [&](const Choice& c) { return c.name == choice; });
  return found == choices.end() ? nullptr : &*found;
}

bool Row::is_question() const {
  return !is_container() && type != RowType::Note && type != RowType::Calculate;
}

bool Row::is_live() const {
  return type == RowType::Calculate && (prefill.compare(0, 5, "form.") == 0 || prefill.compare(0, 5, "case.") == 0);
}

bool Row::is_stored() const {
  if (type != RowType::Calculate) return is_question();
  return calculation ? calculation->uses_once() : !is_live();
}

RowIndex Form::find(std::string_view name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? no_row : found->second;
}

RowIndex Form::child(RowIndex parent, std::string_view name) const {
  const auto row = find(name);
  return row != no_row && this->row(row).parent == parent ? row : no_row;
}

bool Form::is_ancestor_scope(RowIndex scope, RowIndex of_scope) const {
  for (auto at = of_scope;; at = row(at).scope) {
    if (at == scope) return true;
    if (at == no_row) return false;
  }
}

const ChoiceList* Form::choice_list(std::string_view name) const {
  const auto found = list_names_.find(name);
  return found == list_names_.end() ? nullptr : &choice_lists_[found->second];
}

std::size_t Form::field_count(RowIndex scope) const {
  return scopes_[static_cast<std::size_t>(scope + 1)].fields;
}

const std::vector<RowIndex>& Form::repeats_in(RowIndex scope) const {
  return scopes_[static_cast<std::size_t>(scope + 1)].repeats;
}

const std::string& Form::text(const Label& label, std::string_view language) const {
  static const std::string none;
  for (const auto wanted : {language, std::string_view(settings_.default_language), std::string_view()}) {
    const auto found = label.find(wanted);
    if (found != label.end()) return found->second;
  }
  return label.empty() ? none : label.begin()->second;
}

std::shared_ptr<const Form> load_or_throw(const Json& json) {
  auto result = load(json);
  if (!result.form) throw ProblemError(result.problems.front());
  return result.form;
}

std::string form_pin(const Json& json) {
  const auto settings = json.is_object() ? json.value("settings", Json::object()) : Json::object();
  const auto& sheet = settings.is_array() && !settings.empty() ? settings.front() : settings;
  return string_or_empty(sheet, "form_id") + "@" + string_or_empty(sheet, "version") + " " +
         hex(sha256(canonical(json)));
}

}  // namespace anketa::form
