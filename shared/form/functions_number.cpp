// Functions over numbers.
#include <array>
#include <cmath>
#include <limits>

#include "shared/form/evaluator.hpp"
#include "shared/form/functions.hpp"

namespace anketa::form {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// To the nearest, halves up (towards positive infinity), as XPath and JavaRosa do.
double rounded(double number) {
  if (!std::isfinite(number)) return number;
  // Decimal fractions are not exact in binary: 12345.15 × 10 must count as a half.
  const double slack = std::fabs(number) * 4 * std::numeric_limits<double>::epsilon();
  return std::floor(number + 0.5 + slack);
}

Value round(Call& call) {
  const double number = call.number(0);
  const double places = call.size() > 1 ? std::trunc(call.number(1)) : 0;
  if (!std::isfinite(number) || !std::isfinite(places)) return number + places - places;
  if (places > 15) return number;
  if (places < -15) return 0.0;
  const double scale = std::pow(10.0, std::fabs(places));
  return places >= 0 ? rounded(number * scale) / scale : rounded(number / scale) * scale;
}

Value integer(Call& call) {
  return std::trunc(call.number(0));
}
Value number(Call& call) {
  return call.number(0);
}
Value power(Call& call) {
  return std::pow(call.number(0), call.number(1));
}
Value logarithm(Call& call) {
  return std::log(call.number(0));
}
Value logarithm10(Call& call) {
  return std::log10(call.number(0));
}
Value absolute(Call& call) {
  return std::fabs(call.number(0));
}
Value sine(Call& call) {
  return std::sin(call.number(0));
}
Value cosine(Call& call) {
  return std::cos(call.number(0));
}
Value tangent(Call& call) {
  return std::tan(call.number(0));
}
Value arc_sine(Call& call) {
  return std::asin(call.number(0));
}
Value arc_cosine(Call& call) {
  return std::acos(call.number(0));
}
Value arc_tangent(Call& call) {
  return std::atan(call.number(0));
}
Value arc_tangent2(Call& call) {
  return std::atan2(call.number(0), call.number(1));
}
Value square_root(Call& call) {
  return std::sqrt(call.number(0));
}
Value exponential(Call& call) {
  return std::exp(call.number(0));
}
Value exponential10(Call& call) {
  return std::pow(10.0, call.number(0));
}
Value pi_number(Call&) {
  return pi;
}

// Unanswered questions and other texts that are no numbers are passed over, as JavaRosa does.
Value sum(Call& call) {
  double total = 0;
  for (const double each : call.numbers_from(0))
    if (!std::isnan(each)) total += each;
  return total;
}

Value smallest(Call& call) {
  double least = not_a_number;
  for (const double each : call.numbers_from(0))
    if (std::isnan(least) || each < least) least = each;
  return least;
}

Value largest(Call& call) {
  double most = not_a_number;
  for (const double each : call.numbers_from(0))
    if (std::isnan(most) || each > most) most = each;
  return most;
}

constexpr std::array<FunctionInfo, 21> functions{{
    {"round", 1, 2, FunctionTrait::None, round},         {"int", 1, 1, FunctionTrait::None, integer},
    {"number", 1, 1, FunctionTrait::None, number},       {"pow", 2, 2, FunctionTrait::None, power},
    {"log", 1, 1, FunctionTrait::None, logarithm},       {"log10", 1, 1, FunctionTrait::None, logarithm10},
    {"abs", 1, 1, FunctionTrait::None, absolute},        {"sin", 1, 1, FunctionTrait::None, sine},
    {"cos", 1, 1, FunctionTrait::None, cosine},          {"tan", 1, 1, FunctionTrait::None, tangent},
    {"asin", 1, 1, FunctionTrait::None, arc_sine},       {"acos", 1, 1, FunctionTrait::None, arc_cosine},
    {"atan", 1, 1, FunctionTrait::None, arc_tangent},    {"atan2", 2, 2, FunctionTrait::None, arc_tangent2},
    {"sqrt", 1, 1, FunctionTrait::None, square_root},    {"exp", 1, 1, FunctionTrait::None, exponential},
    {"exp10", 1, 1, FunctionTrait::None, exponential10}, {"pi", 0, 0, FunctionTrait::None, pi_number},
    {"sum", 1, 1, FunctionTrait::NeedsNodes, sum},       {"min", 1, -1, FunctionTrait::None, smallest},
    {"max", 1, -1, FunctionTrait::None, largest},
}};

}  // namespace

std::span<const FunctionInfo> number_functions() {
  return functions;
}

}  // namespace anketa::form
