#include "tools/import/values.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "shared/form/default_template.hpp"
#include "tools/import/letters.hpp"

namespace anketa::importer {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The text without spaces (no-break ones included) and currency signs.
std::string without_spaces(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto rest = text.substr(at);
    if (rest.front() == ' ' || rest.front() == '\'')
      at += 1;
    else if (rest.substr(0, 2) == "\xC2\xA0")
      at += 2;
    else if (rest.substr(0, 3) == "\xE2\x80\xAF" || rest.substr(0, 3) == "₽")
      at += 3;
    else
      out += text[at++];
  }
  for (const std::string_view unit : {"руб.", "руб", "RUB", "р."})
    if (out.size() > unit.size() && std::string_view(out).substr(out.size() - unit.size()) == unit)
      return out.substr(0, out.size() - unit.size());
  return out;
}

std::optional<std::int64_t> integer_of(std::string_view digits) {
  const bool negative = !digits.empty() && digits.front() == '-';
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 15 || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  const auto value = static_cast<std::int64_t>(std::stoll(std::string(digits)));
  return negative ? -value : value;
}

ParsedValue integer(std::string_view text) {
  auto plain = without_spaces(text);
  // A spreadsheet's "100,0" is still a whole number.
  if (const auto point = plain.find_first_of(".,");
      point != std::string::npos && plain.find_first_not_of('0', point + 1) == std::string::npos)
    plain.resize(point);
  const auto value = integer_of(plain);
  if (!value || *value < 0) return Unfit{"not_whole_number"};
  return Json(*value);
}

ParsedValue money(std::string_view text) {
  auto plain = without_spaces(text);
  const auto last = plain.find_last_of(".,");
  std::string cents = "00";
  if (last != std::string::npos && plain.size() - last - 1 <= 2) {
    cents = plain.substr(last + 1);
    cents.resize(2, '0');
    plain.resize(last);
  }
  // What is left of points and commas only groups thousands.
  plain.erase(std::remove_if(plain.begin(), plain.end(), [](char c) { return c == ',' || c == '.'; }), plain.end());
  const auto whole = integer_of(plain.empty() ? "0" : plain + cents);
  if (!whole) return Unfit{"not_money"};
  return Json(*whole);
}

bool check_digits_fit(std::string_view inn) {
  constexpr std::array<int, 11> weights{3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8};
  const auto digit_fits = [&](std::size_t place) {
    int sum = 0;
    for (std::size_t i = 0; i < place; ++i) sum += weights[weights.size() - place + i] * (inn[i] - '0');
    return sum % 11 % 10 == inn[place] - '0';
  };
  return inn.size() == 10 ? digit_fits(9) : digit_fits(10) && digit_fits(11);
}

ParsedValue inn(std::string_view text) {
  const auto plain = without_spaces(text);
  if (!std::all_of(plain.begin(), plain.end(), is_digit) || (plain.size() != 10 && plain.size() != 12))
    return Unfit{"inn_length"};
  if (!check_digits_fit(plain)) return Unfit{"inn_check"};
  return Json(plain);
}

ParsedValue phone(std::string_view text) {
  const auto digits = std::count_if(text.begin(), text.end(), is_digit);
  if (digits < 5 || digits > 40) return Unfit{"not_phone"};
  return Json(std::string(text));
}

ParsedValue email(std::string_view text) {
  const auto at = text.find('@');
  const bool fits = at != text.npos && at > 0 && at + 1 < text.size() && text.find(' ') == text.npos &&
                    text.find('.', at) != text.npos;
  if (!fits) return Unfit{"not_email"};
  return Json(std::string(text));
}

ParsedValue key_status(std::string_view text) {
  static const std::map<std::string_view, std::string_view> words{
      {"да", "key"},           {"ключевой", "key"}, {"вип", "key"},       {"vip", "key"},
      {"key", "key"},          {"yes", "key"},      {"1", "key"},         {"+", "key"},
      {"топ", "top"},          {"top", "top"},      {"важнейший", "top"}, {"нет", "ordinary"},
      {"обычный", "ordinary"}, {"no", "ordinary"},  {"0", "ordinary"},    {"ordinary", "ordinary"},
  };
  const auto found = words.find(text == "+" ? std::string("+") : folded(text));
  if (found == words.end()) return Unfit{"not_key_status"};
  return Json(found->second);
}

/// Codes of a choice list of the shipped questionnaire by every folded spelling of its choices.
std::map<std::string, std::string> spellings(std::string_view list_name) {
  std::map<std::string, std::string> all;
  const auto* list = form::default_template()->choice_list(list_name);
  if (!list) return all;
  for (const auto& choice : list->choices) {
    all[folded(choice.name)] = choice.name;
    for (const auto& [language, label] : choice.label) all[folded(label)] = choice.name;
  }
  return all;
}

ParsedValue set_of(std::string_view text, const std::map<std::string, std::string>& known, std::string_view reason) {
  std::set<std::string> codes;
  while (!text.empty()) {
    const auto end = text.find_first_of(",;|\n");
    const auto word = folded(text.substr(0, end));
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
    if (word.empty()) continue;
    const auto code = known.find(word);
    if (code == known.end()) return Unfit{std::string(reason)};
    codes.insert(code->second);
  }
  return Json(codes);
}

}  // namespace

ParsedValue parse_value(std::string_view text, ValueKind kind) {
  static const auto services = spellings("serv");
  static const auto roles = spellings("crole");
  switch (kind) {
    case ValueKind::Inn:
      return inn(text);
    case ValueKind::Phone:
      return phone(text);
    case ValueKind::Email:
      return email(text);
    case ValueKind::Integer:
      return integer(text);
    case ValueKind::Money:
      return money(text);
    case ValueKind::KeyStatus:
      return key_status(text);
    case ValueKind::Services:
      return set_of(text, services, "unknown_service");
    case ValueKind::Roles:
      return set_of(text, roles, "unknown_role");
    case ValueKind::Text:
      break;
  }
  return Json(std::string(text));
}

}  // namespace anketa::importer
