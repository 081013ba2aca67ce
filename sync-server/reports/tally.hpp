// Counts and numbers of one question, gathered over questionnaires of any version of its form.
//
// Thread safety: plain values.
#pragma once

#include <string>
#include <vector>

#include "shared/form/form.hpp"
#include "shared/record/json.hpp"

namespace anketa::server::reports {

/// Of one row of one version of a form.
struct Tally {
  /// Answers given; in a repeat, over all its items.
  int answered = 0;
  /// By place in the choice list.
  std::vector<int> choices;
  std::vector<double> numbers;

  void add_choice(int choice);
};

/// How a question's results are shown.
enum class ResultKind {
  Choice,   ///< one of several: shares add up to a whole
  Choices,  ///< any of several
  Scale,    ///< a whole number of a short range: a distribution
  Number,   ///< statistics and bins
  Money,    ///< the same, of kopecks
  Date,     ///< by month
  Text,     ///< to be read
  Count     ///< only how many there are: persons, pictures, files, acknowledgements
};

/// "choice", "choices", "scale", "number", "money", "date", "text", "count".
std::string_view id(ResultKind kind);
ResultKind result_kind(const form::Row& row);

/// What the numbers come to: {"min", "max", "mean", "median"}; null without any.
Json statistics(std::vector<double> numbers);
/// Equal bins with round bounds, at most ten: [{"from", "to", "count"}], "to" excluded but in the last.
Json bins(const std::vector<double>& numbers);
/// How often each whole number from start to end was given: [{"value", "count"}].
Json scale_counts(const std::vector<double>& numbers, const form::RangeBounds& range);
/// [{"month": "2025-06", "count"}] with the empty months between; of days since 1970-01-01.
Json month_counts(const std::vector<double>& days);

}  // namespace anketa::server::reports
