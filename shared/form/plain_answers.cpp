#include "shared/form/plain_answers.hpp"

#include <algorithm>
#include <set>

#include "shared/form/fill_state.hpp"

namespace anketa::form {
namespace {

/// Puts one object of plain answers through the session, row by row in form order.
class PlainAnswers {
 public:
  explicit PlainAnswers(FillSession& session) : session_(session), form_(session.form()) {}

  PlainReport run(const Json& plain) {
    if (plain.is_object()) {
      object(0, static_cast<RowIndex>(form_.size()), "", plain);
    } else {
      report_.problems.push_back(Problem{ProblemCode::WrongType, {}, ""});
    }
    return std::move(report_);
  }

 private:
  void object(RowIndex first, RowIndex last, const std::string& prefix, const Json& plain) {
    std::set<std::string> used;
    rows(first, last, prefix, plain, used, "");
    for (const auto& [key, value] : plain.items())
      if (!used.contains(key) && key != "id" && key != "pos") unknown(prefix + key);
  }

  /// `shortening` is what keys inside a group's object may leave out: "offers_".
  void rows(RowIndex first, RowIndex last, const std::string& prefix, const Json& plain, std::set<std::string>& used,
            const std::string& shortening) {
    for (auto i = first; i < last;) {
      const auto& row = form_.row(i);
      const auto key = key_of(row.name, plain, shortening);
      if (!key.empty()) used.insert(key);
      if (row.type == RowType::Group && !key.empty() && plain.at(key).is_object()) {
        group(i, prefix, plain.at(key));
      } else if (row.type == RowType::Repeat && !key.empty()) {
        repeat(i, prefix + row.name, plain.at(key));
      } else if (!key.empty()) {
        answer(row, prefix + row.name, plain.at(key));
      }
      i = row.type == RowType::Repeat ? row.end : i + 1;
    }
  }

  void group(RowIndex index, const std::string& prefix, const Json& plain) {
    const auto& row = form_.row(index);
    std::set<std::string> used;
    rows(index + 1, row.end, prefix, plain, used, row.name + "_");
    for (const auto& [key, value] : plain.items())
      if (!used.contains(key)) unknown(prefix + row.name + "." + key);
  }

  static std::string key_of(const std::string& name, const Json& plain, const std::string& shortening) {
    if (plain.contains(name)) return name;
    if (!shortening.empty() && name.compare(0, shortening.size(), shortening) == 0) {
      auto shortened = name.substr(shortening.size());
      if (plain.contains(shortened)) return shortened;
    }
    return {};
  }

  void repeat(RowIndex index, const std::string& path, const Json& plain) {
    if (!plain.is_array()) {
      report_.problems.push_back(answer_problem("not_a_list", path));
      return;
    }
    for (const auto& each : plain) {
      if (!each.is_object()) {
        report_.problems.push_back(answer_problem("not_an_item", path));
        continue;
      }
      try {
        object(index + 1, form_.row(index).end, item_for(index, path, each) + "/", each);
      } catch (const ProblemError& error) {
        report_.problems.push_back(error.problem());
      }
    }
  }

  /// Path of the item that the plain one means: by id, by its label (a person's name), or a new one.
  std::string item_for(RowIndex repeat, const std::string& path, const Json& plain) {
    const auto id = string_or_empty(plain, "id");
    std::string label;
    for (auto i = repeat + 1; label.empty() && i < form_.row(repeat).end; ++i)
      if (form_.row(i).type == RowType::Text) label = string_or_empty(plain, form_.row(i).name);
    for (const auto& item : session_.items(path))
      if (id.empty() ? !label.empty() && item.label == label : item.id == id) return item.path;
    return session_.add_item(path);
  }

  void answer(const Row& row, const std::string& path, Json value) {
    if (row.choice_repeat != no_row && value.is_string()) value = item_id(row, value.get<std::string>());
    if (auto problem = session_.answer(path, value)) {
      // A file may well repeat what was prefilled.
      const bool same = problem->code == ProblemCode::ReadOnlyField && session_.question(path).value == value;
      if (!same) report_.problems.push_back(*problem);
      if (!same) return;
    }
    ++report_.applied;
  }

  std::string item_id(const Row& row, const std::string& given) const {
    for (const auto& item : session_.items(form_.row(row.choice_repeat).name))
      if (item.id == given || item.label == given) return item.id;
    return given;
  }

  void unknown(std::string path) { report_.problems.push_back(answer_problem("no_such_question", std::move(path))); }

  FillSession& session_;
  const Form& form_;
  PlainReport report_;
};

}  // namespace

PlainReport apply_plain_answers(FillSession& session, const Json& plain) {
  return PlainAnswers(session).run(plain);
}

}  // namespace anketa::form
