#include "tools/anketa/interview/interview_command.hpp"

#include <array>

#include "tools/import/letters.hpp"

namespace anketa::cli {
namespace {

struct Word {
  std::string_view word;
  Act act;
};

constexpr std::array<Word, 38> words{
    {{"назад", Act::Back},      {"н", Act::Back},           {"back", Act::Back},       {"b", Act::Back},
     {"далее", Act::Next},      {"д", Act::Next},           {"next", Act::Next},       {"n", Act::Next},
     {"раздел", Act::Section},  {"р", Act::Section},        {"section", Act::Section}, {"s", Act::Section},
     {"разделы", Act::Section}, {"sections", Act::Section}, {"пропуски", Act::Gaps},   {"п", Act::Gaps},
     {"gaps", Act::Gaps},       {"g", Act::Gaps},           {"заметка", Act::Note},    {"з", Act::Note},
     {"note", Act::Note},       {"очистить", Act::Clear},   {"clear", Act::Clear},     {"добавить", Act::Add},
     {"add", Act::Add},         {"удалить", Act::Remove},   {"remove", Act::Remove},   {"стоп", Act::Stop},
     {"выход", Act::Stop},      {"stop", Act::Stop},        {"quit", Act::Stop},       {"q", Act::Stop},
     {"справка", Act::Help},    {"помощь", Act::Help},      {"help", Act::Help},       {"готово", Act::Finish},
     {"finish", Act::Finish},   {"done", Act::Finish}}};

}  // namespace

std::optional<InterviewCommand> parse_command(std::string_view typed) {
  if (!typed.starts_with('/')) return std::nullopt;
  if (typed == "/?") return InterviewCommand{Act::Help, {}};
  const auto space = typed.find(' ');
  const auto word = importer::folded(typed.substr(1, space == typed.npos ? typed.npos : space - 1));
  auto argument = space == typed.npos ? std::string_view() : typed.substr(space + 1);
  while (argument.starts_with(' ')) argument.remove_prefix(1);
  for (const auto& known : words)
    if (known.word == word) return InterviewCommand{known.act, std::string(argument)};
  return InterviewCommand{Act::Unknown, std::string(typed)};
}

}  // namespace anketa::cli
