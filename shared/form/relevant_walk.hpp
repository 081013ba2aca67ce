// Walks the stored answers of what is relevant, in form order.
#pragma once

#include <functional>
#include <string>

#include "shared/form/form_state.hpp"
#include "shared/form/results.hpp"

namespace anketa::form {

/// Calls on_answer for every relevant stored answer and on_item (path, position key) before the answers of an item.
void walk_relevant(const FormState& state, const Json& answers, const std::function<void(const AnswerView&)>& on_answer,
                   const std::function<void(const std::string&, const std::string&)>& on_item);

/// Relevant answers in the stored shape.
Json relevant_answers(const FormState& state, const Json& answers);
/// Calculations that have a value and can be derived again, by path.
Json calculated(const FormState& state);

}  // namespace anketa::form
