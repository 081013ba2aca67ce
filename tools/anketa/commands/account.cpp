// login, logout, status.
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "client-core/bundle/device_bundle.hpp"
#include "tools/anketa/cancel.hpp"
#include "tools/anketa/command.hpp"

namespace anketa::cli {
namespace {

struct LogInOptions {
  std::string server, login, password_file, ca_file, device;
};

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "anketa";
}

std::string obtain_password(App& app, const std::string& file) {
  if (!file.empty()) {
    auto password = read_file(file, 4096);
    while (password.ends_with('\n') || password.ends_with('\r')) password.pop_back();
    return password;
  }
  if (const char* given = std::getenv("ANKETA_PASSWORD")) return given;
  if (!app.terminal.input_is_terminal())
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "cli.login.no_password"}});
  auto typed = app.terminal.read_secret(app.say("login.password"));
  if (!typed) throw ProblemError(ProblemCode::Cancelled);
  return std::move(*typed);
}

ExitCode log_in(App& app, const LogInOptions& options) {
  client::LogIn details{options.server, options.login, {}, options.device.empty() ? host_name() : options.device};
  // A server without a scheme is one over TLS.
  if (details.server.find("://") == std::string::npos) details.server = "https://" + details.server;
  auto& client = app.client(true);
  if (!options.ca_file.empty()) write_file(app.file("ca.pem"), read_file(options.ca_file, 1 << 20));
  details.password = obtain_password(app, options.password_file);
  client::ensure_keys(client);
  const auto engine = client.log_in(details);
  client::run(*engine, app.transport(details.server), {}, &interrupt_token());
  const auto account = client.account();
  const Json json{{"user", account->user.text()}, {"login", account->login},
                  {"name", account->name},        {"role", id(account->role)},
                  {"server", account->server},    {"device", client.status().device.text()}};
  return app.answer(json, [&] {
    app.terminal.line(
        app.say("login.done", {{"name", harmless(account->name)}, {"role", app.named("role", id(account->role))}}));
    app.terminal.line(app.say("login.next"));
  });
}

ExitCode log_out(App& app) {
  auto& client = app.client();
  const auto unsynced = client.status().unsynced;
  const auto account = client.account();
  const auto engine = client.log_out_at_server();
  std::optional<Problem> untold;
  try {
    if (account) client::run(*engine, app.transport(account->server), {}, &interrupt_token());
  } catch (const ProblemError& error) {
    // Nothing to stop for: the device is logged out.
    untold = error.problem();
  }
  Json json{{"logged_in", false}, {"unsynced", unsynced}, {"server_told", !untold}};
  if (untold) json["problem"] = untold->to_json(app.language());
  return app.answer(json, [&] {
    app.terminal.line(app.say("logout.done"));
    if (untold) app.terminal.line(app.say("logout.untold", {{"reason", untold->what(app.language())}}));
    if (unsynced > 0) app.terminal.line(app.counted("logout.unsynced", unsynced));
  });
}

Json status_json(const client::Status& status, const App& app) {
  Json json{
      {"device", status.device.text()}, {"unsynced", status.unsynced}, {"unsynced_records", status.unsynced_records},
      {"parked", status.parked},        {"waiting", status.waiting},   {"open_conflicts", status.open_conflicts},
      {"records", status.records},      {"home", app.home()}};
  json["last_sync"] = status.last_sync ? Json(format_instant(*status.last_sync)) : Json();
  json["account"] = nullptr;
  if (status.account)
    json["account"] = {{"user", status.account->user.text()},
                       {"login", status.account->login},
                       {"name", status.account->name},
                       {"role", id(status.account->role)},
                       {"server", status.account->server}};
  return json;
}

void show_status(App& app, const client::Status& status) {
  const auto& terminal = app.terminal;
  if (status.account)
    terminal.line(app.say("status.account", {{"name", terminal.styled(harmless(status.account->name), Style::Bold)},
                                             {"role", app.named("role", id(status.account->role))},
                                             {"server", status.account->server}}));
  else
    terminal.line(app.say("status.no_account"));
  terminal.line(app.counted("status.records", status.records));
  terminal.line(status.last_sync ? app.say("status.last_sync", {{"time", app.local_time(*status.last_sync)}})
                                 : app.say("status.never_synced"));
  const auto unsynced = app.counted("status.unsynced", status.unsynced);
  terminal.line(status.unsynced > 0 ? terminal.styled(unsynced, Style::Warning) : app.say("status.all_synced"));
  if (status.parked > 0) terminal.line(terminal.styled(app.counted("status.parked", status.parked), Style::Warning));
  if (status.waiting > 0) terminal.line(app.counted("status.waiting", status.waiting));
  if (status.open_conflicts > 0)
    terminal.line(terminal.styled(app.counted("status.conflicts", status.open_conflicts), Style::Warning));
}

}  // namespace

void add_account_commands(Commands& commands) {
  auto& app = commands.app();
  const auto login = std::make_shared<LogInOptions>();
  auto* command = commands.add("login", "login.command");
  commands.option(command, "server", login->server, "login.server")->required();
  commands.option(command, "--user,-u", login->login, "login.user")->required();
  commands.option(command, "--password-file", login->password_file, "login.password_file");
  commands.option(command, "--ca", login->ca_file, "login.ca");
  commands.option(command, "--device", login->device, "login.device");
  commands.runs(command, [&app, login] { return log_in(app, *login); });

  commands.runs(commands.add("logout", "logout"), [&app] { return log_out(app); });
  commands.runs(commands.add("status", "status"), [&app] {
    const auto status = app.client().status();
    return app.answer(status_json(status, app), [&] { show_status(app, status); });
  });
}

}  // namespace anketa::cli
