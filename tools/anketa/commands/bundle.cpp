// bundle export, bundle import: sync by file.
#include "shared/bundle/bundle.hpp"
#include "client-core/bundle/device_bundle.hpp"
#include "tools/anketa/command.hpp"

namespace anketa::cli {
namespace {

ExitCode export_file(App& app, const std::string& path) {
  const auto exported = client::export_bundle(app.client());
  write_file(path, exported.file);
  return app.answer({{"path", path}, {"mutations", exported.mutations}, {"bytes", exported.file.size()}}, [&] {
    app.terminal.line(app.counted("bundle.exported", exported.mutations));
    app.terminal.line(app.say("bundle.next", {{"path", path}}));
  });
}

ExitCode import_file(App& app, const std::string& path) {
  const auto imported = client::import_answer(app.client(), read_file(path, bundle::max_bytes));
  const auto& summary = imported.summary;
  const auto status = app.client().status();
  auto json = client::to_json(summary);
  json["overtaken"] = imported.overtaken;
  json["open_conflicts"] = status.open_conflicts;
  json["parked_total"] = status.parked;
  const bool attention = summary.parked > 0 || summary.conflicts > 0;
  return app.answer(
      json,
      [&] {
        const auto& terminal = app.terminal;
        if (imported.overtaken) terminal.line(app.say("bundle.overtaken"));
        if (summary.pushed > 0) terminal.line(app.counted("sync.pushed", summary.pushed));
        if (summary.pulled > 0) terminal.line(app.counted("sync.pulled", summary.pulled));
        if (summary.pushed + summary.pulled == 0 && !imported.overtaken) terminal.line(app.say("sync.nothing"));
        if (status.parked > 0)
          terminal.line(terminal.styled(app.counted("status.parked", status.parked), Style::Warning));
        if (status.open_conflicts > 0)
          terminal.line(terminal.styled(app.counted("status.conflicts", status.open_conflicts), Style::Warning));
      },
      attention ? ExitCode::Attention : ExitCode::Done);
}

}  // namespace

void add_bundle_commands(Commands& commands) {
  auto& app = commands.app();
  auto* bundle = commands.add("bundle", "bundle.command");
  bundle->require_subcommand(1);
  const auto path = std::make_shared<std::string>();
  auto* out = commands.add("export", "bundle.export", bundle);
  commands.option(out, "file", *path, "bundle.file")->required();
  commands.runs(out, [&app, path] { return export_file(app, *path); });
  auto* in = commands.add("import", "bundle.import", bundle);
  commands.option(in, "file", *path, "bundle.answer")->required();
  commands.runs(in, [&app, path] { return import_file(app, *path); });
}

}  // namespace anketa::cli
