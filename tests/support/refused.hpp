// Why something is refused.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <functional>

#include "shared/problem/problem.hpp"

namespace anketa::test {

/// The code of the problem that the work ends with; the test fails where there is none.
inline ProblemCode refused(const std::function<void()>& work) {
  try {
    work();
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  FAIL("not refused");
  return ProblemCode::Internal;
}

}  // namespace anketa::test
