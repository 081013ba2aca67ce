// sync.
#include "tools/anketa/command.hpp"
#include "tools/anketa/interrupt.hpp"

namespace anketa::cli {
namespace {

void show(App& app, const client::Summary& summary, const client::Status& status) {
  const auto& terminal = app.terminal;
  if (summary.pushed == 0 && summary.pulled == 0 && summary.removed == 0) terminal.line(app.say("sync.nothing"));
  if (summary.pushed > 0) terminal.line(app.counted("sync.pushed", summary.pushed));
  if (summary.pulled > 0) terminal.line(app.counted("sync.pulled", summary.pulled));
  if (summary.removed > 0) terminal.line(app.counted("sync.removed", summary.removed));
  if (summary.merged > 0) terminal.line(app.counted("sync.merged", summary.merged));
  if (status.parked > 0) terminal.line(terminal.styled(app.counted("status.parked", status.parked), Style::Warning));
  if (status.waiting > 0) terminal.line(app.counted("status.waiting", status.waiting));
  if (status.open_conflicts > 0)
    terminal.line(terminal.styled(app.counted("status.conflicts", status.open_conflicts), Style::Warning));
}

ExitCode sync(App& app) {
  ProgressBar bar(app.say("sync.progress"));
  const auto show_progress = [&](const client::Progress& progress) {
    const bool pushing = progress.pushed < progress.to_push;
    bar.show(pushing ? progress.pushed : progress.pulled, pushing ? progress.to_push : 0);
  };
  auto& client = app.client();
  const auto summary = client::run_sync(client, app.transport(), show_progress, &interrupt_token());
  const auto status = client.status();
  auto json = client::to_json(summary);
  json["open_conflicts"] = status.open_conflicts;
  json["parked_total"] = status.parked;
  const auto wire = app.transport().bytes();
  json["bytes_up"] = wire.up;
  json["bytes_down"] = wire.down;
  const bool attention = summary.parked > 0 || summary.conflicts > 0;
  return app.answer(
      json, [&] { show(app, summary, status); }, attention ? ExitCode::Attention : ExitCode::Done);
}

}  // namespace

void add_sync_commands(Commands& commands) {
  auto& app = commands.app();
  commands.runs(commands.add("sync", "sync"), [&app] { return sync(app); });
}

}  // namespace anketa::cli
