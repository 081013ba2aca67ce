// Making an organisation, running it, filling it with invented data.
#include <pthread.h>

#include <csignal>
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/app/application.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/bundle/server_keys.hpp"
#include "sync-server/reports/org_calendar.hpp"
#include "sync-server/store/default_form.hpp"
#include "sync-server/store/store.hpp"
#include "sync-server/system/log.hpp"
#include "tools/demo/server/load_demo.hpp"
#include "tools/server/commands.hpp"
#include "tools/server/terminal.hpp"
#include "tools/terminal/terminal.hpp"

namespace anketa::server::program {
namespace {

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

void say(const Setup& setup, const char* key, const text::Arguments& arguments) {
  std::cout << text::get(setup.language, std::string("server.did.") + key, arguments) << "\n";
}

}  // namespace

void init(const Setup& setup) {
  SystemEnvironment environment;
  const auto store = open_sqlite_store({setup.config.data, 1, true}, environment);
  put_default_form(*store, environment);
  server_keys(setup.config.data, environment);
  if (setup.json) {
    std::cout << Json{{"data", setup.config.data}}.dump() << "\n";
    return;
  }
  say(setup, "init", {{"path", setup.config.data}});
  say(setup, "init_next", {});
}

void serve(const Setup& setup) {
  if (const auto level = log::parse_level(setup.config.log_level)) log::configure(*level, setup.config.log_file);
  // Blocked before any thread is made, so that only the wait below sees them.
  const auto signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Application application(setup.config);
  application.start();
  if (setup.json) {
    std::cout << Json{{"address", application.address()}, {"ca", application.ca_file()}}.dump() << std::endl;
  } else {
    say(setup, "listening", {{"address", application.address()}});
    if (!application.ca_file().empty()) say(setup, "trust", {{"path", application.ca_file()}});
    std::cout << std::flush;
  }
  int signal = 0;
  sigwait(&signals, &signal);
  application.stop();
  if (!setup.json) say(setup, "stopped", {});
}

void demo(const Setup& setup, const std::string& password_file) {
  SystemEnvironment environment;
  const auto store = open_sqlite_store({setup.config.data, 2, true}, environment);
  put_default_form(*store, environment);
  const auto password =
      password_file.empty() ? std::string("vip-anketa-demo") : take_password(password_file, setup.language);
  demo::LoadOptions options;
  options.demo.now = environment.now();
  options.demo.offset_minutes = reports::OrgCalendar(setup.config.zone).offset_minutes(options.demo.now);
  options.password_hash = hash_password(password, environment);
  const auto report = demo::load_demo(*store, options, progress_line(setup.language));
  if (setup.json) {
    Json people = Json::array();
    for (const auto& colleague : report.colleagues)
      if (!colleague.is_server())
        people.push_back({{"login", colleague.login}, {"name", colleague.name}, {"role", id(colleague.role)}});
    std::cout << Json{{"mutations", report.mutations}, {"parked", report.parked}, {"people", people}}.dump() << "\n";
    return;
  }
  say(setup, "demo", {{"count", std::to_string(report.mutations)}, {"password", password}});
  const auto word = [&](const std::string& key) { return text::get(setup.language, "server." + key); };
  cli::Table table({word("table.login"), word("table.role"), word("table.name")});
  for (const auto& colleague : report.colleagues)
    if (!colleague.is_server())
      table.row({colleague.login, word("role." + std::string(id(colleague.role))), colleague.name});
  table.print(cli::Terminal());
}

void show_config(const Setup& setup) {
  std::cout << to_json(setup.config).dump(2) << "\n";
}

}  // namespace anketa::server::program
