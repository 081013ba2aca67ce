// sync.
#include "client-core/transport/live.hpp"
#include "tools/anketa/cancel.hpp"
#include "tools/anketa/command.hpp"

namespace anketa::cli {
namespace {

bool is_empty(const client::Summary& summary) {
  return summary.pushed == 0 && summary.pulled == 0 && summary.removed == 0 && summary.attachments == 0;
}

void show(App& app, const client::Summary& summary, const client::Status& status) {
  const auto& terminal = app.terminal;
  if (is_empty(summary)) terminal.line(app.say("sync.nothing"));
  if (summary.pushed > 0) terminal.line(app.counted("sync.pushed", summary.pushed));
  if (summary.pulled > 0) terminal.line(app.counted("sync.pulled", summary.pulled));
  if (summary.removed > 0) terminal.line(app.counted("sync.removed", summary.removed));
  if (summary.merged > 0) terminal.line(app.counted("sync.merged", summary.merged));
  if (summary.attachments > 0) terminal.line(app.counted("sync.attachments", summary.attachments));
  if (summary.attachments_refused > 0)
    terminal.line(
        terminal.styled(app.counted("sync.attachments_refused", summary.attachments_refused), Style::Warning));
  if (status.parked > 0) terminal.line(terminal.styled(app.counted("status.parked", status.parked), Style::Warning));
  if (status.waiting > 0) terminal.line(app.counted("status.waiting", status.waiting));
  if (status.open_conflicts > 0)
    terminal.line(terminal.styled(app.counted("status.conflicts", status.open_conflicts), Style::Warning));
}

Json json_of(App& app, const client::Summary& summary, const client::Status& status) {
  auto json = client::to_json(summary);
  json["open_conflicts"] = status.open_conflicts;
  json["parked_total"] = status.parked;
  const auto wire = app.transport().bytes();
  json["bytes_up"] = wire.up;
  json["bytes_down"] = wire.down;
  return json;
}

/// Until Ctrl-C: that, or what no waiting cures, comes as the problem it is.
ExitCode watch(App& app) {
  client::WatchHooks hooks;
  bool first = true;
  hooks.synced = [&](const client::Summary& summary) {
    if (!std::exchange(first, false) && is_empty(summary)) return;
    const auto status = app.client().status();
    app.answer(json_of(app, summary, status), [&] { show(app, summary, status); });
  };
  hooks.troubled = [&](const Problem& problem) { app.terminal.note(problem.what(app.language())); };
  hooks.listening = [&](bool live) { app.terminal.note(app.say(live ? "sync.live" : "sync.polling")); };
  client::run_watch(app.client(), app.transport(), app.way(), hooks, interrupt_token());
  return ExitCode::Done;
}

ExitCode sync(App& app) {
  ProgressBar bar(app.say("sync.progress"));
  const auto show_progress = [&](const client::Progress& progress) {
    const bool pushing = progress.pushed < progress.to_push;
    bar.show(pushing ? progress.pushed : progress.pulled, pushing ? progress.to_push : 0);
  };
  auto& client = app.client();
  const auto summary = client::run_sync_with_attachments(client, app.transport(), show_progress, &interrupt_token());
  const auto status = client.status();
  const bool attention = summary.parked > 0 || summary.conflicts > 0 || summary.attachments_refused > 0;
  return app.answer(
      json_of(app, summary, status), [&] { show(app, summary, status); },
      attention ? ExitCode::Attention : ExitCode::Done);
}

}  // namespace

void add_sync_commands(Commands& commands) {
  auto& app = commands.app();
  auto* command = commands.add("sync", "sync");
  const auto watching = std::make_shared<bool>(false);
  commands.flag(command, "--watch", *watching, "sync_watch");
  commands.runs(command, [&app, watching] { return *watching ? watch(app) : sync(app); });
}

}  // namespace anketa::cli
