// export xlsx | csv.
#include "tools/anketa/command.hpp"
#include "tools/anketa/export/consolidated_sheets.hpp"
#include "tools/anketa/export/result_sheets.hpp"
#include "tools/anketa/results_query.hpp"

namespace anketa::cli {
namespace {

struct ExportOptions {
  std::string path;
  ResultsQuery query;
};

using Write = void (*)(const std::string&, const std::vector<Sheet>&);

ExitCode export_results(App& app, const ExportOptions& options, Write write) {
  ProgressBar bar(app.say("export.progress"));
  const auto answers = read_all(app, "/v1/results/answers", options.query,
                                [&](std::size_t done, std::size_t of) { bar.show(done, of); });
  auto of_list = options.query;
  of_list.form.clear();
  auto sheets = consolidated_sheets(app, app.read("/v1/results/consolidated" + of_list.text()));
  for (auto& sheet :
       result_sheets(app, answers, read_all(app, "/v1/cases", of_list), read_all(app, "/v1/clients", of_list)))
    sheets.push_back(std::move(sheet));
  write(options.path, sheets);
  Json json{{"path", options.path}, {"sheets", Json::array()}};
  for (const auto& sheet : sheets)
    json["sheets"].push_back({{"id", sheet.id}, {"title", sheet.title}, {"rows", sheet.rows.size()}});
  return app.answer(json, [&] {
    for (const auto& sheet : sheets)
      app.terminal.line(
          app.say("export.written", {{"sheet", sheet.title}, {"rows", std::to_string(sheet.rows.size())}}));
    app.terminal.line(options.path);
  });
}

}  // namespace

void add_export_commands(Commands& commands) {
  auto& app = commands.app();
  auto* group = commands.add("export", "export.command");
  group->require_subcommand(1);
  const auto options = std::make_shared<ExportOptions>();
  const auto format = [&](const char* name, Write write) {
    auto* command = commands.add(name, "export." + std::string(name), group);
    commands.option(command, "path", options->path, "export.path")->required();
    add_query_options(commands, command, options->query);
    commands.runs(command, [&app, options, write] { return export_results(app, *options, write); });
  };
  format("xlsx", write_xlsx);
  format("csv", write_csv);
}

}  // namespace anketa::cli
