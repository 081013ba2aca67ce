// Commands typed in the middle of an interview: "/назад", "/раздел 6", "/заметка …". Russian and English words and
// their short forms are always understood. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace anketa::cli {

enum class Act { Back, Next, Section, Gaps, Note, Clear, Add, Remove, Stop, Help, Finish, Unknown };

struct InterviewCommand {
  Act act = Act::Unknown;
  std::string argument;
};

/// nullopt: the text is no command but an answer.
std::optional<InterviewCommand> parse_command(std::string_view typed);

}  // namespace anketa::cli
