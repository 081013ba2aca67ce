// Functions over dates and times. Dates are text; as numbers they count days since 1970-01-01.
#include <array>
#include <cmath>

#include "shared/form/evaluator.hpp"
#include "shared/form/functions.hpp"
#include "shared/form/local_time.hpp"

namespace anketa::form {
namespace {

/// Parts of an argument: a date or date-time in text, or days since 1970. nullopt for an empty argument.
std::optional<DateTimeParts> parts_of(Call& call, std::size_t i) {
  const auto value = call.evaluator().scalar(call.value(i));
  if (is_empty(value)) return std::nullopt;
  std::optional<DateTimeParts> parts;
  if (const auto* text = std::get_if<std::string>(&value)) {
    parts = parse_date_time(*text);
    if (!parts) {
      const double days = parse_number(*text);
      if (!std::isnan(days)) parts = parts_of_days(days);
    }
  } else if (const auto* days = std::get_if<double>(&value)) {
    parts = parts_of_days(*days);
  }
  if (!parts) call.fail("not_a_date", {{"value", to_text(value)}});
  return parts;
}

Value today(Call& call) {
  return date_text(call.state().surroundings().now);
}
Value now(Call& call) {
  return date_time_text(call.state().surroundings().now);
}

Value date(Call& call) {
  const auto parts = parts_of(call, 0);
  if (!parts) return std::string();
  if (!parts->has_date) call.fail("not_a_date", {{"value", time_text(*parts)}});
  return date_text(*parts);
}

Value date_time(Call& call) {
  const auto parts = parts_of(call, 0);
  return parts ? date_time_text(*parts, call.offset()) : std::string();
}

Value decimal_date_time(Call& call) {
  const auto parts = parts_of(call, 0);
  if (!parts) return std::nan("");
  return days_since_epoch(*parts, call.offset());
}

Value decimal_time(Call& call) {
  const auto parts = parts_of(call, 0);
  if (!parts) return std::nan("");
  const double days = days_since_epoch(*parts, call.offset());
  return days - std::floor(days);
}

Value format(Call& call) {
  const auto parts = parts_of(call, 0);
  return parts ? format_parts(*parts, call.text(1), call.state().surroundings().language) : std::string();
}

constexpr std::array<FunctionInfo, 8> functions{{
    {"today", 0, 0, FunctionTrait::Clock, today},
    {"now", 0, 0, FunctionTrait::Clock, now},
    {"date", 1, 1, FunctionTrait::None, date},
    {"date-time", 1, 1, FunctionTrait::None, date_time},
    {"decimal-date-time", 1, 1, FunctionTrait::None, decimal_date_time},
    {"decimal-time", 1, 1, FunctionTrait::None, decimal_time},
    {"format-date", 2, 2, FunctionTrait::Language, format},
    {"format-date-time", 2, 2, FunctionTrait::Language, format},
}};

}  // namespace

std::span<const FunctionInfo> date_functions() {
  return functions;
}

}  // namespace anketa::form
