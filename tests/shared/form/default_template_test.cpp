#include "shared/form/default_template.hpp"

#include <catch2/catch_test_macros.hpp>
#include <iostream>

#include "form_fixture.hpp"

using namespace anketa;
using namespace anketa::form;

TEST_CASE("the default template loads without a problem (R6)") {
  const auto result = load(default_template_json());
  for (const auto& problem : result.problems)
    UNSCOPED_INFO(problem.where << ": " << problem.what(text::Language::English));
  REQUIRE(result.form);
  CHECK(result.form->sections().size() == 9);
}
