#include "shared/form/value.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>

#include "shared/form/local_time.hpp"

namespace anketa::form {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

/// 10 to a whole power; exact up to 22, the range in which a decimal of 15 digits is read without error.
double power_of_ten(std::size_t exponent) {
  double power = 1;
  for (std::size_t i = 0; i < exponent; ++i) power *= 10;
  return power;
}

}  // namespace

// printf, not to_chars: Emscripten's libc++ has no to_chars for doubles.
std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  if (number == 0) return "0";
  if (number == std::floor(number) && std::fabs(number) < 1e15) return std::to_string(static_cast<long long>(number));
  std::array<char, 64> buffer{};
  const double size = std::fabs(number);
  if (size >= 1e21) {
    std::snprintf(buffer.data(), buffer.size(), "%.15g", number);
    return buffer.data();
  }
  // Fixed notation with 15 significant digits.
  const int magnitude = static_cast<int>(std::floor(std::log10(size)));
  const int places = std::min(30, std::max(0, 14 - magnitude));
  std::snprintf(buffer.data(), buffer.size(), "%.*f", places, number);
  std::string text = buffer.data();
  for (auto& c : text)
    if (c == ',') c = '.';  // a process may have set a locale with a decimal comma
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

double parse_number(std::string_view text) {
  text = trimmed(text);
  bool negative = false;
  if (!text.empty() && text.front() == '-') {
    negative = true;
    text.remove_prefix(1);
  }
  if (text.empty() || text == ".") return nan_value;
  double digits = 0;
  std::size_t places = 0;
  bool point = false;
  for (const char c : text) {
    if (c == '.') {
      if (point) return nan_value;
      point = true;
    } else if (c >= '0' && c <= '9') {
      digits = digits * 10 + (c - '0');
      if (point) ++places;
    } else {
      return nan_value;
    }
  }
  const double number = places == 0 ? digits : digits / power_of_ten(places);
  return negative ? -number : number;
}

std::string to_text(const Scalar& scalar) {
  if (const auto* text = std::get_if<std::string>(&scalar)) return *text;
  if (const auto* number = std::get_if<double>(&scalar)) return number_text(*number);
  return std::get<bool>(scalar) ? "true" : "false";
}

double to_number(const Scalar& scalar, int offset_minutes) {
  if (const auto* number = std::get_if<double>(&scalar)) return *number;
  if (const auto* truth = std::get_if<bool>(&scalar)) return *truth ? 1 : 0;
  const auto& text = std::get<std::string>(scalar);
  // A date has its first dash after four digits; a negative number begins with it.
  if (text.size() >= 10 && text[4] == '-') {
    const auto parts = parse_date_time(text);
    return parts ? days_since_epoch(*parts, offset_minutes) : nan_value;
  }
  return parse_number(text);
}

bool to_truth(const Scalar& scalar) {
  if (const auto* truth = std::get_if<bool>(&scalar)) return *truth;
  if (const auto* number = std::get_if<double>(&scalar)) return *number != 0 && !std::isnan(*number);
  return !std::get<std::string>(scalar).empty();
}

bool is_empty(const Scalar& scalar) {
  const auto* text = std::get_if<std::string>(&scalar);
  return text != nullptr && text->empty();
}

std::string_view type_name(const Value& value) {
  constexpr std::array<std::string_view, 4> names{"string", "number", "boolean", "nodeset"};
  return names[value.index()];
}

}  // namespace anketa::form
