#include "shared/form/answer_value.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "shared/form/limits.hpp"
#include "shared/form/local_time.hpp"
#include "shared/form/utf8.hpp"

namespace anketa::form {
namespace {

CanonicalAnswer bad(std::string_view reason, text::Arguments arguments = {}) {
  return {nullptr, "form.answer." + std::string(reason), std::move(arguments)};
}
CanonicalAnswer good(Json value) {
  return {std::move(value), "", {}};
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(white) - first + 1));
}

/// Text of a number as it was given, with the decimal point of the record; empty if it is neither number nor text.
std::string given_number(const Json& given) {
  if (given.is_number_integer()) return given.dump();
  if (given.is_number()) return number_text(given.get<double>());
  if (!given.is_string()) return {};
  auto text = trimmed(given.get_ref<const std::string&>());
  std::replace(text.begin(), text.end(), ',', '.');
  // Thousands may be grouped by spaces, no-break ones included.
  std::string digits;
  for (const auto point : code_points(text))
    if (point != ' ' && point != 0xA0 && point != 0x202F) append_utf8(digits, point);
  return digits;
}

CanonicalAnswer integer(const Json& given) {
  const auto text = given_number(given);
  const double number = parse_number(text);
  if (std::isnan(number) || number != std::floor(number)) return bad("not_an_integer");
  if (std::fabs(number) > static_cast<double>(max_integer)) return bad("number_too_large");
  return good(static_cast<std::int64_t>(number));
}

/// Canonical decimal text: no leading zeros but one, no trailing ones, no minus zero.
CanonicalAnswer decimal(const Json& given) {
  auto text = given_number(given);
  if (std::isnan(parse_number(text))) return bad("not_a_number");
  const bool negative = text.front() == '-';
  if (negative) text.erase(0, 1);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (!text.empty() && text.back() == '.') text.pop_back();
  }
  if (text.empty() || text.front() == '.') text.insert(0, "0");
  if (static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return c != '.'; })) >
      max_decimal_digits)
    return bad("number_too_large");
  return good(negative && text != "0" ? "-" + text : text);
}

CanonicalAnswer range(const Row& row, const Json& given) {
  const double number = parse_number(given_number(given));
  if (std::isnan(number)) return bad("not_a_number");
  const auto& bounds = row.range;
  if (number < bounds.start || number > bounds.end)
    return bad("out_of_range", {{"start", number_text(bounds.start)}, {"end", number_text(bounds.end)}});
  const double steps = (number - bounds.start) / bounds.step;
  if (std::fabs(steps - std::round(steps)) > 1e-9) return bad("off_step", {{"step", number_text(bounds.step)}});
  return number == std::floor(number) ? integer(given) : decimal(given);
}

/// "10.06.2025" → "2025-06-10"; anything else as it is.
std::string iso_date(std::string text) {
  const bool dotted = text.size() >= 10 && text[2] == '.' && text[5] == '.';
  if (!dotted) return text;
  return text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2) + text.substr(10);
}

CanonicalAnswer temporal(const Row& row, const Json& given, int offset_minutes) {
  const auto reason = row.type == RowType::Time   ? "not_a_time"
                      : row.type == RowType::Date ? "not_a_date"
                                                  : "not_a_date_time";
  if (!given.is_string()) return bad(reason);
  auto parts = parse_date_time(iso_date(trimmed(given.get_ref<const std::string&>())));
  if (!parts) return bad(reason);
  if (row.type == RowType::Time) return parts->has_time && !parts->has_date ? good(time_text(*parts)) : bad(reason);
  if (!parts->has_date) return bad(reason);
  if (row.type == RowType::Date) return good(date_text(*parts));
  return parts->has_time ? good(date_time_text(*parts, offset_minutes)) : bad(reason);
}

CanonicalAnswer one_choice(const Form& form, const Row& row, const Json& given) {
  std::string name;
  if (given.is_string()) name = trimmed(given.get_ref<const std::string&>());
  if (given.is_number_integer()) name = given.dump();
  const auto* list = form.choice_list(row.choice_list);
  if (name.empty() || (list != nullptr && list->find(name) == nullptr)) return bad("no_such_choice", {{"value", name}});
  return good(name);
}

CanonicalAnswer several_choices(const Form& form, const Row& row, const Json& given) {
  std::set<std::string> names;
  if (given.is_string()) {
    std::string_view rest = given.get_ref<const std::string&>();
    while (!rest.empty()) {
      const auto end = std::min(rest.find(' '), rest.size());
      if (end > 0) names.emplace(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } else if (given.is_array()) {
    for (const auto& each : given) {
      if (!each.is_string()) return bad("no_such_choice", {{"value", each.dump()}});
      names.insert(each.get<std::string>());
    }
  } else {
    return bad("not_a_list");
  }
  const auto* list = form.choice_list(row.choice_list);
  for (const auto& name : names)
    if (list == nullptr || list->find(name) == nullptr) return bad("no_such_choice", {{"value", name}});
  return good(names.empty() ? Json() : Json(names));
}

CanonicalAnswer attachment(const Json& given) {
  if (!given.is_string()) return bad("not_an_attachment");
  const auto& text = given.get_ref<const std::string&>();
  const bool id = text.size() == 64 || text.size() == 36;
  const bool hex = std::all_of(text.begin(), text.end(),
                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-'; });
  return id && hex ? good(text) : bad("not_an_attachment");
}

CanonicalAnswer free_text(const Json& given) {
  if (!given.is_string()) return given.is_number_integer() ? good(given.dump()) : bad("not_a_text");
  const auto& text = given.get_ref<const std::string&>();
  if (text.size() > max_text_bytes) return bad("text_too_long");
  if (!is_utf8(text)) return bad("not_a_text");
  return good(text);
}

CanonicalAnswer acknowledgement(const Json& given) {
  const bool yes = given == Json(true) || given == Json("OK") || given == Json("yes");
  return yes ? good("OK") : bad("not_acknowledged");
}

/// "1 234 567,80 ₽" or "₽1,234,567.80"; kopecks only where there are any.
std::string money_text(std::int64_t minor, bool russian) {
  const auto magnitude = minor < 0 ? -minor : minor;
  auto digits = std::to_string(magnitude / 100);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), russian ? "\xC2\xA0" : ",");
  if (const auto kopecks = magnitude % 100; kopecks != 0)
    digits += (russian ? "," : ".") + std::string(kopecks < 10 ? "0" : "") + std::to_string(kopecks);
  const std::string sign = minor < 0 ? "−" : "";
  return russian ? sign + digits + "\xC2\xA0₽" : sign + "₽" + digits;
}

std::string choice_text(const Form& form, const Row& row, const std::string& name, std::string_view language) {
  const auto* list = form.choice_list(row.choice_list);
  const auto* choice = list == nullptr ? nullptr : list->find(name);
  return choice == nullptr ? name : form.text(choice->label, language);
}

}  // namespace

CanonicalAnswer canonical_answer(const Form& form, const Row& row, const Json& given, int offset_minutes) {
  if (given.is_null() || (given.is_string() && given.get_ref<const std::string&>().empty())) return good(nullptr);
  switch (row.type) {
    case RowType::Integer:
      return integer(given);
    case RowType::Decimal:
      return decimal(given);
    case RowType::Range:
      return range(row, given);
    case RowType::Date:
    case RowType::Time:
    case RowType::DateTime:
      return temporal(row, given, offset_minutes);
    case RowType::SelectOne:
      return one_choice(form, row, given);
    case RowType::SelectMultiple:
      return several_choices(form, row, given);
    case RowType::Acknowledge:
      return acknowledgement(given);
    case RowType::Image:
    case RowType::File:
      return attachment(given);
    default:
      return free_text(given);
  }
}

Scalar scalar_of_answer(const Row& row, const Json& stored) {
  if (stored.is_null()) return std::string();
  if (stored.is_boolean()) return stored.get<bool>();
  if (stored.is_number()) return stored.get<double>();
  if (stored.is_array()) {
    std::string names;
    for (const auto& each : stored) {
      if (!each.is_string()) continue;
      if (!names.empty()) names += ' ';
      names += each.get_ref<const std::string&>();
    }
    return names;
  }
  if (!stored.is_string()) return stored.dump();
  const auto& text = stored.get_ref<const std::string&>();
  if (row.type == RowType::Decimal || row.type == RowType::Range || row.type == RowType::Integer) {
    const double number = parse_number(text);
    if (!std::isnan(number)) return number;
  }
  return text;
}

Json json_of_scalar(const Scalar& scalar) {
  if (is_empty(scalar)) return nullptr;
  if (const auto* truth = std::get_if<bool>(&scalar)) return *truth;
  if (const auto* number = std::get_if<double>(&scalar)) {
    if (*number == std::floor(*number) && std::fabs(*number) <= static_cast<double>(max_integer))
      return static_cast<std::int64_t>(*number);
    return number_text(*number);
  }
  return std::get<std::string>(scalar);
}

std::string answer_text(const Form& form, const Row& row, const Json& stored, std::string_view language) {
  const bool russian = language.substr(0, 2) != "en";
  if (stored.is_null()) return {};
  if (row.type == RowType::SelectOne && stored.is_string())
    return choice_text(form, row, stored.get<std::string>(), language);
  if (row.type == RowType::SelectMultiple && stored.is_array()) {
    std::string joined;
    for (const auto& name : stored)
      if (name.is_string()) joined += (joined.empty() ? "" : ", ") + choice_text(form, row, name, language);
    return joined;
  }
  if (row.type == RowType::Integer && row.appearance == "money" && stored.is_number_integer())
    return money_text(stored.get<std::int64_t>(), russian);
  auto text = to_text(scalar_of_answer(row, stored));
  if (russian && (row.type == RowType::Decimal || row.type == RowType::Range))
    std::replace(text.begin(), text.end(), '.', ',');
  if (row.type == RowType::Date && russian && text.size() == 10)
    return text.substr(8, 2) + "." + text.substr(5, 2) + "." + text.substr(0, 4);
  return text;
}

}  // namespace anketa::form
