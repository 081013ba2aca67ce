// Small forms and a fixed clock for the tests of the form language.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "shared/form/fill_session.hpp"
#include "shared/form/form.hpp"
#include "shared/form/form_tools.hpp"

namespace anketa::form::testing {

/// 2025-06-10 09:30:15.250 in Moscow.
inline constexpr LocalTime test_now{1749537015250, 180};

/// A form of survey rows and choices, both as JSON texts of arrays.
inline Json form_json(std::string_view survey, std::string_view choices = "[]") {
  return {{"settings", {{"form_id", "test"}, {"version", "1"}}},
          {"survey", Json::parse(survey)},
          {"choices", Json::parse(choices)}};
}

inline std::shared_ptr<const Form> form_of(std::string_view survey, std::string_view choices = "[]") {
  return load_or_throw(form_json(survey, choices));
}

/// Ids 00000000-0000-7000-8000-000000000001, …2 and so on.
inline std::function<std::string()> counting_ids() {
  return [count = 0]() mutable {
    auto number = std::to_string(++count);
    return "00000000-0000-7000-8000-" + std::string(12 - number.size(), '0') + number;
  };
}

inline FillContext context_with(Json prefill = Json::object()) {
  FillContext context;
  context.now = test_now;
  context.prefill = std::move(prefill);
  context.new_id = counting_ids();
  return context;
}

}  // namespace anketa::form::testing
