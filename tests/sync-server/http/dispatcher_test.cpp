#include "sync-server/http/dispatcher.hpp"

#include <catch2/catch_test_macros.hpp>
#include <future>
#include <thread>

using namespace anketa;
using namespace anketa::server::http;

namespace {

Request get(std::string path) {
  Request request;
  request.method = "GET";
  request.path = std::move(path);
  return request;
}

}  // namespace

TEST_CASE("A responder that outlives the server answers into nothing") {
  Router router;
  std::optional<Responder> kept;
  std::promise<void> reached;
  router.add("GET", "/later", Handler([&](const Request&, Responder respond) {
               kept.emplace(std::move(respond));
               reached.set_value();
             }));
  Registry metrics;
  bool answered = false;
  {
    Dispatcher dispatcher(router, metrics, 1, false);
    dispatcher.dispatch(get("/later"), [&](const Outgoing&) { answered = true; });
    reached.get_future().wait();
  }
  (*kept)(Response::text("too late"));
  CHECK_FALSE(answered);
  CHECK_NOTHROW(metrics.text());
}

TEST_CASE("A large answer from a foreign thread is compressed by a worker") {
  Router router;
  std::thread foreign;
  router.add("GET", "/large", Handler([&](const Request&, const Responder& respond) {
               foreign = std::thread([respond] { respond(Response::text(std::string(100'000, 'a'))); });
             }));
  Registry metrics;
  Dispatcher dispatcher(router, metrics, 1, false);
  auto request = get("/large");
  request.headers["accept-encoding"] = "gzip";
  std::promise<std::pair<std::thread::id, std::size_t>> done;
  dispatcher.dispatch(std::move(request), [&](const Outgoing& outgoing) {
    done.set_value({std::this_thread::get_id(), outgoing.body.size()});
  });
  const auto [answered_on, size] = done.get_future().get();
  CHECK(size < 1'000);
  CHECK(answered_on != foreign.get_id());
  foreign.join();
}

TEST_CASE("After stop a request is told that the server is going") {
  const Router router;
  Registry metrics;
  Dispatcher dispatcher(router, metrics, 1, false);
  dispatcher.stop();
  int status = 0;
  dispatcher.dispatch(get("/any"), [&](const Outgoing& outgoing) { status = outgoing.status; });
  CHECK(status == 503);
}
