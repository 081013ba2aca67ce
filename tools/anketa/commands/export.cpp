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

ExitCode export_results(App& app, ExportOptions options, Write write) {
  resolve(app, options.query);
  auto& query = options.query;
  auto of_list = query;
  of_list.form.clear();
  const auto consolidated = app.read("/v1/results/consolidated" + of_list.text());
  // The answers are of the same time as the figures, whatever is usual where nothing is said.
  query.since = string_or_empty(consolidated, "since");
  query.until = string_or_empty(consolidated, "until");
  ProgressBar bar(app.say("export.progress"));
  const auto in_campaign = of_list.campaign_text();
  const ResultAnswers results{
      read_all(app, "/v1/results/answers", query, [&](std::size_t done, std::size_t of) { bar.show(done, of); }),
      read_all(app, "/v1/register", of_list),
      app.read("/v1/bottlenecks" + of_list.text()),
      read_all(app, "/v1/clients", of_list),
      app.read("/v1/campaign/norms" + in_campaign),
      app.read("/v1/campaign/coverage" + in_campaign)};
  auto sheets = consolidated_sheets(app, consolidated);
  for (auto& sheet : result_sheets(app, results)) sheets.push_back(std::move(sheet));
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
