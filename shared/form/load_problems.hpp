// Problems of a form, each with the sheet, row and column it stands in.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "shared/form/expression.hpp"
#include "shared/problem/problem.hpp"

namespace anketa::form {

/// The problem with its place: `where` becomes "survey row 12, relevant".
inline Problem at_cell(Problem problem, std::string_view sheet, int row, std::string_view column) {
  problem.where = std::string(sheet);
  problem.arguments["sheet"] = sheet;
  if (row > 0) {
    problem.where += " row " + std::to_string(row);
    problem.arguments["row"] = std::to_string(row);
  }
  if (!column.empty()) {
    problem.where += ", " + std::string(column);
    problem.arguments["column"] = column;
  }
  return problem;
}

/// Collects what is wrong, up to a number that nobody reads to the end.
class LoadProblems {
 public:
  static constexpr std::size_t most = 200;

  /// `reason` is the last part of a text key, form.reason.<reason>. Row 0: the sheet as a whole.
  void add(std::string_view sheet, int row, std::string_view column, std::string_view reason,
           text::Arguments arguments = {}) {
    arguments["reason"] = "form.reason." + std::string(reason);
    add(at_cell(Problem{ProblemCode::FormInvalid, std::move(arguments), ""}, sheet, row, column));
  }
  void add(const ExpressionError& error, int row, std::string_view column, std::string_view source) {
    auto problem = at_cell(error.problem(), "survey", row, column);
    problem.arguments["expression"] = source;
    add(std::move(problem));
  }
  void add(Problem problem) {
    if (problems_.size() < most) problems_.push_back(std::move(problem));
  }
  bool empty() const { return problems_.empty(); }
  /// Nothing worse than single expressions that cannot be read.
  bool only_expressions() const {
    return std::all_of(problems_.begin(), problems_.end(),
                       [](const Problem& problem) { return problem.code == ProblemCode::ExpressionInvalid; });
  }
  /// In the order of the sheets' rows.
  std::vector<Problem> take();

 private:
  std::vector<Problem> problems_;
};

}  // namespace anketa::form
