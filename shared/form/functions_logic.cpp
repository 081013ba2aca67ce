// Functions over truth, and those that choose between values.
#include <array>

#include "shared/form/evaluator.hpp"
#include "shared/form/functions.hpp"

namespace anketa::form {
namespace {

Value always(Call&) {
  return true;
}
Value never(Call&) {
  return false;
}
Value boolean(Call& call) {
  return call.truth(0);
}
Value negation(Call& call) {
  return !call.truth(0);
}
// Only the branch that is taken is evaluated.
Value choose(Call& call) {
  return call.value(call.truth(0) ? 1 : 2);
}

Value coalesce(Call& call) {
  for (std::size_t i = 0; i < call.size(); ++i) {
    const auto scalar = call.evaluator().scalar(call.value(i));
    if (!is_empty(scalar)) return std::visit([](const auto& held) { return Value(held); }, scalar);
  }
  return std::string();
}

/// The value the question has, or else the expression's: it is computed once and then kept.
Value once(Call& call) {
  const auto& own = call.context().own;
  if (own.row != no_row && own.item != nullptr) {
    const auto& kept = call.state().stored(own.row, *own.item);
    if (!is_empty(kept)) return std::visit([](const auto& held) { return Value(held); }, kept);
  }
  return call.value(0);
}

bool within(double count, double least, double most) {
  return (least == -1 || count >= least) && (most == -1 || count <= most);
}

Value checklist(Call& call) {
  double count = 0;
  for (const auto& answer : call.texts_from(2)) count += answer == "yes" ? 1 : 0;
  return within(count, call.number(0), call.number(1));
}

Value weighted_checklist(Call& call) {
  if (call.size() % 2 != 0) call.fail("needs_pairs", {{"function", "weighted-checklist"}});
  double weight = 0;
  for (std::size_t i = 2; i + 1 < call.size(); i += 2)
    if (call.text(i) == "yes") weight += call.number(i + 1);
  return within(weight, call.number(0), call.number(1));
}

constexpr std::array<FunctionInfo, 9> functions{{
    {"true", 0, 0, FunctionTrait::None, always},
    {"false", 0, 0, FunctionTrait::None, never},
    {"boolean", 1, 1, FunctionTrait::None, boolean},
    {"not", 1, 1, FunctionTrait::None, negation},
    {"if", 3, 3, FunctionTrait::None, choose},
    {"coalesce", 2, -1, FunctionTrait::None, coalesce},
    {"once", 1, 1, FunctionTrait::Once, once},
    {"checklist", 2, -1, FunctionTrait::None, checklist},
    {"weighted-checklist", 4, -1, FunctionTrait::None, weighted_checklist},
}};

}  // namespace

std::span<const FunctionInfo> logic_functions() {
  return functions;
}

}  // namespace anketa::form
