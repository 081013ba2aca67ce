#include <catch2/catch_test_macros.hpp>

#include "shared/compression/compression.hpp"
#include "shared/protocol/messages.hpp"
#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

protocol::SyncRequest empty_sync(const Uuid& device) {
  protocol::SyncRequest request;
  request.protocol = protocol::version;
  request.device = device;
  request.generation = 1;
  request.nonce = "one";
  request.next_nonce = "two";
  return request;
}

struct Synced {
  Organisation organisation;
  Uuid device = Uuid::v7(organisation.environment);
  Json session = (organisation.add("anna", Role::Rep), organisation.log_in("anna", device));

  Answer sync(const std::string& body, TestClient::Headers headers = {}) {
    headers.merge(bearer(session));
    return organisation.client().request("POST", "/v1/sync", body, headers);
  }
};

}  // namespace

TEST_CASE("A sync over TLS is answered with a page and a cursor, compressed both ways") {
  Synced world;
  const auto body = encode(empty_sync(world.device));
  const auto answer =
      world.sync(compress(Encoding::Zstd, body), {{"Content-Encoding", "zstd"}, {"Accept-Encoding", "zstd"}});
  REQUIRE(answer.status == 200);
  const auto decoded = protocol::decode_answer(answer.text());
  CHECK(decoded.complete);
  CHECK_FALSE(decoded.cursor.empty());
}

TEST_CASE("A sync with nothing new takes less than two kilobytes of HTTP") {
  Synced world;
  auto request = empty_sync(world.device);
  request.cursor = protocol::decode_answer(world.sync(encode(request)).text()).cursor;
  const auto answer = world.sync(encode(request));
  REQUIRE(answer.status == 200);
  std::size_t bytes = answer.body.size();
  for (const auto& [name, value] : answer.headers) bytes += name.size() + value.size() + 4;
  CHECK(bytes + encode(request).size() < 1'500);
}

TEST_CASE("Bad syncs are refused with a clear code") {
  Synced world;
  CHECK(code_of(world.sync("{\"protocol\":1,")) == "request.malformed_json");
  CHECK(code_of(world.sync("{\"mutations\":" + std::string(100, '[') + std::string(100, ']') + "}")) ==
        "request.too_deep");
  CHECK(code_of(world.sync("[]")) != "internal");
  auto future = empty_sync(world.device);
  future.protocol = 99;
  CHECK(code_of(world.sync(encode(future))) == "protocol.too_new");
  const auto anonymous = world.organisation.client().request("POST", "/v1/sync", encode(empty_sync(world.device)));
  CHECK(code_of(anonymous) == "auth.not_logged_in");
}

TEST_CASE("A sync over eight megabytes is refused, plain or packed") {
  Synced world;
  const std::string large(protocol::max_request_bytes + 1, ' ');
  CHECK(code_of(world.sync(large)) == "request.too_large");
  CHECK(code_of(world.sync(compress(Encoding::Gzip, large), {{"Content-Encoding", "gzip"}})) == "request.too_large");
}
