// A whole small organisation for tests of the handlers: real store, real services, a TLS server on a free port.
#pragma once

#include "shared/protocol/limits.hpp"
#include "shared/record/json.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/handlers/api_handlers.hpp"
#include "sync-server/http/certificates.hpp"
#include "sync-server/http/server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"
#include "tests/sync-server/handlers/described.hpp"

namespace anketa::server::test {

using anketa::test::TemporaryFolder;
using anketa::test::TestEnvironment;

class Organisation {
 public:
  Organisation() {
    router.add("GET", "/lead-only", authenticated(services, [](http::Request&, const Session& session) {
                 require_role(session, {Role::Lead, Role::Manager});
                 return http::Response::no_content();
               }));
    add_api_routes(router,
                   {services, quarantine, reports, campaign_reports, records, campaigns, cases, mail, blobs, news});
    http::ServerOptions options;
    options.limits.live_idle_time = std::chrono::milliseconds(1'000);
    options.limits.live_handshake_time = std::chrono::milliseconds(1'000);
    options.tls = certificates.files;
    server = std::make_unique<http::Server>(options, router, metrics);
    server->start();
  }

  Uuid add(const std::string& login, Role role) {
    // Cheap hashes: what is tested here is not scrypt.
    const Account account{Uuid::v7(environment), login, "Name of " + login, role,
                          hash_password("password of " + login, environment, {4, 1, 1})};
    store->accounts().add_account(account);
    return account.user;
  }

  /// Whatever it is answered has to be as the API is described.
  CheckedClient client() { return {server->port(), certificates.ca_file}; }

  Answer post(const std::string& path, const Json& body, TestClient::Headers headers = {}) {
    return client().request("POST", path, body.dump(), headers);
  }
  /// Logs in on the device and gives the session's JSON.
  Json log_in(const std::string& login, const Uuid& device) {
    const auto answer = post("/v1/login", {{"login", login},
                                           {"password", "password of " + login},
                                           {"device", {{"id", device.text()}, {"name", "Phone"}}}});
    if (answer.status != 200) throw std::runtime_error("log-in refused: " + answer.text());
    return Json::parse(answer.text());
  }

  TestEnvironment environment;
  TemporaryFolder folder;
  std::unique_ptr<Store> store = open_sqlite_store({folder.path().string(), 2, true}, environment);
  SyncService sync{*store, environment};
  Quarantine quarantine{*store, folder.path().string(), environment};
  AuthService auth{store->accounts(), environment, TokenSigner(new_token_key(environment))};
  reports::ReportService reports{*store, environment, "Europe/Moscow"};
  reports::CampaignReports campaign_reports{*store, environment, "Europe/Moscow"};
  records::RecordService records{*store, sync, environment};
  records::CampaignDesk campaigns{*store, sync, environment, "Europe/Moscow"};
  records::CaseDesk cases{*store, sync, environment, "Europe/Moscow"};
  /// No mail server is set: letters can be looked at and not sent.
  mail::MailDesk mail{*store, environment, {}, "Рога и копыта", "Europe/Moscow"};
  LoginQueue logins;
  http::Registry metrics;
  http::Certificates certificates = http::ensure_certificates({folder.file("tls"), {}}, real_time());
  Services services{environment, *store, sync, auth, logins, metrics, "Рога и копыта", certificates.ca_file};
  /// Small and quick: a listener's token is looked at several times a second.
  BlobStore blobs{folder.path().string(), {std::uint64_t{4} << 20, std::uint64_t{8} << 20, 3'600'000}, environment};
  NewsService news{*store, {20, 200, 2, 100}};
  http::Router router;
  std::unique_ptr<http::Server> server;

 private:
  /// Handshakes check certificates against the real clock.
  static Instant real_time() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
  }
};

inline std::string code_of(const Answer& answer) {
  return Json::parse(answer.text()).at("code");
}
inline TestClient::Headers bearer(const Json& session) {
  return {{"Authorization", "Bearer " + session.at("access").get<std::string>()}};
}

}  // namespace anketa::server::test
