// The daily report and the weekly agenda (R16) as letters. Thread safety: pure functions.
#pragma once

#include "shared/programme/agenda.hpp"
#include "sync-server/mail/message/letter.hpp"

namespace anketa::server::mail {

struct LetterOptions {
  text::Language language = text::Language::Russian;
  std::string organisation;
  /// When it was made, local: "10.06.2025 18:00".
  std::string made_at;
};

Letter daily_letter(const programme::DailyReport& report, const LetterOptions& options);
Letter weekly_letter(const programme::WeeklyAgenda& agenda, const LetterOptions& options);
/// Shows that mail arrives.
Letter test_letter(const LetterOptions& options);

/// "10 июня 2025 г.", "10 June 2025".
std::string long_date(programme::Day day, text::Language language);
/// "10.06.2025", "2025-06-10".
std::string short_date(programme::Day day, text::Language language);

}  // namespace anketa::server::mail
