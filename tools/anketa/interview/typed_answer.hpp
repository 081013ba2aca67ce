// What a person types at a question of the interview, as an answer. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "shared/form/fill_views.hpp"

namespace anketa::cli {

/// The calendar day the interview is held on, for "сегодня" and dates without a year.
struct Today {
  int year = 1970, month = 1, day = 1;
};
Today today_of(std::string_view iso_date);

/// The answer a text means at that question: a choice by its number or the beginning of its label, several by their
/// numbers, "10.06" or "завтра" as a date, "120 000,50" as money. A text that means nothing special is given as it is:
/// the session's own check then says what is wrong with it. nullopt: a choice that several labels begin with.
std::optional<Json> typed_answer(const form::QuestionView& question, std::string_view typed, const Today& today);

}  // namespace anketa::cli
