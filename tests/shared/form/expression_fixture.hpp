// Tables of expressions, their type and value; and the reasons of broken ones.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "form_fixture.hpp"

namespace anketa::form::testing {
struct Case {
  const char* expression;
  const char* type;
  const char* value;
};

inline const Form& empty_form() {
  static const auto form = form_of(R"([{"type": "text", "name": "x", "label": "X"}])");
  return *form;
}

inline std::string shown(const Evaluation& result) {
  return result.value.is_string() ? result.value.get<std::string>() : result.value.dump();
}

inline void check_all(const std::vector<Case>& cases, const Form& form, const Json& answers) {
  for (const auto& each : cases) {
    INFO(each.expression);
    try {
      const auto result = evaluate_text(each.expression, form, answers, test_now, "ru");
      CHECK(result.type == each.type);
      CHECK(shown(result) == each.value);
    } catch (const ProblemError& error) {
      FAIL_CHECK(error.what());
    }
  }
}

inline void check_all(const std::vector<Case>& cases) {
  check_all(cases, empty_form(), Json::object());
}

/// Reason of the error an expression gives.
inline std::string reason_of(const char* expression, const Form& form, const Json& answers = Json::object()) {
  try {
    evaluate_text(expression, form, answers, test_now, "ru");
  } catch (const ProblemError& error) {
    CHECK(error.problem().code == ProblemCode::ExpressionInvalid);
    const auto reason = error.problem().arguments.at("reason");
    CHECK(text::has(text::Language::Russian, reason));
    CHECK(text::has(text::Language::English, reason));
    return reason.substr(std::string("form.reason.").size());
  }
  return "none";
}
}  // namespace anketa::form::testing
