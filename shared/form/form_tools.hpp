// What `anketa form check | show | convert | eval` do, as pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/form/form.hpp"
#include "shared/form/local_time.hpp"

namespace anketa::form {

/// All problems of a form; empty if it is sound.
std::vector<Problem> check_form(const Json& json);

/// An outline for reading: sections, questions with types, choices and conditions, one line each.
std::string show_form(const Form& form, std::string_view language);

/// The sheets with one object per row, labels by language code, empty cells left out: the form this project stores.
/// Takes that form itself, spreadsheet columns ("label::ru") and sheets as arrays of cells. Throws ProblemError.
Json normalise_form(const Json& json);
/// The sheets as a spreadsheet has them: {"survey": [["type", "name", "label::ru", …], ["text", …], …], …}.
Json form_to_cells(const Json& json);

/// Value and type of an expression over answers in the stored shape; ${names} are those of the form.
struct Evaluation {
  /// "string", "number", "boolean" or "nodeset".
  std::string type;
  /// As text; of a node set its values.
  Json value;
};
/// Throws ProblemError(ExpressionInvalid).
Evaluation evaluate_text(std::string_view expression, const Form& form, const Json& answers, const LocalTime& now,
                         std::string_view language);

}  // namespace anketa::form
