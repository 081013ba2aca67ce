// Devices: which there are, revoking one, and what it handed over.
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/services/quarantine.hpp"
#include "tools/server/commands.hpp"
#include "tools/terminal/terminal.hpp"

namespace anketa::server::program {
namespace {

struct Opened {
  explicit Opened(const Setup& setup) : store(open_sqlite_store({setup.config.data, 1, false}, environment)) {}

  Device need_device(const std::string& text) {
    const auto id = Uuid::parse(text);
    auto device = id ? store->accounts().device(*id) : std::nullopt;
    if (!device) throw ProblemError(ProblemCode::RecordNotFound, {}, text);
    return std::move(*device);
  }
  std::size_t in_quarantine(const Uuid& device) {
    std::size_t count = 0;
    store->read([&](Reader& reader) { count = reader.quarantined(device).size(); });
    return count;
  }

  SystemEnvironment environment;
  std::unique_ptr<Store> store;
};

Json to_json(const Device& device, const Account& account, std::size_t quarantined) {
  const auto time = [](Instant at) { return at > 0 ? Json(format_instant(at)) : Json(); };
  return {{"id", device.id.text()},
          {"name", device.name},
          {"login", account.login},
          {"registered_at", time(device.registered_at)},
          {"last_seen", time(device.last_seen)},
          {"revoked", device.revoked},
          {"revoked_at", time(device.revoked_at)},
          {"revoked_by", device.revoked_by},
          {"handed_over_at", time(device.handed_over_at)},
          {"quarantined", quarantined}};
}

std::string state(const Setup& setup, const Device& device) {
  const auto* key = !device.revoked ? "open" : device.handed_over_at > 0 ? "wiped" : "revoked";
  return text::get(setup.language, std::string("server.device.") + key);
}

}  // namespace

void device_list(const Setup& setup) {
  Opened opened(setup);
  const auto word = [&](const char* key) { return text::get(setup.language, std::string("server.table.") + key); };
  Json list = Json::array();
  cli::Table table({word("login"), word("device"), word("last_seen"), word("state"), word("quarantined"), "id"});
  table.align_right(4);
  for (const auto& account : opened.store->accounts().accounts())
    for (const auto& device : opened.store->accounts().devices(account.user)) {
      const auto quarantined = opened.in_quarantine(device.id);
      list.push_back(to_json(device, account, quarantined));
      table.row({account.login, cli::harmless(device.name), format_instant(device.last_seen), state(setup, device),
                 quarantined > 0 ? std::to_string(quarantined) : "", device.id.text()});
    }
  if (setup.json)
    std::cout << list.dump() << "\n";
  else
    table.print(cli::Terminal());
}

void device_revoke(const Setup& setup, const std::string& id, const std::string& by) {
  Opened opened(setup);
  const auto device = opened.need_device(id);
  const auto login = normalise_login(by);
  if (!opened.store->accounts().account_by_login(login)) throw ProblemError(ProblemCode::RecordNotFound, {}, by);
  opened.store->accounts().revoke_device(device.id, login, opened.environment.now());
  if (setup.json)
    std::cout << Json{{"revoked", device.id.text()}}.dump() << "\n";
  else
    std::cout << text::get(setup.language, "server.device.did_revoke", {{"name", device.name}}) << "\n";
}

void device_accept(const Setup& setup, const std::string& id) {
  Opened opened(setup);
  const auto device = opened.need_device(id);
  const auto owner = opened.store->accounts().account(device.user);
  if (!owner) throw ProblemError(ProblemCode::RecordNotFound, {}, id);
  Quarantine quarantine(*opened.store, setup.config.data, opened.environment);
  const auto results = quarantine.accept({owner->user, device.id, owner->role});
  const auto parked = std::count_if(results.begin(), results.end(),
                                    [](const auto& result) { return result.status == protocol::ResultStatus::Parked; });
  if (setup.json)
    std::cout << Json{{"accepted", results.size() - static_cast<std::size_t>(parked)}, {"parked", parked}}.dump()
              << "\n";
  else
    std::cout << text::get(setup.language, "server.device.did_accept",
                           {{"count", std::to_string(results.size())}, {"parked", std::to_string(parked)}})
              << "\n";
}

}  // namespace anketa::server::program
