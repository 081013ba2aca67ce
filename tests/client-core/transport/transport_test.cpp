// The Beast transport against the real server over TLS.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <fstream>
#include <thread>

#include "tests/client-core/transport/real_server.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

Problem failure(Transport::Outcome outcome) {
  if (const auto* failed = std::get_if<TransportFailed>(&outcome)) return failed->problem;
  return {ProblemCode::Count, {}, {}};
}

std::string reason(const Problem& problem) {
  const auto found = problem.arguments.find("reason");
  return found == problem.arguments.end() ? "" : found->second;
}

const CancelToken never;

}  // namespace

TEST_CASE("log-in and sync over TLS: what one laptop makes another one shows") {
  RealServer server;
  server.start();
  Laptop one, other;
  const auto transport = beast_transport(server.options());
  one.log_in(server, *transport);
  CHECK(one.client->account()->name == "Ольга");
  const auto client = one.client->create("client", {}, {{"name", "ООО «Ромашка»"}});
  {
    Client::Batch batch(*one.client);
    for (int i = 0; i < 1500; ++i)
      one.client->create("contact", client, {{"client", client.text()}, {"name", "Контакт " + std::to_string(i)}});
    batch.commit();
  }
  Progress last;
  const auto pushed = run_sync(*one.client, *transport, [&](const Progress& progress) { last = progress; });
  CHECK(pushed.applied == 1501);
  CHECK(last.pushed == last.to_push);
  const auto second = beast_transport(server.options());
  other.log_in(server, *second);
  CHECK(run_sync(*other.client, *second).pulled == 1502);
  CHECK(other.client->list("contact").size() == 1500);
  // Compressed: a record is about 400 bytes of JSON.
  CHECK(transport->bytes().up < 300'000);
  CHECK(second->bytes().down < 300'000);
  const auto before = second->bytes();
  run_sync(*other.client, *second);
  const auto after = second->bytes();
  CHECK(after.up - before.up + after.down - before.down < 2'000);
}

TEST_CASE("a wrong password is told as such") {
  RealServer server;
  server.start();
  Laptop laptop;
  const auto transport = beast_transport(server.options());
  CHECK(problem_of([&] { laptop.log_in(server, *transport, "wrong password"); }).code == ProblemCode::BadCredentials);
  CHECK_FALSE(laptop.client->account());
}

TEST_CASE("a certificate of an unknown authority or of another host is not trusted, with the reason") {
  RealServer server;
  server.start();
  auto options = server.options();
  SECTION("unknown authority") {
    options.ca_file.clear();
    options.system_cas = true;
    const auto problem = failure(beast_transport(options)->exchange({"POST", "/v1/login", {}, "{}"}, {}, never));
    CHECK(problem.code == ProblemCode::CertificateUntrusted);
    CHECK(reason(problem) == "client.certificate.unknown_authority");
    CHECK(problem.what(text::Language::English).find("unknown authority") != std::string::npos);
  }
  SECTION("another host") {
    // A loopback address the certificate does not name.
    options.server = server.address("127.0.0.77");
    server.stop();
    server.start([](server::http::ServerOptions& listening) { listening.address = "127.0.0.77"; });
    const auto problem = failure(beast_transport(options)->exchange({"POST", "/v1/login", {}, "{}"}, {}, never));
    CHECK(problem.code == ProblemCode::CertificateUntrusted);
    CHECK(reason(problem) == "client.certificate.other_host");
  }
}

TEST_CASE("a server that is not there, a name that is not there") {
  RealServer server;
  server.start();
  auto options = server.options();
  server.stop();
  const auto refused = failure(beast_transport(options)->exchange({"POST", "/v1/sync", {}, "{}"}, {}, never));
  CHECK(refused.code == ProblemCode::ServerUnreachable);
  CHECK(reason(refused) == "client.network.refused");
  options.server = "https://no-such-host.invalid";
  const auto unknown = failure(beast_transport(options)->exchange({"POST", "/v1/sync", {}, "{}"}, {}, never));
  CHECK(unknown.code == ProblemCode::ServerUnreachable);
  CHECK(reason(unknown) == "client.network.unknown_host");
}

TEST_CASE("a connection the server has closed meanwhile is made anew, unnoticed") {
  RealServer server;
  server.start();
  Laptop laptop;
  const auto transport = beast_transport(server.options());
  laptop.log_in(server, *transport);
  run_sync(*laptop.client, *transport);
  server.stop();
  server.start();
  CHECK(run_sync(*laptop.client, *transport).rounds == 1);
}

TEST_CASE("a server that stops answering is left after the timeout, one that is cancelled at once") {
  RealServer server;
  std::vector<server::http::Responder> held;
  server.router.add("GET", "/slow",
                    server::http::Handler([&](const auto&, const auto& respond) { held.push_back(respond); }));
  server.start();
  auto options = server.options();
  options.io_timeout_ms = 300;
  const auto transport = beast_transport(options);
  const auto started = std::chrono::steady_clock::now();
  SECTION("timeout") {
    const auto problem = failure(transport->exchange({"GET", "/slow", {}, {}}, {}, never));
    CHECK(problem.code == ProblemCode::ServerUnreachable);
    CHECK(reason(problem) == "client.network.timeout");
  }
  SECTION("cancelled") {
    CancelToken cancel;
    std::thread user([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      cancel.cancel();
    });
    CHECK(failure(transport->exchange({"GET", "/slow", {}, {}}, {}, cancel)).code == ProblemCode::Cancelled);
    user.join();
  }
  CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(3));
  held.clear();
}

TEST_CASE("local work goes on while a request is under way, once") {
  RealServer server;
  server.start();
  const auto transport = beast_transport(server.options());
  int worked = 0;
  transport->exchange(
      {"POST", "/v1/login", {}, "{}"}, [&] { ++worked; }, never);
  transport->exchange(
      {"POST", "/v1/login", {}, "{}"}, [&] { ++worked; }, never);
  CHECK(worked == 2);
}

TEST_CASE("an answer that grows without bound once unpacked is a bad answer") {
  RealServer server;
  server.router.add("GET", "/bomb", [](server::http::Request&) {
    auto response = server::http::Response::text(std::string(std::size_t{40} << 20, 'a'));
    return response;
  });
  server.start();
  const auto transport = beast_transport(server.options());
  CHECK(failure(transport->exchange({"GET", "/bomb", {}, {}}, {}, never)).code == ProblemCode::BadAnswer);
  // And the connection can be used afterwards.
  CHECK(failure(transport->exchange({"POST", "/v1/login", {}, "{}"}, {}, never)).code == ProblemCode::Count);
}

TEST_CASE("a server cut off in mid-sync fails with what can be done, and the next sync goes on") {
  RealServer server;
  server.start();
  Laptop laptop;
  const auto transport = beast_transport(server.options());
  laptop.log_in(server, *transport);
  laptop.client->create("client", {}, {{"name", "Один"}});
  server.stop();
  auto engine = laptop.client->sync({1});
  CHECK(problem_of([&] { run(*engine, *transport); }).code == ProblemCode::ServerUnreachable);
  CHECK(laptop.client->status().unsynced == 1);
  server.start();
  CHECK(run_sync(*laptop.client, *transport).applied == 1);
}

TEST_CASE("addresses that cannot work are refused before anything is sent") {
  const auto refused = [](const std::string& server, const std::string& ca_file = {}) {
    BeastOptions options;
    options.server = server;
    options.ca_file = ca_file;
    return problem_of([&] { beast_transport(options); }).code;
  };
  CHECK(refused("https://") == ProblemCode::ConfigInvalid);
  CHECK(refused("ftp://server") == ProblemCode::ConfigInvalid);
  CHECK(refused("https://server/path") == ProblemCode::ConfigInvalid);
  CHECK(refused("https://user:secret@server") == ProblemCode::ConfigInvalid);
  CHECK(refused("http://server.example") == ProblemCode::ConfigInvalid);
  CHECK(refused("http://127.0.0.1:80") == ProblemCode::Count);
  CHECK(refused("server.example:8443") == ProblemCode::Count);
  CHECK(refused("https://[::1]:8443") == ProblemCode::Count);
  CHECK(refused("https://server", "/no/such/file.pem") == ProblemCode::FileUnreadable);
}
