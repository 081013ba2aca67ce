#include "sync-server/http/certificate_keeper.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "sync-server/system/files.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/test_environment.hpp"
#include "tests/sync-server/http/test_server.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;

namespace {

constexpr Instant day = Instant{24} * 60 * 60 * 1000;

ProblemCode problem_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Count;
}

}  // namespace

TEST_CASE("The first start makes certificates that only the owner can read") {
  const TemporaryFolder folder;
  const auto made = http::ensure_certificates({folder.file("tls"), {}}, real_now());
  CHECK(made.renewed);
  for (const auto& file : {made.ca_file, made.files.certificate, made.files.key, folder.file("tls/ca.key")}) {
    struct stat status {};
    REQUIRE(stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
  }
}

TEST_CASE("A client that trusts the authority is served, one that does not refuses") {
  TestServer server;
  CHECK(server.client().get("/hello").status == 200);
  CHECK_NOTHROW(TestClient(server.server->port(), shared_certificates().ca_file, "127.0.0.1"));
  const TemporaryFolder other;
  const auto stranger = http::ensure_certificates({other.path().string(), {}}, real_now());
  CHECK_THROWS(TestClient(server.server->port(), stranger.ca_file));
  CHECK_THROWS(TestClient(server.server->port(), shared_certificates().ca_file, "bank.example.com"));
}

TEST_CASE("Certificates are kept until thirty days before their end, then renewed under the same authority") {
  const TemporaryFolder folder;
  const auto now = real_now();
  const auto first = http::ensure_certificates({folder.path().string(), {}}, now);
  CHECK(first.valid_until - now > 390 * day);
  CHECK(first.valid_until - now <= 397 * day);
  const auto authority = read_file(first.ca_file);
  CHECK_FALSE(http::ensure_certificates({folder.path().string(), {}}, now + 300 * day).renewed);
  const auto renewed = http::ensure_certificates({folder.path().string(), {}}, now + 370 * day);
  CHECK(renewed.renewed);
  CHECK(renewed.valid_until > first.valid_until);
  CHECK(read_file(first.ca_file) == authority);
}

TEST_CASE("A new name within the authority's range leads to a new certificate") {
  const TemporaryFolder folder;
  http::ensure_certificates({folder.path().string(), {"anketa.lan"}}, real_now());
  CHECK(http::ensure_certificates({folder.path().string(), {"anketa.lan", "10.1.2.3", "vip.lan"}}, real_now()).renewed);
  CHECK_FALSE(http::ensure_certificates({folder.path().string(), {"vip.lan"}}, real_now()).renewed);
}

TEST_CASE("The authority signs no name of the public internet that it was not made for") {
  const TemporaryFolder folder;
  CHECK_NOTHROW(http::ensure_certificates({folder.path().string(), {"anketa.company.example"}}, real_now()));
  const auto with_foreign_name = [&] {
    http::ensure_certificates({folder.path().string(), {"bank.example"}}, real_now());
  };
  CHECK(problem_of(with_foreign_name) == ProblemCode::ConfigInvalid);
}

TEST_CASE("A broken server certificate of our own is made anew, a broken authority is an error") {
  const TemporaryFolder folder;
  const auto made = http::ensure_certificates({folder.path().string(), {}}, real_now());
  std::ofstream(made.files.certificate) << "rubbish";
  CHECK(http::ensure_certificates({folder.path().string(), {}}, real_now()).renewed);
  std::ofstream(made.ca_file) << "rubbish";
  const auto again = [&] { http::ensure_certificates({folder.path().string(), {}}, real_now()); };
  CHECK(problem_of(again) == ProblemCode::ConfigInvalid);
}

TEST_CASE("A missing, broken or foreign certificate file stops the server with the file's name") {
  const TemporaryFolder folder;
  const auto one = http::ensure_certificates({folder.file("one"), {}}, real_now());
  const auto two = http::ensure_certificates({folder.file("two"), {}}, real_now());
  std::ofstream(folder.file("rubbish.pem")) << "rubbish";
  const http::Router router;
  http::Registry metrics;
  const auto refused = [&](const http::TlsFiles& files) -> std::string {
    http::ServerOptions options;
    options.tls = files;
    try {
      const http::Server server(options, router, metrics);
    } catch (const ProblemError& error) {
      return error.problem().code == ProblemCode::ConfigInvalid ? error.problem().where : "another problem";
    }
    return "none";
  };
  CHECK(refused({folder.file("missing.pem"), one.files.key}) == folder.file("missing.pem"));
  CHECK(refused({folder.file("rubbish.pem"), one.files.key}) == folder.file("rubbish.pem"));
  CHECK(refused({one.files.certificate, two.files.key}) == two.files.key);
}

TEST_CASE("New connections get a replaced certificate, and a bad one changes nothing") {
  const TemporaryFolder folder;
  const auto fresh = http::ensure_certificates({folder.path().string(), {}}, real_now());
  TestServer server;
  server.server->replace_certificate(fresh.files);
  CHECK_NOTHROW(TestClient(server.server->port(), fresh.ca_file).get("/hello"));
  CHECK_THROWS_AS(server.server->replace_certificate({"missing.pem", "missing.key"}), ProblemError);
  CHECK_NOTHROW(TestClient(server.server->port(), fresh.ca_file).get("/hello"));
}

TEST_CASE("A running server renews its own certificate in time, and no connection is dropped for it") {
  const TemporaryFolder folder;
  const http::CertificateOptions own{folder.path().string(), {}};
  // Made so long ago that it ends in four weeks.
  anketa::test::TestEnvironment environment(1, real_now() - 369 * day);
  const auto made = http::ensure_certificates(own, environment.now());
  TestServer server([&](http::ServerOptions& options) { options.tls = made.files; });
  int handed_over = 0;
  http::CertificateKeeper keeper(own, made.files, environment, [&](const http::TlsFiles& files) {
    server.server->replace_certificate(files);
    ++handed_over;
  });
  TestClient before(server.server->port(), made.ca_file);
  CHECK(before.get("/hello").status == 200);
  CHECK(before.valid_until() == made.valid_until);

  keeper.look();
  environment.advance(366 * day);
  keeper.look();
  CHECK(handed_over == 0);
  environment.advance(3 * day);
  keeper.look();
  keeper.look();
  CHECK(handed_over == 1);
  TestClient after(server.server->port(), made.ca_file);
  CHECK(after.get("/hello").status == 200);
  CHECK(after.valid_until() > made.valid_until + 360 * day);
  CHECK(before.get("/hello").status == 200);
}

TEST_CASE("Files that the administrator has renewed are taken up while the server runs, bad ones are not") {
  const TemporaryFolder folder;
  const auto first = http::ensure_certificates({folder.file("first"), {}}, real_now());
  const auto second = http::ensure_certificates({folder.file("second"), {}}, real_now());
  const http::TlsFiles given{folder.file("given.pem"), folder.file("given.key")};
  const auto put = [](const std::string& from, const std::string& to) { std::ofstream(to) << read_file(from); };
  put(first.files.certificate, given.certificate);
  put(first.files.key, given.key);
  TestServer server([&](http::ServerOptions& options) { options.tls = given; });
  anketa::test::TestEnvironment environment;
  http::CertificateKeeper keeper(std::nullopt, given, environment,
                                 [&](const http::TlsFiles& files) { server.server->replace_certificate(files); });
  keeper.look();
  CHECK_NOTHROW(TestClient(server.server->port(), first.ca_file).get("/hello"));
  // Between the two writes of whoever renews them.
  put(second.files.certificate, given.certificate);
  CHECK(anketa::test::refused([&] { keeper.look(); }) == ProblemCode::ConfigInvalid);
  CHECK_NOTHROW(TestClient(server.server->port(), first.ca_file).get("/hello"));
  put(second.files.key, given.key);
  keeper.look();
  CHECK_NOTHROW(TestClient(server.server->port(), second.ca_file).get("/hello"));
}

TEST_CASE("Whoever looks after the certificate ends with the server, in the middle of an hour") {
  const TemporaryFolder folder;
  const auto made = http::ensure_certificates({folder.path().string(), {}}, real_now());
  anketa::test::TestEnvironment environment;
  http::CertificateKeeper keeper(std::nullopt, made.files, environment, [](const http::TlsFiles&) {});
  keeper.start();
  keeper.stop();
}
