// anketa: the field and office program of the command line. docs/cli.md describes commands, output and exit codes.
#include "tools/anketa/cancel.hpp"
#include "tools/anketa/command.hpp"
#include "tools/anketa/usage.hpp"

namespace anketa::cli {
namespace {

ExitCode guarded(App& app, const std::function<ExitCode()>& work) {
  try {
    return work();
  } catch (const ProblemError& error) {
    return app.fail(error.problem());
  } catch (const std::exception& error) {
    const auto code = app.fail({ProblemCode::Internal, {}, {}});
    app.terminal.note(error.what());
    return code;
  }
}

int run(int count, char** arguments) {
  App app;
  app.set_language_from(count, arguments);
  CLI::App root(app.say("help.program"), "anketa");
  translate_help(root, app);
  Commands commands(root, app);
  commands.declare_all();
  try {
    root.parse(count, arguments);
  } catch (const CLI::CallForHelp&) {
    app.terminal.print(root.help());
    return 0;
  } catch (const CLI::ParseError& error) {
    return static_cast<int>(app.fail(usage_problem(error)));
  }
  cancel_on_interrupt();
  return static_cast<int>(guarded(app, commands.chosen()));
}

}  // namespace
}  // namespace anketa::cli

int main(int count, char** arguments) {
  try {
    return anketa::cli::run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "anketa: %s\n", error.what());
    return static_cast<int>(anketa::cli::ExitCode::Internal);
  }
}
