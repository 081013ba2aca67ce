// One working day of a company, told step by step; working_day_test.cpp says what must hold.
#pragma once

#include "tests/scenario/company.hpp"

namespace anketa::scenario {

/// Answers by which the quality gate opens: what a content client says.
Json content_client(const std::string& contact, const std::string& story);
/// Answers by which it closes, with the complaint recorded (R12, R13).
Json troubled_client(const std::string& contact, const std::string& story);

/// Windows-1251 of a Russian text in UTF-8.
std::string in_windows_1251(std::string_view utf8);

/// All text of a workbook's parts.
std::string workbook_text(const std::string& path, Company& company);

}  // namespace anketa::scenario
