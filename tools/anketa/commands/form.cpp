// form check | show | convert | eval.
#include "shared/form/default_template.hpp"
#include "shared/form/form_tools.hpp"
#include "tools/anketa/command.hpp"

namespace anketa::cli {
namespace {

struct FormOptions {
  std::string file, expression, answers;
  bool cells = false;
};

/// A file, standard input, or "default" for the questionnaire that ships with the program.
Json form_json(const std::string& file) {
  if (file == "default") return form::default_template_json();
  return parse_json(read_file(file), {std::size_t{16} << 20, 32});
}

ExitCode check(App& app, const FormOptions& options) {
  const auto problems = form::check_form(form_json(options.file));
  Json json{{"sound", problems.empty()}, {"problems", Json::array()}};
  for (const auto& problem : problems) json["problems"].push_back(problem.to_json(app.language()));
  return app.answer(
      json,
      [&] {
        if (problems.empty()) return app.terminal.line(app.terminal.styled(app.say("form.sound"), Style::Good));
        for (const auto& problem : problems) app.terminal.line(problem.what(app.language()));
        app.terminal.line(app.counted("form.problems", problems.size()));
      },
      problems.empty() ? ExitCode::Done : ExitCode::Invalid);
}

ExitCode show(App& app, const FormOptions& options) {
  const auto json = form_json(options.file);
  const auto loaded = form::load_or_throw(json);
  const auto outline = form::show_form(*loaded, text::code(app.language()));
  return app.answer({{"pin", form::form_pin(json)}, {"outline", outline}}, [&] { app.terminal.print(outline); });
}

ExitCode convert(App& app, const FormOptions& options) {
  const auto json = form_json(options.file);
  const auto converted = options.cells ? form::form_to_cells(json) : form::normalise_form(json);
  return app.answer(converted, [&] { app.terminal.line(converted.dump(2)); });
}

ExitCode evaluate(App& app, const FormOptions& options) {
  const auto loaded = form::load_or_throw(form_json(options.file));
  const auto answers = options.answers.empty() ? Json::object() : parse_json(read_file(options.answers));
  const auto result = form::evaluate_text(options.expression, *loaded, answers,
                                          {app.environment().now(), app.offset_minutes()}, text::code(app.language()));
  return app.answer({{"type", result.type}, {"value", result.value}}, [&] {
    app.terminal.line(harmless(result.value.is_string() ? result.value.get<std::string>() : result.value.dump()) +
                      "  " + app.terminal.styled(app.named("value_type", result.type), Style::Dim));
  });
}

}  // namespace

void add_form_commands(Commands& commands) {
  auto& app = commands.app();
  const auto options = std::make_shared<FormOptions>();
  auto* form = commands.add("form", "form.command");
  form->require_subcommand(1);
  const auto with_file = [&](const char* name) {
    auto* command = commands.add(name, "form." + std::string(name), form);
    commands.option(command, "file", options->file, "form.file")->required();
    return command;
  };
  commands.runs(with_file("check"), [&app, options] { return check(app, *options); });
  commands.runs(with_file("show"), [&app, options] { return show(app, *options); });
  auto* converting = with_file("convert");
  commands.flag(converting, "--cells", options->cells, "form.cells");
  commands.runs(converting, [&app, options] { return convert(app, *options); });
  auto* eval = commands.add("eval", "form.eval", form);
  commands.option(eval, "expression", options->expression, "form.expression")->required();
  commands.option(eval, "--form", options->file, "form.file")->default_val("default");
  commands.option(eval, "--answers", options->answers, "form.answers");
  commands.runs(eval, [&app, options] { return evaluate(app, *options); });
}

}  // namespace anketa::cli
