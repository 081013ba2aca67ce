// Syncing by news, against the real server over TLS.
#include "client-core/transport/live.hpp"

#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "tests/client-core/transport/real_server.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

/// A laptop that watches, on a thread of its own, until it goes.
class Watcher {
 public:
  explicit Watcher(RealServer& server) : options_(server.options()), transport_(beast_transport(options_)) {
    laptop_.log_in(server, *transport_);
    thread_ = std::thread([this] { watch(); });
  }
  ~Watcher() { stop(); }

  Problem stop() {
    cancel_.cancel();
    if (thread_.joinable()) thread_.join();
    return ended_;
  }

  std::atomic<std::uint64_t> pulled{0};
  std::atomic<int> syncs{0};
  std::atomic<int> live{-1};
  std::atomic<int> troubles{0};

 private:
  void watch() {
    WatchHooks hooks;
    hooks.synced = [&](const Summary& summary) {
      pulled += summary.pulled;
      ++syncs;
    };
    hooks.listening = [&](bool now) { live = now ? 1 : 0; };
    hooks.troubled = [&](const Problem&) { ++troubles; };
    ended_ = problem_of([&] { run_watch(*laptop_.client, *transport_, options_, hooks, cancel_); });
  }

  Laptop laptop_;
  BeastOptions options_;
  std::unique_ptr<Transport> transport_;
  CancelToken cancel_;
  Problem ended_;
  std::thread thread_;
};

template <typename Condition>
bool soon(Condition condition, int seconds = 10) {
  for (int i = 0; i < seconds * 100 && !condition(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return condition();
}

struct Colleague {
  Laptop laptop;
  std::unique_ptr<Transport> transport;
  explicit Colleague(RealServer& server) : transport(beast_transport(server.options())) {
    laptop.log_in(server, *transport);
  }
  void add_client() {
    laptop.client->create("client", {}, {{"name", "ООО «Ромашка»"}});
    run_sync(*laptop.client, *transport);
  }
};

}  // namespace

TEST_CASE("What a colleague syncs is here a moment later, and Ctrl-C ends it") {
  RealServer server;
  server.start();
  Watcher watcher(server);
  REQUIRE(soon([&] { return watcher.live == 1 && watcher.syncs >= 2; }));
  const auto before = watcher.pulled.load();
  Colleague colleague(server);
  colleague.add_client();
  CHECK(soon([&] { return watcher.pulled > before; }, 3));
  CHECK(watcher.stop().code == ProblemCode::Cancelled);
}

TEST_CASE("Where no WebSocket comes about, the server is asked again and again") {
  RealServer server(false);
  server.start();
  Watcher watcher(server);
  REQUIRE(soon([&] { return watcher.live == 0; }));
  Colleague colleague(server);
  const auto before = watcher.pulled.load();
  colleague.add_client();
  CHECK(soon([&] { return watcher.pulled > before; }));
}

TEST_CASE("A server that was away is found again, and what happened meanwhile comes") {
  RealServer server;
  server.start();
  Watcher watcher(server);
  REQUIRE(soon([&] { return watcher.live == 1; }));
  server.stop();
  REQUIRE(soon([&] { return watcher.live == 0; }));
  server.start();
  Colleague colleague(server);
  const auto before = watcher.pulled.load();
  colleague.add_client();
  CHECK(soon([&] { return watcher.pulled > before && watcher.live == 1; }, 20));
}
