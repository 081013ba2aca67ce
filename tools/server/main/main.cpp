// anketa-server: the sync server and its housekeeping. docs/cli.md describes commands, output and exit codes.
#include <malloc.h>

#include <cstdlib>
#include <string_view>

#include "tools/server/command_line.hpp"

namespace {

using anketa::text::Language;

Language language_of_environment() {
  for (const char* name : {"ANKETA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value && *value) return anketa::text::from_code(value);
  return Language::Russian;
}

/// The language decides how the help is written, so it is looked up before everything else.
Language language_of(int count, char** arguments) {
  for (int i = 1; i < count; ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--lang" && i + 1 < count) return anketa::text::from_code(arguments[i + 1]);
    if (argument.starts_with("--lang=")) return anketa::text::from_code(argument.substr(7));
  }
  return language_of_environment();
}

/// A server lives for months with few threads that pass large bodies on: what they free goes back to the system at once
/// instead of staying in an arena of each thread.
void keep_memory_small() {
  mallopt(M_ARENA_MAX, 2);
  mallopt(M_MMAP_THRESHOLD, 256 << 10);
  mallopt(M_TRIM_THRESHOLD, 1 << 20);
}

}  // namespace

int main(int count, char** arguments) {
  keep_memory_small();
  return anketa::server::program::CommandLine(language_of(count, arguments)).run(count, arguments);
}
