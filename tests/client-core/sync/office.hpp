// A real sync service over a real store, and devices whose engines are executed in-process, with faults on demand.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>

#include "anketa/client.hpp"
#include "client-core/api/parts.hpp"
#include "shared/protocol/session_messages.hpp"
#include "sync-server/services/quarantine.hpp"
#include "sync-server/services/sync_service.hpp"
#include "sync-server/store/restore.hpp"
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
  explicit Office(std::uint64_t seed = 1, Instant start = anketa::test::TestEnvironment::usual_start)
      : environment_(seed, start), store_(server::open_sqlite_store({folder_.path().string(), 2, true}, environment_)) {
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
    if (request.path == "/v1/refresh") return register_copy(device, request);
    device.sent.push_back(request.body);
    const auto bearer = header(request.headers, "Authorization").value_or("");
    if (bearer.starts_with(copy_token)) device.author.device = Uuid::from(bearer.substr(copy_token.size()));
    std::promise<ResponseReceived> answered;
    service_->sync(device.author, request.body, [&](server::SyncOutcome outcome) {
      if (auto* text = std::get_if<std::string>(&outcome))
        answered.set_value({200, {}, std::move(*text)});
      else
        answered.set_value({http_status(std::get<Problem>(outcome).code),
                            {},
                            std::get<Problem>(outcome).to_json(text::Language::English).dump()});
    });
    auto response = answered.get_future().get();
    if (heard) heard(device, request, response);
    return response;
  }

  /// Runs a sync to its end, after which nothing must have been found to differ from the server. `work` says whether
  /// the executor offers time while a request is under way.
  Summary sync(Device& device, bool work = true) {
    const auto summary = sync_and_repair(device, work);
    CHECK(summary.repaired == 0);
    CHECK(same_as_server(device));
    return summary;
  }

  bool same_as_server(Device& device) {
    protocol::ContentSum expected;
    store_->read([&](server::Reader& reader) {
      expected = server::Access(device.author, reader.grants(device.author.user), 0).sum(reader);
    });
    return device.client->parts().store.records().total() == expected;
  }

  Summary sync_and_repair(Device& device, bool work = true) {
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
  Uuid assign(Device& lead, const Uuid& client, const Device& to, const char* role = "owner") {
    return lead.client->create("assignment", client,
                               {{"client", client.text()}, {"user", to.author.user.text()}, {"role", role}});
  }

  /// A backup of the server, and the server restored from it with a history of its own from there on.
  void back_up() { store_->backup(folder_.file("backup.db")); }
  void restore(bool by_the_book = true) {
    service_.reset();
    store_.reset();
    for (const auto* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(folder_.file("anketa.db") + suffix);
    std::filesystem::copy_file(folder_.file("backup.db"), folder_.file("anketa.db"));
    store_ = server::open_sqlite_store({folder_.path().string(), 2, true}, environment_);
    if (by_the_book) server::begin_history(*store_, server::read_beside(server::real_files(), file(".")), environment_);
    service_ = std::make_unique<server::SyncService>(*store_, environment_);
  }

  /// A second device that goes on from a copy of the first one's file as it is now.
  Device copy_of(Device& device) {
    Device copy{nullptr, device.author, device.options, {}, {}};
    copy.options.path = folder_.file("device" + std::to_string(++devices_) + ".db");
    save(device, copy.options.path);
    copy.client = Client::open(copy.options, environment_);
    return copy;
  }
  /// Puts an old copy of a device's file in its place.
  void save(Device& device, const std::string& path) {
    device.client.reset();
    std::filesystem::copy_file(device.options.path, path, std::filesystem::copy_options::overwrite_existing);
    device.client = Client::open(device.options, environment_);
  }
  void roll_back(Device& device, const std::string& path) {
    device.client.reset();
    std::filesystem::copy_file(path, device.options.path, std::filesystem::copy_options::overwrite_existing);
    device.client = Client::open(device.options, environment_);
  }
  std::string file(const std::string& name) { return folder_.file(name); }

  /// Hears every request that arrives, with its answer, whether that gets back or not.
  std::function<void(const Device&, const SendRequest&, const ResponseReceived&)> heard;

  server::SyncService& service() { return *service_; }
  server::Quarantine quarantine() { return {*store_, file("."), environment_}; }
  server::Store& store() { return *store_; }
  anketa::test::TestEnvironment& environment() { return environment_; }

 private:
  static constexpr std::string_view copy_token = "Bearer copy of ";

  /// What the log-in service does for a device that turned out to be a copy.
  ResponseReceived register_copy(Device& device, const SendRequest& request) {
    const auto message = protocol::refresh_from_json(Json::parse(request.body));
    const auto user = device.author.user;
    auto& accounts = store_->accounts();
    REQUIRE(message.device);
    REQUIRE(accounts.is_forked(device.author.device));
    accounts.open_family({*message.device, user, "copy", 0, 0, false, device.author.device},
                         {Uuid::v7(environment_), *message.device, user, 0, 0, 0, false});
    // Who a request is from, its token says: the answer may be lost.
    const auto token = std::string(copy_token).substr(std::string_view("Bearer ").size()) + message.device->text();
    const protocol::SessionAnswer answer{token, "refresh2", 60, user, "user", "Имя", device.author.role};
    return {200, {}, protocol::to_json(answer).dump()};
  }

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
