#include "tools/anketa/usage.hpp"

#include <array>

namespace anketa::cli {
namespace {

constexpr std::size_t help_column = 34;

/// The library pads by bytes; Russian words need it by columns.
class HelpFormatter final : public CLI::Formatter {
 public:
  std::string make_option(const CLI::Option* option, bool is_positional) const override {
    return row(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
  }
  std::string make_subcommand(const CLI::App* command) const override {
    return row(command->get_name(), command->get_description());
  }

 private:
  static std::string row(const std::string& name, const std::string& description) {
    const auto left = "  " + name;
    const auto width = width_of(left);
    const bool fits = width + 2 <= help_column;
    return left + (fits ? std::string(help_column - width, ' ') : "\n" + std::string(help_column, ' ')) + description +
           "\n";
  }
};

/// The part of the library's English sentence that names options or words.
std::string without(std::string text, std::string_view phrase) {
  if (const auto at = text.find(phrase); at != std::string::npos) text.erase(at, phrase.size());
  while (text.starts_with(' ') || text.starts_with(':')) text.erase(0, 1);
  return text;
}

struct Kind {
  std::string_view name, phrase, key;
};

constexpr std::array<Kind, 8> kinds{{{"RequiredError", "A subcommand is required", "no_command"},
                                     {"RequiredError", " is required", "required"},
                                     {"ExtrasError", "The following argument was not expected", "extra"},
                                     {"ExtrasError", "The following arguments were not expected", "extra"},
                                     {"ConversionError", "Could not convert", "value"},
                                     {"ValidationError", "", "value"},
                                     {"ExcludesError", "", "excludes"},
                                     {"RequiresError", "", "requires"}}};

}  // namespace

void translate_help(CLI::App& root, const App& app) {
  const auto formatter = std::make_shared<HelpFormatter>();
  formatter->label("Usage", app.say("usage.usage"));
  formatter->label("OPTIONS", app.say("usage.options"));
  formatter->label("SUBCOMMAND", app.say("usage.command"));
  formatter->label("SUBCOMMANDS", app.say("usage.commands"));
  formatter->label("Positionals", app.say("usage.arguments"));
  formatter->label("REQUIRED", app.say("usage.required"));
  for (const auto* type : {"TEXT", "INT", "UINT", "FLOAT", "BOOLEAN", "FILE", "DIR"})
    formatter->label(type, app.say("usage.type." + std::string(type)));
  root.formatter(formatter);
  root.option_defaults()->group(app.say("usage.options_title"));
  root.set_help_flag("-h,--help", app.say("help.help"));
}

Problem usage_problem(const CLI::ParseError& error) {
  const std::string what = error.what();
  for (const auto& kind : kinds)
    if (error.get_name() == kind.name && what.find(kind.phrase) != std::string::npos)
      return {ProblemCode::UsageInvalid,
              {{"reason", "cli.usage.wrong." + std::string(kind.key)}, {"words", without(what, kind.phrase)}},
              {}};
  return {ProblemCode::UsageInvalid, {{"reason", "cli.usage.wrong.other"}, {"words", what}}, {}};
}

}  // namespace anketa::cli
