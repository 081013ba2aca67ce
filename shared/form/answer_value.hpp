// Answers between people, records and expressions: what a question takes, how it is stored, how it is evaluated.
//
// Stored shapes: integers as JSON integers (sums of money in minor units), decimals as text "12.5", dates "2025-06-10",
// times "09:30", date-times with offset, a choice as its name, several choices as a sorted array of names, an
// acknowledgement as "OK", an attachment as its SHA-256 or id.
#pragma once

#include <string>

#include "shared/form/form.hpp"
#include "shared/form/value.hpp"

namespace anketa::form {

/// An answer in the shape it is stored in; or why it does not fit, as the key of a text and its arguments.
struct CanonicalAnswer {
  /// Null: no answer.
  Json value;
  std::string problem;
  text::Arguments arguments;
};

/// Reads what a person or a program gave: numbers also as text ("12,5"), dates also as "10.06.2025", several choices
/// also separated by spaces. Does not look at constraints, filters and repeats.
CanonicalAnswer canonical_answer(const Form& form, const Row& row, const Json& given, int offset_minutes);

/// What expressions see of a stored answer; whatever does not fit is seen as text.
Scalar scalar_of_answer(const Row& row, const Json& stored);
/// A derived value as JSON: truths as true and false, whole numbers as integers, others as decimal text; null if empty.
Json json_of_scalar(const Scalar& scalar);

/// The answer as a person reads it: labels of choices, dates and sums in the manner of the language.
std::string answer_text(const Form& form, const Row& row, const Json& stored, std::string_view language);

}  // namespace anketa::form
