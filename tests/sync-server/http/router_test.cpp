#include "sync-server/http/router.hpp"

#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "sync-server/http/assets.hpp"
#include "sync-server/http/metrics.hpp"

using namespace anketa;
using namespace anketa::server::http;

namespace {

Response nothing(Request& /*request*/) {
  return Response::no_content();
}

std::string matched(const Router& router, std::string_view method, std::string_view path) {
  const auto match = router.match(method, path);
  return match.route == nullptr ? "allowed: " + match.allowed : match.route->pattern;
}

}  // namespace

TEST_CASE("A literal segment wins over a capture, whatever came first") {
  Router router;
  router.add("GET", "/v1/records/{collection}/{id}", nothing);
  router.add("GET", "/v1/records/client/new", nothing);
  CHECK(matched(router, "GET", "/v1/records/client/new") == "/v1/records/client/new");
  CHECK(matched(router, "GET", "/v1/records/client/old") == "/v1/records/{collection}/{id}");
}

TEST_CASE("Captures are decoded, empty and broken ones do not fit") {
  Router router;
  router.add("GET", "/r/{name}/x", nothing);
  router.add("GET", "/files/{rest...}", nothing);
  CHECK(router.match("GET", "/r/a%2Fb/x").parameters.at("name") == "a/b");
  CHECK(router.match("GET", "/files/a/b.txt").parameters.at("rest") == "a/b.txt");
  CHECK(router.match("GET", "/r//x").route == nullptr);
  CHECK(router.match("GET", "/r/%zz/x").route == nullptr);
  CHECK(router.match("GET", "/r/a/x/").route == nullptr);
  CHECK(router.match("GET", "/r/a").route == nullptr);
}

TEST_CASE("A wrong method names the right ones") {
  Router router;
  router.add("GET", "/a", nothing);
  router.add("POST", "/a", nothing);
  CHECK(matched(router, "PUT", "/a") == "allowed: GET, POST");
  CHECK(matched(router, "PUT", "/b") == "allowed: ");
  CHECK(matched(router, "HEAD", "/a") == "/a");
}

TEST_CASE("The same route twice is a mistake of the programmer") {
  Router router;
  router.add("GET", "/a", nothing);
  CHECK_THROWS_AS(router.add("GET", "/a", nothing), std::logic_error);
}

TEST_CASE("A responder answers once, the first time, from any thread") {
  int answers = 0;
  {
    const Responder respond([&](const Response& response) {
      ++answers;
      CHECK(response.status == 200);
    });
    std::thread([respond] { respond(Response::text("first")); }).join();
    respond(Response::text("second", 201));
  }
  CHECK(answers == 1);
}

TEST_CASE("A target splits into path and decoded query") {
  const auto target = parse_target("/a/b?name=%D0%90+b&flag&x=1&x=2");
  REQUIRE(target);
  CHECK(target->path == "/a/b");
  CHECK(target->query.at("name") == "А b");
  CHECK(target->query.at("flag").empty());
  CHECK(target->query.at("x") == "2");
  CHECK_FALSE(parse_target("http://other/"));
  CHECK_FALSE(parse_target("*"));
}

TEST_CASE("The language is the first of ours that the browser prefers") {
  Request request;
  CHECK(request.language() == text::Language::Russian);
  request.headers["accept-language"] = "de, en;q=0.8, ru;q=0.7";
  CHECK(request.language() == text::Language::English);
  request.headers["accept-language"] = "ru-RU,ru;q=0.9,en;q=0.8";
  CHECK(request.language() == text::Language::Russian);
}

TEST_CASE("An asset is served compressed, with a tag that saves sending it again") {
  const std::string script(5000, 'x');
  const Asset assets[] = {{"/index.html", "<html></html>"}, {"/assets/main-1.js", script}};
  Router router;
  add_asset_routes(router, assets);
  const auto ask = [&](const std::string& path, Parameters headers) {
    Response given;
    Request request;
    request.headers = std::move(headers);
    router.match("GET", path).route->handler(request, Responder([&](Response response) { given = response; }));
    return given;
  };
  const auto page = ask("/", {});
  CHECK(page.content() == "<html></html>");
  CHECK(page.content_type == "text/html; charset=utf-8");
  const auto packed = ask("/assets/main-1.js", {{"accept-encoding", "zstd"}});
  CHECK(packed.content_encoding == "zstd");
  CHECK(packed.content().size() < 200);
  const auto tag = packed.headers.front().second;
  const auto again = ask("/assets/main-1.js", {{"accept-encoding", "zstd"}, {"if-none-match", tag}});
  CHECK(again.status == 304);
  CHECK(again.content().empty());
  CHECK(ask("/assets/main-1.js", {{"if-none-match", tag}}).status == 200);
}

TEST_CASE(
    "A page below a prefix has its own policy, in documents and scripts, and its folder is found without a slash") {
  const Asset assets[] = {{"/index.html", "<html></html>"}, {"/sw.js", "x"}, {"/icon.svg", "<svg/>"}};
  Router router;
  add_asset_routes(router, assets, {"/app", "default-src 'none'"});
  const auto ask = [&](const std::string& path) {
    Response given;
    router.match("GET", path).route->handler(Request(), Responder([&](Response response) { given = response; }));
    return given;
  };
  const auto has_policy = [](const Response& response) {
    return std::any_of(response.headers.begin(), response.headers.end(),
                       [](const auto& header) { return header.first == "Content-Security-Policy"; });
  };
  CHECK(ask("/app/").content() == "<html></html>");
  CHECK(has_policy(ask("/app/")));
  CHECK(has_policy(ask("/app/sw.js")));
  CHECK_FALSE(has_policy(ask("/app/icon.svg")));
  const auto moved = ask("/app");
  CHECK(moved.status == 308);
  CHECK(moved.headers.front().second == "/app/");
  CHECK(router.match("GET", "/index.html").route == nullptr);
}

TEST_CASE("Metrics are written as Prometheus reads them") {
  Registry registry;
  registry.counter("a_total", "Counts.", {{"kind", "x\"y"}}).add(3);
  registry.histogram("t_seconds", "Times.").observe(0.003);
  registry.on_scrape([&] { registry.gauge("g", "Now.").set(-4); });
  const auto text = registry.text();
  CHECK(text.find("# TYPE a_total counter\na_total{kind=\"x\\\"y\"} 3\n") != std::string::npos);
  CHECK(text.find("t_seconds_bucket{le=\"0.0025\"} 0\n") != std::string::npos);
  CHECK(text.find("t_seconds_bucket{le=\"0.005\"} 1\n") != std::string::npos);
  CHECK(text.find("t_seconds_bucket{le=\"+Inf\"} 1\nt_seconds_sum 0.003\nt_seconds_count 1\n") != std::string::npos);
  CHECK(text.find("g -4\n") != std::string::npos);
}
