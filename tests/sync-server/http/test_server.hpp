// A real TLS server on a free loopback port, with routes that misbehave on request.
#pragma once

#include <chrono>
#include <future>
#include <thread>

#include "sync-server/http/certificates.hpp"
#include "sync-server/http/server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/http_client.hpp"

namespace anketa::server::test {

/// 2025-06-10T09:30:00Z would make certificates that are over by now; tests of real handshakes need the real time.
inline Instant real_now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

using anketa::test::TemporaryFolder;

/// Certificates are made once for all tests of the program.
inline const http::Certificates& shared_certificates() {
  static const TemporaryFolder folder;
  static const auto certificates = http::ensure_certificates({folder.path().string(), {}}, real_now());
  return certificates;
}

class TestServer {
 public:
  explicit TestServer(const std::function<void(http::ServerOptions&)>& adjust = {}) {
    add_routes();
    http::ServerOptions options;
    options.tls = shared_certificates().files;
    if (adjust) adjust(options);
    secure_ = !options.tls.certificate.empty();
    server = std::make_unique<http::Server>(options, router, metrics);
    server->start();
  }
  ~TestServer() {
    open_gate();
    // What may still call a Responder goes before the server.
    for (auto& thread : waiting_) thread.join();
  }

  TestClient client() { return {server->port(), secure_ ? shared_certificates().ca_file : std::string()}; }
  void open_gate() {
    if (!gate_open_.exchange(true)) gate_.set_value();
  }

  http::Router router;
  http::Registry metrics;
  std::unique_ptr<http::Server> server;
  /// Requests that have reached the handler of /gated.
  std::atomic<int> at_gate{0};

 private:
  void add_routes();

  bool secure_ = true;
  std::mutex mutex_;
  std::vector<std::thread> waiting_;
  std::promise<void> gate_;
  std::shared_future<void> gate_opened_{gate_.get_future()};
  std::atomic<bool> gate_open_{false};
};

inline void TestServer::add_routes() {
  using http::Request;
  using http::Response;
  router.add("GET", "/hello", [](Request&) { return Response::text("hello"); });
  router.add("POST", "/echo",
             [](Request& request) {
               auto response = Response::text(std::move(request.body));
               response.content_type = "application/octet-stream";
               return response;
             },
             {std::size_t{1} << 20});
  router.add("GET", "/text/{size}", [](Request& request) {
    return Response::text(std::string(std::stoul(std::string(request.parameter("size"))), 'a'));
  });
  router.add("GET", "/throw", [](Request&) -> Response { throw std::runtime_error("a secret cause"); });
  router.add("GET", "/problem", [](Request&) -> Response {
    throw ProblemError(ProblemCode::InvalidValue, {{"value", "x"}}, "answers/nps");
  });
  router.add("GET", "/dropped", http::Handler([](const Request&, const http::Responder&) {}));
  router.add("GET", "/gated", http::Handler([this](const Request&, const http::Responder& respond) {
               const std::lock_guard lock(mutex_);
               waiting_.emplace_back([respond, opened = gate_opened_] {
                 opened.wait();
                 respond(Response::text("through"));
               });
               ++at_gate;
             }));
  router.add("GET", "/page", [](Request&) {
    auto response = Response::text("<html></html>");
    response.content_type = "text/html; charset=utf-8";
    return response;
  });
}

}  // namespace anketa::server::test
