#include "sync-server/http/server.hpp"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "shared/compression/compression.hpp"
#include "tests/sync-server/http/test_server.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;
using namespace std::chrono_literals;

namespace {

std::string code_of(const Answer& answer) {
  return nlohmann::json::parse(answer.text()).at("code");
}

void wait_for(const std::function<bool()>& condition) {
  const auto until = std::chrono::steady_clock::now() + 5s;
  while (!condition() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(2ms);
  REQUIRE(condition());
}

http::Limits quick() {
  http::Limits limits;
  limits.handshake_time = limits.header_time = limits.body_time = limits.handler_time = limits.idle_time = 150ms;
  return limits;
}

}  // namespace

TEST_CASE("Requests one after another share a TLS connection") {
  TestServer server;
  auto client = server.client();
  CHECK(client.tls_version() == "TLSv1.3");
  for (int i = 0; i < 3; ++i) {
    const auto answer = client.get("/hello");
    CHECK(answer.status == 200);
    CHECK(answer.body == "hello");
    CHECK(answer.header("connection") != "close");
  }
  const auto last = client.get("/hello", {{"Connection", "close"}});
  CHECK(last.status == 200);
  CHECK(client.closed_by_server());
}

TEST_CASE("Requests sent without waiting are answered in order") {
  TestServer server;
  auto client = server.client();
  client.send("GET /text/3 HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.receive().body == "aaa");
  CHECK(client.receive().body == "hello");
}

TEST_CASE("A request body comes in gzip, zstd or plain, by length or in chunks") {
  TestServer server;
  auto client = server.client();
  const std::string body(200'000, 'q');
  CHECK(client.request("POST", "/echo", body).body == body);
  CHECK(client.request("POST", "/echo", compress(Encoding::Gzip, body), {{"Content-Encoding", "gzip"}}).body == body);
  CHECK(client.request("POST", "/echo", compress(Encoding::Zstd, body), {{"Content-Encoding", "zstd"}}).body == body);
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  CHECK(client.receive().body == "abcde");
}

TEST_CASE("A response is compressed as the client accepts, when it is worth it") {
  TestServer server;
  auto client = server.client();
  const auto zstd = client.get("/text/5000", {{"Accept-Encoding", "gzip, zstd"}});
  CHECK(zstd.header("content-encoding") == "zstd");
  CHECK(zstd.body.size() < 500);
  CHECK(zstd.text() == std::string(5000, 'a'));
  const auto gzip = client.get("/text/5000", {{"Accept-Encoding", "gzip"}});
  CHECK(gzip.header("content-encoding") == "gzip");
  CHECK(gzip.text() == std::string(5000, 'a'));
  CHECK(client.get("/text/5000").header("content-encoding").empty());
  CHECK(client.get("/text/512", {{"Accept-Encoding", "gzip"}}).header("content-encoding").empty());
}

TEST_CASE("A compressed bomb is refused as too large") {
  TestServer server;
  auto client = server.client();
  const auto bomb = compress(Encoding::Gzip, std::string(100 << 20, '\0'), 9);
  REQUIRE(bomb.size() < (1 << 20));
  const auto answer = client.request("POST", "/echo", bomb, {{"Content-Encoding", "gzip"}});
  CHECK(answer.status == 413);
  CHECK(code_of(answer) == "request.too_large");
  CHECK(client.closed_by_server());
}

TEST_CASE("A body over the route's bound is refused before it is read") {
  TestServer server;
  auto client = server.client();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n");
  CHECK(code_of(client.receive()) == "request.too_large");
}

TEST_CASE("A chunked body over the route's bound is refused while it is read") {
  TestServer server;
  auto client = server.client();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  for (int i = 0; i < 17; ++i) client.send(chunk);
  CHECK(code_of(client.receive()) == "request.too_large");
}

TEST_CASE("Bodies of all connections together are bounded") {
  TestServer server([](auto& options) { options.limits.body_bytes_in_total = 100'000; });
  auto client = server.client();
  CHECK(client.request("POST", "/echo", std::string(50'000, 'x')).status == 200);
  const auto answer = client.request("POST", "/echo", std::string(500'000, 'x'));
  CHECK(answer.status == 503);
  CHECK(code_of(answer) == "server.unavailable");
  auto next = server.client();
  CHECK(next.request("POST", "/echo", std::string(50'000, 'x')).status == 200);
}

TEST_CASE("Over-long headers are refused") {
  TestServer server;
  auto client = server.client();
  client.send("GET /hello HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(40'000, 'y') + "\r\n\r\n");
  const auto answer = client.receive();
  CHECK(answer.status == 413);
  CHECK(code_of(answer) == "request.too_large");
}

TEST_CASE("Damaged, cut and unknown encodings are refused") {
  TestServer server;
  CHECK(code_of(server.client().request("POST", "/echo", "no gzip", {{"Content-Encoding", "gzip"}})) == "request.bad");
  auto packed = compress(Encoding::Zstd, std::string(1000, 'a'));
  packed.pop_back();
  CHECK(code_of(server.client().request("POST", "/echo", packed, {{"Content-Encoding", "zstd"}})) == "request.bad");
  const auto unknown = server.client().request("POST", "/echo", "x", {{"Content-Encoding", "br"}});
  CHECK(unknown.status == 415);
  CHECK(code_of(unknown) == "request.unsupported_encoding");
}

TEST_CASE("What is not HTTP is refused") {
  TestServer server;
  auto client = server.client();
  client.send("this is no request\r\n\r\n");
  CHECK(client.receive().status == 400);
  CHECK(client.closed_by_server());
}

TEST_CASE("A request target that is not a path is refused") {
  TestServer server;
  for (const std::string target : {"hello", "/hello?a=%zz", "/hello?a=%00"}) {
    auto client = server.client();
    client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(code_of(client.receive()) == "request.bad");
  }
}

TEST_CASE("An unknown path and a wrong method are told apart") {
  TestServer server;
  auto client = server.client();
  const auto unknown = client.get("/nothing");
  CHECK(unknown.status == 404);
  CHECK(code_of(unknown) == "request.not_found");
  const auto wrong = client.request("DELETE", "/hello");
  CHECK(wrong.status == 405);
  CHECK(wrong.header("allow") == "GET");
  CHECK(client.get("/hello").status == 200);
}

TEST_CASE("A body nobody wants is not read") {
  TestServer server;
  auto client = server.client();
  const auto answer = client.request("POST", "/nothing", std::string(300'000, 'x'));
  CHECK(answer.status == 404);
  CHECK(answer.header("connection") == "close");
}

TEST_CASE("HEAD gives the headers of GET without the body") {
  TestServer server;
  auto client = server.client();
  const auto answer = client.request("HEAD", "/text/100");
  CHECK(answer.status == 200);
  CHECK(answer.header("content-length") == "100");
  CHECK(answer.body.empty());
  CHECK(client.get("/hello").body == "hello");
}

TEST_CASE("Expect: 100-continue is answered before the body") {
  TestServer server;
  auto client = server.client();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive().status == 100);
  client.send("ok");
  CHECK(client.receive().body == "ok");
}

TEST_CASE("A problem is told in the language of the request, with the request's number") {
  TestServer server;
  auto client = server.client();
  const auto russian = nlohmann::json::parse(client.get("/problem").text());
  CHECK(russian.at("code") == "record.invalid_value");
  CHECK(russian.at("where") == "answers/nps");
  CHECK(russian.at("message").get<std::string>().find("значение") != std::string::npos);
  const auto answer = client.get("/problem", {{"Accept-Language", "en-GB,en;q=0.9,ru;q=0.5"}});
  CHECK(answer.status == 422);
  CHECK(answer.header("content-language") == "en");
  const auto english = nlohmann::json::parse(answer.text());
  CHECK(english.at("message").get<std::string>().find("value") != std::string::npos);
  CHECK(english.at("request") == answer.header("x-request-id"));
}

TEST_CASE("A handler that fails is answered without its secrets") {
  TestServer server;
  auto client = server.client();
  const auto answer = client.get("/throw");
  CHECK(answer.status == 500);
  CHECK(answer.text().find("secret") == std::string::npos);
  CHECK(client.get("/hello").status == 200);
}

TEST_CASE("A responder that is dropped unanswered answers all the same") {
  TestServer server;
  CHECK(server.client().get("/dropped").status == 500);
}

TEST_CASE("A handler that takes too long is cut off") {
  TestServer server([](auto& options) { options.limits.handler_time = 150ms; });
  auto client = server.client();
  const auto answer = client.get("/gated");
  CHECK(answer.status == 503);
  CHECK(client.closed_by_server());
}

TEST_CASE("A client slow with its headers is told so") {
  TestServer server([](auto& options) { options.limits.header_time = 150ms; });
  auto client = server.client();
  client.send("GET /hello HTTP/1.1\r\nHo");
  CHECK(code_of(client.receive()) == "request.timeout");
  CHECK(client.closed_by_server());
}

TEST_CASE("A client slow with its body is told so") {
  TestServer server([](auto& options) { options.limits.body_time = 150ms; });
  auto client = server.client();
  client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
  const auto answer = client.receive();
  CHECK(answer.status == 408);
  CHECK(client.closed_by_server());
}

TEST_CASE("An idle connection is closed, and one that never begins TLS as well") {
  TestServer server([](auto& options) { options.limits = quick(); });
  auto client = server.client();
  CHECK(client.get("/hello").status == 200);
  CHECK(client.closed_by_server());
  TestClient silent(server.server->port(), "");
  CHECK(silent.closed_by_server());
}

TEST_CASE("Connections over the limit are told to come later") {
  TestServer server([](auto& options) { options.limits.connections = 2; });
  auto first = server.client(), second = server.client();
  CHECK(first.get("/hello").status == 200);
  CHECK(second.get("/hello").status == 200);
  auto third = server.client();
  CHECK(code_of(third.get("/hello")) == "server.unavailable");
  CHECK(first.get("/hello").status == 200);
}

TEST_CASE("Connections of one address over its limit are told to come later") {
  TestServer server([](auto& options) { options.limits.connections_per_address = 1; });
  {
    auto first = server.client();
    CHECK(first.get("/hello").status == 200);
    auto second = server.client();
    CHECK(code_of(second.get("/hello")) == "request.too_many");
  }
  wait_for([&] { return server.metrics.gauge("anketa_http_connections", "").value() == 0; });
  CHECK(server.client().get("/hello").status == 200);
}

TEST_CASE("Two hundred clients at once are all served") {
  TestServer server;
  std::vector<std::thread> threads;
  std::atomic<int> served{0};
  for (int i = 0; i < 20; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 10; ++j) {
        auto client = server.client();
        if (client.get("/hello").status == 200 && client.get("/text/2000").status == 200) ++served;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(served == 200);
}

TEST_CASE("A graceful stop lets a request in flight finish and closes idle connections") {
  TestServer server;
  auto idle = server.client(), busy = server.client();
  CHECK(idle.get("/hello").status == 200);
  busy.send("GET /gated HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for([&] { return server.at_gate == 1; });
  std::thread stopper([&] { server.server->stop(); });
  CHECK(idle.closed_by_server());
  CHECK_THROWS(server.client());
  server.open_gate();
  const auto answer = busy.receive();
  CHECK(answer.body == "through");
  CHECK(answer.header("connection") == "close");
  stopper.join();
}

TEST_CASE("A stop is not held up for ever by a request that does not finish") {
  TestServer server([](auto& options) { options.limits.stop_time = 100ms; });
  auto busy = server.client();
  busy.send("GET /gated HTTP/1.1\r\nHost: x\r\n\r\n");
  wait_for([&] { return server.at_gate == 1; });
  const auto started = std::chrono::steady_clock::now();
  server.server->stop();
  CHECK(std::chrono::steady_clock::now() - started < 5s);
}

TEST_CASE("A page comes with a strict content policy") {
  TestServer server;
  const auto page = server.client().get("/page", {{"Host", "anketa.example.org"}});
  CHECK(page.header("content-security-policy").find("default-src 'none'") != std::string::npos);
  CHECK(page.header("content-security-policy").find("unsafe") == std::string::npos);
  CHECK(page.header("x-content-type-options") == "nosniff");
  CHECK(page.header("referrer-policy") == "no-referrer");
  CHECK(page.header("strict-transport-security").find("max-age") != std::string::npos);
  CHECK(server.client().get("/page").header("strict-transport-security").empty());
  CHECK(server.client().get("/hello").header("cache-control") == "no-store");
}

TEST_CASE("Requests are counted by route and status") {
  TestServer server;
  auto client = server.client();
  client.get("/text/1");
  client.get("/text/2");
  client.get("/nothing");
  const auto text = server.metrics.text();
  CHECK(text.find("anketa_http_requests_total{route=\"/text/{size}\",status=\"200\"} 2\n") != std::string::npos);
  CHECK(text.find("anketa_http_requests_total{route=\"none\",status=\"404\"} 1\n") != std::string::npos);
  CHECK(text.find("anketa_http_request_seconds_count{route=\"/text/{size}\",status=\"200\"} 2\n") != std::string::npos);
}

TEST_CASE("Plain HTTP is served on loopback only") {
  TestServer server([](auto& options) { options.tls = {}; });
  CHECK(server.client().get("/hello").body == "hello");
  http::ServerOptions options;
  options.address = "0.0.0.0";
  CHECK_THROWS_AS(http::Server(options, server.router, server.metrics), ProblemError);
}

TEST_CASE("A port in use is named") {
  TestServer server;
  http::ServerOptions options;
  options.port = server.server->port();
  try {
    http::Server second(options, server.router, server.metrics);
    FAIL("it bound the same port");
  } catch (const ProblemError& error) {
    CHECK(error.problem().code == ProblemCode::PortInUse);
    CHECK(error.problem().arguments.at("port") == std::to_string(options.port));
  }
}
