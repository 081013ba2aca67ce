#include "tools/anketa/interview/typed_answer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

#include "shared/form/local_time.hpp"
#include "tools/import/letters.hpp"

namespace anketa::cli {
namespace {

using form::QuestionView;
using form::RowType;

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::optional<int> whole_number(std::string_view text) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// The choice a word means: by number, by name, or by how its label begins. Empty: none; nullopt: several.
std::optional<std::string> choice_of(const QuestionView& question, const std::string& word) {
  if (const auto number = whole_number(word);
      number && *number >= 1 && *number <= static_cast<int>(question.choices.size()))
    return question.choices[static_cast<std::size_t>(*number - 1)].name;
  const auto wanted = importer::folded(word);
  std::vector<std::string> fitting;
  for (const auto& choice : question.choices) {
    const auto label = importer::folded(choice.label);
    if (choice.name == word || label == wanted) return choice.name;
    if (!wanted.empty() && label.starts_with(wanted)) fitting.push_back(choice.name);
  }
  if (fitting.size() > 1) return std::nullopt;
  return fitting.empty() ? std::string() : fitting.front();
}

std::optional<Json> one_choice(const QuestionView& question, const std::string& typed) {
  const auto choice = choice_of(question, typed);
  if (!choice) return std::nullopt;
  return Json(choice->empty() ? typed : *choice);
}

/// Numbers or labels separated by commas; numbers also by spaces: "1 3 4".
std::optional<Json> several_choices(const QuestionView& question, std::string_view typed) {
  const bool numbers = typed.find_first_not_of("0123456789 ,;") == typed.npos;
  Json chosen = Json::array();
  while (!typed.empty()) {
    const auto end = typed.find_first_of(numbers ? " ,;" : ",;");
    const auto word = trimmed(typed.substr(0, end));
    typed = end == typed.npos ? std::string_view() : typed.substr(end + 1);
    if (word.empty()) continue;
    const auto choice = choice_of(question, word);
    if (!choice) return std::nullopt;
    const Json name = choice->empty() ? word : *choice;
    if (std::find(chosen.begin(), chosen.end(), name) == chosen.end()) chosen.push_back(name);
  }
  return chosen;
}

std::string iso(int year, int month, int day) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  return text.data();
}

std::string day_from(const Today& today, int days) {
  const auto parts = form::parse_date_time(iso(today.year, today.month, today.day));
  const auto moved = form::parts_of_days(form::days_since_epoch(*parts, 0) + days);
  return moved ? form::date_text(*moved) : std::string();
}

/// "10.06", "10.06.25", "сегодня", "завтра", "+7"; anything else as it is.
std::string date(const std::string& typed, const Today& today) {
  const auto word = importer::folded(typed);
  if (word == "сегодня" || word == "today") return day_from(today, 0);
  if (word == "завтра" || word == "tomorrow") return day_from(today, 1);
  if (word == "вчера" || word == "yesterday") return day_from(today, -1);
  if (typed.starts_with('+'))
    if (const auto days = whole_number(std::string_view(typed).substr(1))) return day_from(today, *days);
  int day = 0, month = 0, year = 0, length = 0;
  const int read = std::sscanf(typed.c_str(), "%2d.%2d.%4d%n", &day, &month, &year, &length);
  if (read == 3 && length == static_cast<int>(typed.size())) return iso(year < 100 ? year + 2000 : year, month, day);
  if (std::sscanf(typed.c_str(), "%2d.%2d%n", &day, &month, &length) == 2 && length == static_cast<int>(typed.size()))
    return iso(today.year, month, day);
  return typed;
}

std::string without_spaces(std::string_view typed) {
  std::string out;
  for (std::size_t at = 0; at < typed.size(); ++at) {
    if (typed[at] == ' ') continue;
    if (typed.substr(at, 2) == "\xC2\xA0") {
      ++at;
      continue;
    }
    out += typed[at] == ',' ? '.' : typed[at];
  }
  return out;
}

/// Roubles and kopecks as kopecks; a text that is no sum as it is.
Json money(std::string_view typed) {
  const auto plain = without_spaces(typed);
  const auto point = plain.find('.');
  auto kopecks = point == std::string::npos ? std::string() : plain.substr(point + 1);
  const auto roubles = plain.substr(0, point);
  const auto digits = [](const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; };
  if (roubles.empty() || roubles.size() > 13 || kopecks.size() > 2 || !digits(roubles) || !digits(kopecks))
    return std::string(typed);
  kopecks.resize(2, '0');
  return static_cast<std::int64_t>(std::stoll(roubles + kopecks));
}

}  // namespace

Today today_of(std::string_view iso_date) {
  const auto parts = form::parse_date_time(iso_date);
  return parts ? Today{parts->year, parts->month, parts->day} : Today{};
}

std::optional<Json> typed_answer(const QuestionView& question, std::string_view typed, const Today& today) {
  const auto text = trimmed(typed);
  switch (question.type) {
    case RowType::SelectOne:
      return one_choice(question, text);
    case RowType::SelectMultiple:
      return several_choices(question, text);
    case RowType::Integer:
      return question.appearance == "money" ? money(text) : Json(without_spaces(text));
    case RowType::Decimal:
    case RowType::Range:
      return without_spaces(text);
    case RowType::Date:
      return date(text, today);
    case RowType::DateTime: {
      const auto space = text.find(' ');
      if (space == std::string::npos) return date(text, today);
      const auto time = text.substr(space + 1);
      return date(text.substr(0, space), today) + "T" + (time.size() == 4 ? "0" + time : time);
    }
    case RowType::Time:
      return text.size() == 4 && text[1] == ':' ? "0" + text : text;
    case RowType::Acknowledge: {
      const auto word = importer::folded(text);
      const bool yes = word == "да" || word == "д" || word == "yes" || word == "y" || text == "+" || text == "1";
      return yes ? Json(true) : Json(text);
    }
    default:
      return text;
  }
}

}  // namespace anketa::cli
