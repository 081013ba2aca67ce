// The outline of a form for reading: `anketa form show`.
#include "shared/form/form_tools.hpp"

namespace anketa::form {
namespace {

class Outline {
 public:
  Outline(const Form& form, std::string_view language)
      : form_(form), language_(language), words_(text::from_code(language)) {}

  std::string run() {
    out_ = form_.text(form_.settings().title, language_) + "  [" + form_.settings().form_id + " " +
           form_.settings().version + "]\n";
    bool calculations = false;
    for (RowIndex i = 0; i < static_cast<RowIndex>(form_.size()); ++i) {
      const auto& row = form_.row(i);
      if (row.type == RowType::Calculate) {
        calculations = true;
      } else {
        line(row);
      }
    }
    if (calculations) out_ += "\n" + word("calculations") + "\n";
    for (const auto& row : form_.rows())
      if (row.type == RowType::Calculate) calculation(row);
    return out_;
  }

 private:
  std::string word(const std::string& key, const text::Arguments& arguments = {}) const {
    return text::get(words_, "form.show." + key, arguments);
  }

  std::string indent(const Row& row) const {
    std::string spaces;
    for (auto at = row.parent; at != no_row; at = form_.row(at).parent) spaces += "  ";
    return spaces;
  }

  void line(const Row& row) {
    if (row.section != no_row && row.parent == no_row) out_ += "\n";
    out_ += indent(row);
    if (!row.number.empty()) out_ += row.number + " ";
    out_ += form_.text(row.label, language_) + "  {" + row.name + "} [" + type(row) + "]";
    notes(row);
    out_ += "\n";
    if (row.is_select() && row.choice_repeat == no_row) choices(row);
  }

  std::string type(const Row& row) const {
    if (row.type == RowType::Integer && row.appearance == "money") return text::get(words_, "form.type.money");
    auto name = text::get(words_, "form.type." + std::string(type_id(row.type)));
    if (row.choice_repeat != no_row) name += ": ${" + form_.row(row.choice_repeat).name + "}";
    if (row.type == RowType::Range) name += " " + number_text(row.range.start) + "–" + number_text(row.range.end);
    return name;
  }

  void note(const std::string& text) { out_ += "; " + text; }

  void notes(const Row& row) {
    if (row.minutes > 0) note(word("minutes", {{"count", std::to_string(row.minutes)}}));
    if (row.side > 0) note(word("side", {{"side", std::to_string(row.side)}}));
    if (row.gate) note(word("gate"));
    if (row.always_required || row.required) note(word("required"));
    if (row.read_only) note(word("read_only"));
    if (!row.warns.empty()) note(word("warns", {{"name", row.warns}}));
    if (row.relevant) note(word("only_if", {{"condition", row.relevant->source()}}));
    if (row.constraint) note(word("check", {{"condition", row.constraint->source()}}));
    if (row.choice_filter) note(word("choices_if", {{"condition", row.choice_filter->source()}}));
    if (!row.prefill.empty()) note(word("prefill", {{"source", row.prefill}}));
    if (!row.writes_to.empty()) note(word("writes_to", {{"target", row.writes_to}}));
  }

  void choices(const Row& row) {
    const auto* list = form_.choice_list(row.choice_list);
    if (list == nullptr) return;
    out_ += indent(row) + "  (";
    bool first = true;
    for (const auto& choice : list->choices) {
      if (!first) out_ += " / ";
      first = false;
      out_ += form_.text(choice.label, language_);
    }
    out_ += ")\n";
  }

  void calculation(const Row& row) {
    out_ += "  " + row.name + " = ";
    out_ += row.calculation ? row.calculation->source() : word("prefill", {{"source", row.prefill}});
    out_ += "\n";
  }

  const Form& form_;
  std::string_view language_;
  text::Language words_;
  std::string out_;
};

}  // namespace

std::string show_form(const Form& form, std::string_view language) {
  return Outline(form, language).run();
}

}  // namespace anketa::form
