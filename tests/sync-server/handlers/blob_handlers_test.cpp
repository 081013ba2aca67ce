// Uploads and downloads of attachments over TLS, as a tus client makes them.
#include <catch2/catch_test_macros.hpp>

#include "shared/record/sha256.hpp"
#include "sync-server/auth/base64url.hpp"
#include "tests/sync-server/handlers/organisation.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

using Headers = TestClient::Headers;

std::string base64(std::string_view text) {
  auto out = base64url(text);
  for (auto& c : out) c = c == '-' ? '+' : c == '_' ? '/' : c;
  return out + std::string((4 - out.size() % 4) % 4, '=');
}

std::string digest_text(std::string_view bytes) {
  const auto digest = sha256(bytes);
  return {digest.begin(), digest.end()};
}

std::string noise(std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = 1;
  for (auto& c : bytes) c = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
  return bytes;
}

/// A client of Anna's with an attachment that Anna recorded; Boris is a rep with clients of his own.
struct World {
  Organisation organisation;
  Uuid anna = organisation.add("anna", Role::Rep);
  Uuid scope = Uuid::v7(organisation.environment);
  Json session;
  Json boris;

  World() {
    organisation.add("boris", Role::Rep);
    session = organisation.log_in("anna", Uuid::v7(organisation.environment));
    boris = organisation.log_in("boris", Uuid::v7(organisation.environment));
    record(scope, "client", scope, {{"name", "ООО «Ромашка»"}});
    record(scope, "assignment", Uuid::v7(organisation.environment),
           {{"client", scope.text()}, {"user", anna.text()}, {"role", "owner"}});
  }

  void record(const Scope& in, const std::string& collection, const Uuid& id, const Json& body) {
    Mutation mutation;
    mutation.id = Uuid::v7(organisation.environment);
    mutation.record = id;
    mutation.collection = collection;
    mutation.scope = in;
    mutation.at = organisation.environment.now();
    mutation.ops = {{OpKind::Set, {}, body, {}, {}}};
    Author server;
    server.server = true;
    const auto results = organisation.sync.submit(server, {mutation});
    REQUIRE(results.at(0).status == protocol::ResultStatus::Applied);
  }
  void attach(const std::string& content, const std::string& field = {}) {
    record(scope, "attachment", Uuid::v7(organisation.environment),
           {{"record", scope.text()}, {"field", field}, {"sha256", hex(sha256(content))}});
  }

  Headers tus(Headers more = {}) {
    more.merge(bearer(session));
    more.emplace("Tus-Resumable", "1.0.0");
    return more;
  }
  Answer create(const std::string& sha256, std::size_t length, const Json& who) {
    Headers headers{{"Upload-Length", std::to_string(length)},
                    {"Upload-Metadata",
                     "sha256 " + base64(sha256) + ",scope " + base64(scope.text()) + ", name " + base64("договор.pdf")},
                    {"Tus-Resumable", "1.0.0"}};
    headers.merge(bearer(who));
    return organisation.client().request("POST", "/v1/uploads", {}, headers);
  }
  std::string created(const std::string& content) {
    const auto answer = create(hex(sha256(content)), content.size(), session);
    REQUIRE(answer.status == 201);
    CHECK(answer.header("tus-resumable") == "1.0.0");
    return answer.header("location");
  }
  Answer patch(const std::string& path, std::size_t offset, const std::string& bytes, Headers more = {}) {
    more.emplace("Content-Type", "application/offset+octet-stream");
    more.emplace("Upload-Offset", std::to_string(offset));
    return organisation.client().request("PATCH", path, bytes, tus(std::move(more)));
  }
  std::string offset(const std::string& path) {
    const auto answer = organisation.client().request("HEAD", path, {}, tus());
    return answer.status == 200 ? answer.header("upload-offset") : std::to_string(answer.status);
  }
  void upload(const std::string& content) { REQUIRE(patch(created(content), 0, content).status == 204); }
  std::string blob(const std::string& content) { return "/v1/blobs/" + scope.text() + "/" + hex(sha256(content)); }
  Answer download(const std::string& content, const Json& who, Headers more = {}) {
    more.merge(bearer(who));
    return organisation.client().get(blob(content), more);
  }
};

}  // namespace

TEST_CASE("OPTIONS tells a tus client what the server can do, without a log-in") {
  World world;
  const auto answer = world.organisation.client().request("OPTIONS", "/v1/uploads");
  CHECK(answer.status == 204);
  CHECK(answer.header("tus-version") == "1.0.0");
  CHECK(answer.header("tus-extension") == "creation,termination,checksum,expiration");
  CHECK(answer.header("tus-max-size") == "4194304");
}

TEST_CASE("An upload in one request, larger than what is held in memory, is downloaded byte for byte") {
  World world;
  const auto content = noise(3 << 20);
  world.attach(content);
  CHECK(code_of(world.download(content, world.session)) == "attachment.content_missing");
  const auto path = world.created(content);
  const auto answer = world.patch(path, 0, content);
  CHECK(answer.status == 204);
  CHECK(answer.header("upload-offset") == std::to_string(content.size()));
  const auto downloaded = world.download(content, world.session);
  REQUIRE(downloaded.status == 200);
  CHECK((downloaded.body == content));
  CHECK(downloaded.header("content-disposition") == "attachment");
  CHECK(world.offset(path) == "404");
}

TEST_CASE("A connection that breaks in mid-upload loses nothing that arrived, and the upload resumes") {
  World world;
  const auto content = noise(3 << 20);
  world.attach(content);
  const auto path = world.created(content);
  {
    auto client = world.organisation.client();
    client.send(
        "PATCH " + path + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n" +
        "Content-Type: application/offset+octet-stream\r\nAuthorization: " + bearer(world.session).at("Authorization") +
        "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content.substr(0, 2'000'000));
  }
  // A reset may throw away what the server had not read yet; of what it read nothing may go.
  std::string offset = "0";
  const auto settled = [&] {
    const auto before = offset;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    offset = world.offset(path);
    return offset != "0" && offset == before;
  };
  for (int i = 0; i < 100 && !settled();) ++i;
  const auto arrived = std::stoul(offset);
  REQUIRE(arrived > 0);
  REQUIRE(arrived <= 2'000'000);
  CHECK(world.patch(path, arrived, content.substr(arrived)).status == 204);
  CHECK((world.download(content, world.session).body == content));
}

TEST_CASE("What a tus server refuses is refused with its statuses") {
  World world;
  const std::string content = "content";
  const auto path = world.created(content);
  CHECK(world.patch(path, 3, content).status == 409);
  CHECK(world.patch(path, 0, content + "more").status == 413);
  auto headers = world.tus({{"Content-Type", "application/json"}, {"Upload-Offset", "0"}});
  CHECK(world.organisation.client().request("PATCH", path, content, headers).status == 415);
  headers["Tus-Resumable"] = "0.2.2";
  const auto old = world.organisation.client().request("PATCH", path, content, headers);
  CHECK(old.status == 412);
  CHECK(old.header("tus-version") == "1.0.0");
  CHECK(world.patch(path, 0, content, {{"Upload-Checksum", "sha256 " + base64(digest_text("other"))}}).status == 460);
  CHECK(world.patch(path, 0, content, {{"Upload-Checksum", "md5 AAAA"}}).status == 400);
  CHECK(world.offset(path) == "0");
  CHECK(world.patch(path, 0, content, {{"Upload-Checksum", "sha256 " + base64(digest_text(content))}}).status == 204);
  const auto too_large = world.create(std::string(64, 'a'), (4 << 20) + 1, world.session);
  CHECK(too_large.status == 413);
  CHECK(too_large.header("tus-resumable") == "1.0.0");
  CHECK(world.create("no hash", 7, world.session).status == 400);
}

TEST_CASE("A content whose hash is not the announced one is refused, and the upload is gone") {
  World world;
  const auto path = world.created("announced");
  const auto answer = world.patch(path, 0, "different");
  CHECK(answer.status == 460);
  CHECK(code_of(answer) == "attachment.checksum_mismatch");
  CHECK(world.offset(path) == "404");
}

TEST_CASE("An upload can be ended, and by POST where a client knows nothing else") {
  World world;
  const auto path = world.created("content");
  CHECK(world.organisation.client().request("DELETE", path, {}, world.tus()).status == 204);
  CHECK(world.offset(path) == "404");
  const auto other = world.created("content");
  const auto headers = world.tus({{"X-HTTP-Method-Override", "PATCH"},
                                  {"Content-Type", "application/offset+octet-stream"},
                                  {"Upload-Offset", "0"}});
  CHECK(world.organisation.client().request("POST", other, "content", headers).status == 204);
}

TEST_CASE("Beyond a user's quota an upload is refused; expired ones make room") {
  World world;
  world.created(noise(4 << 20));
  world.created(noise((4 << 20) - 1));
  const auto refused = world.create(std::string(64, 'a'), 100, world.session);
  CHECK(refused.status == 413);
  CHECK(code_of(refused) == "attachment.quota_exceeded");
  world.organisation.environment.advance(3'600'001);
  world.session = world.organisation.log_in("anna", Uuid::v7(world.organisation.environment));
  CHECK(world.create(std::string(64, 'a'), 100, world.session).status == 201);
}

TEST_CASE("Another rep's scope is not there: neither for uploads nor for downloads (R34)") {
  World world;
  const std::string content = "Ромашка's contract";
  world.attach(content);
  world.upload(content);
  CHECK(world.download(content, world.session).status == 200);
  const auto theirs = world.download(content, world.boris);
  CHECK(theirs.status == 404);
  CHECK(code_of(theirs) == "request.not_found");
  CHECK(code_of(world.download("never heard of", world.boris)) == "request.not_found");
  CHECK(world.create(hex(sha256(content)), content.size(), world.boris).status == 404);
  CHECK(world.organisation.client().get(world.blob(content)).status == 401);
}

TEST_CASE("A content is given for an attachment that the reader sees, not for its hash (R36)") {
  World world;
  world.organisation.add("service", Role::Service);
  const auto service = world.organisation.log_in("service", Uuid::v7(world.organisation.environment));
  world.upload("a photograph");
  CHECK(world.download("a photograph", world.session).status == 404);
  world.attach("a photograph");
  CHECK(world.download("a photograph", world.session).status == 200);
  // It belongs to the client's dossier, which is not the service side's (R14).
  CHECK(world.download("a photograph", service).status == 404);
  world.attach("secret", "something undeclared");
  world.upload("secret");
  CHECK(world.download("secret", world.session).status == 200);
  CHECK(world.download("secret", service).status == 404);
  world.upload("a fault");
  world.record(world.scope, "attachment", Uuid::v7(world.organisation.environment),
               {{"record", world.scope.text()},
                {"collection", "quality_case"},
                {"sha256", hex(sha256(std::string("a fault")))}});
  CHECK(world.download("a fault", service).status == 200);
}

TEST_CASE("Parts of a content are given by Range") {
  World world;
  const std::string content = "0123456789";
  world.attach(content);
  world.upload(content);
  const auto part = [&](const std::string& range) {
    return world.download(content, world.session, {{"Range", range}});
  };
  CHECK(part("bytes=2-4").body == "234");
  CHECK(part("bytes=2-4").status == 206);
  CHECK(part("bytes=2-4").header("content-range") == "bytes 2-4/10");
  CHECK(part("bytes=7-").body == "789");
  CHECK(part("bytes=-3").body == "789");
  CHECK(part("bytes=8-100").body == "89");
  CHECK(part("bytes=10-").status == 416);
  CHECK(part("bytes=10-").header("content-range") == "bytes */10");
  CHECK(part("bytes=4-2").body == content);
  CHECK(part("bytes=0-1,3-4").status == 200);
  auto headers = bearer(world.session);
  const auto head = world.organisation.client().request("HEAD", world.blob(content), {}, headers);
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == "10");
}
