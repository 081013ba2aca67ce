// A real sync service over a real store, and devices whose engines are executed in-process, with faults on demand.
#pragma once

#include <future>
#include <memory>

#include "anketa/client.hpp"
#include "shared/protocol/session_messages.hpp"
#include "sync-server/services/sync_service.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

namespace anketa::client::test {

/// What happens to a request on its way.
enum class Fate {
  Delivered,
  NeverArrives,  ///< the server does not see it
  AnswerLost,    ///< the server did it, the device does not know
};

class Office {
 public:
  explicit Office(std::uint64_t seed = 1)
      : environment_(seed), store_(server::open_sqlite_store({folder_.path().string(), 2, true}, environment_)) {
    service_ = std::make_unique<server::SyncService>(*store_, environment_);
  }

  struct Device {
    std::unique_ptr<Client> client;
    server::Author author;
    OpenOptions options;
    /// Bodies of all requests sent, and the fate of the next ones.
    std::vector<std::string> sent;
    std::vector<Fate> fates;
  };

  Device device(Role role, std::optional<Uuid> user = {}) {
    Device device;
    device.options.path = folder_.file("device" + std::to_string(++devices_) + ".db");
    device.options.create = true;
    device.client = Client::open(device.options, environment_);
    const auto id = user.value_or(Uuid::v7(environment_));
    auto engine = device.client->log_in({"https://localhost", "user", "secret", "device"});
    engine->step(Start{});
    engine->step(ResponseReceived{
        200, {}, protocol::to_json(protocol::SessionAnswer{"access", "refresh", 60, id, "user", "Имя", role}).dump()});
    device.author = {id, device.client->status().device, role, false};
    return device;
  }

  ResponseReceived serve(Device& device, const SendRequest& request) {
    device.sent.push_back(request.body);
    std::promise<ResponseReceived> answered;
    service_->sync(device.author, request.body, [&](server::SyncOutcome outcome) {
      if (auto* text = std::get_if<std::string>(&outcome))
        answered.set_value({200, {}, std::move(*text)});
      else
        answered.set_value({http_status(std::get<Problem>(outcome).code),
                            {},
                            std::get<Problem>(outcome).to_json(text::Language::English).dump()});
    });
    return answered.get_future().get();
  }

  /// Runs a sync to its end. `work` says whether the executor offers time while a request is under way.
  Summary sync(Device& device, bool work = true) {
    auto engine = device.client->sync();
    Event event = Start{};
    for (;;) {
      std::optional<Event> next;
      for (auto& instruction : engine->step(std::move(event))) {
        if (const auto* done = std::get_if<Done>(&instruction)) return done->summary;
        if (const auto* failed = std::get_if<Failed>(&instruction)) throw ProblemError(failed->problem);
        if (std::holds_alternative<Wait>(instruction)) next = TimerFired{};
        if (const auto* send = std::get_if<SendRequest>(&instruction)) next = carry(device, *send);
      }
      if (work) engine->work_while_waiting();
      event = std::move(next.value());
    }
  }

  void reopen(Device& device) {
    device.client.reset();
    device.client = Client::open(device.options, environment_);
  }

  /// A client of the company, with one of us as owner.
  Uuid client_of(Device& lead, const Device& owner, const std::string& name = "ООО «Ромашка»") {
    const auto client = lead.client->create("client", {}, {{"name", name}});
    assign(lead, client, owner);
    sync(lead);
    return client;
  }
  Uuid assign(Device& lead, const Uuid& client, const Device& to) {
    return lead.client->create("assignment", client,
                               {{"client", client.text()}, {"user", to.author.user.text()}, {"role", "owner"}});
  }

  /// A backup of the server, and the server restored from it with a history of its own from there on.
  void back_up() { store_->backup(folder_.file("backup.db")); }
  void restore() {
    service_.reset();
    store_.reset();
    for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(folder_.file("anketa.db") + suffix);
    std::filesystem::copy_file(folder_.file("backup.db"), folder_.file("anketa.db"));
    store_ = server::open_sqlite_store({folder_.path().string(), 2, true}, environment_);
    store_->write_and_wait([&](server::Writer& writer) { writer.set_epoch(Uuid::v7(environment_).text()); });
    service_ = std::make_unique<server::SyncService>(*store_, environment_);
  }

  server::Store& store() { return *store_; }
  anketa::test::TestEnvironment& environment() { return environment_; }

 private:
  Event carry(Device& device, const SendRequest& request) {
    auto fate = Fate::Delivered;
    if (!device.fates.empty()) {
      fate = device.fates.front();
      device.fates.erase(device.fates.begin());
    }
    const TransportFailed lost{{ProblemCode::ServerUnreachable, {}, {}}};
    if (fate == Fate::NeverArrives) return lost;
    auto response = serve(device, request);
    if (fate == Fate::AnswerLost) return lost;
    return response;
  }

  anketa::test::TemporaryFolder folder_;
  anketa::test::TestEnvironment environment_;
  std::unique_ptr<server::Store> store_;
  std::unique_ptr<server::SyncService> service_;
  int devices_ = 0;
};

inline Json contact(const Uuid& client, std::string_view name = "Пётр") {
  return {{"client", client.text()}, {"name", name}, {"phone", "1"}};
}

/// What a device shows of a collection, for comparing devices.
inline Json shown(const Client& client, std::string_view collection) {
  Json all = Json::object();
  for (const auto& record : client.list(collection))
    all[record.view.id.text()] = {{"body", record.view.body}, {"version", record.view.version}};
  return all;
}

}  // namespace anketa::client::test
