// The real server over TLS on a free loopback port: store, log-in and sync, as anketa-server wires them.
#pragma once

#include <cstdlib>

#include "anketa/client.hpp"
#include "client-core/transport/transport.hpp"
#include "shared/system/system_environment.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/handlers/blob_handlers.hpp"
#include "sync-server/handlers/live_handlers.hpp"
#include "sync-server/handlers/services.hpp"
#include "sync-server/handlers/session_handlers.hpp"
#include "sync-server/handlers/sync_handlers.hpp"
#include "sync-server/http/certificates.hpp"
#include "sync-server/http/server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace anketa::client::test {

inline const server::http::Certificates& certificates() {
  static const anketa::test::TemporaryFolder folder;
  static SystemEnvironment environment;
  static const auto made = server::http::ensure_certificates({folder.path().string(), {}}, environment.now());
  return made;
}

class RealServer {
 public:
  explicit RealServer(bool live = true) {
    server::Account account;
    account.user = Uuid::v7(environment_);
    account.login = "lead";
    account.name = "Ольга";
    account.role = Role::Lead;
    // The cheapest scrypt: these tests are not about passwords.
    account.password_hash = server::hash_password("password", environment_, {4, 1, 1});
    store_->accounts().add_account(account);
    add_session_routes(router, services_);
    add_sync_routes(router, services_);
    add_blob_routes(router, services_, blobs_);
    if (live) add_live_routes(router, services_, news_);
  }
  ~RealServer() { stop(); }

  void start(const std::function<void(server::http::ServerOptions&)>& adjust = {}) {
    server::http::ServerOptions options;
    options.tls = certificates().files;
    options.port = port;
    if (adjust) adjust(options);
    server_ = std::make_unique<server::http::Server>(options, router, metrics_);
    server_->start();
    port = server_->port();
  }
  void stop() {
    if (server_) server_->stop();
    server_.reset();
  }

  std::string address(const std::string& host = "localhost") const {
    return "https://" + host + ":" + std::to_string(port);
  }
  BeastOptions options() const {
    BeastOptions options;
    options.server = address();
    options.ca_file = certificates().ca_file;
    options.system_cas = false;
    options.connect_timeout_ms = 5'000;
    options.io_timeout_ms = 20'000;
    return options;
  }

  std::uint16_t port = 0;
  server::http::Router router;

 private:
  anketa::test::TemporaryFolder folder_;
  SystemEnvironment environment_;
  std::unique_ptr<server::Store> store_ = server::open_sqlite_store({folder_.path().string(), 2, true}, environment_);
  server::SyncService sync_{*store_, environment_};
  server::AuthService auth_{store_->accounts(), environment_, server::TokenSigner(std::string(32, 'k'))};
  server::LoginQueue logins_;
  server::http::Registry metrics_;
  server::Services services_{environment_, *store_, sync_, auth_, logins_, metrics_, "Пример", {}, false, true};
  server::BlobStore blobs_{
      folder_.path().string(), {std::uint64_t{8} << 20, std::uint64_t{64} << 20, 3'600'000}, environment_};
  server::NewsService news_{*store_, {20, 1'000, 8, 100}};
  std::unique_ptr<server::http::Server> server_;
};

/// A client of its own folder.
struct Laptop {
  anketa::test::TemporaryFolder folder;
  SystemEnvironment environment;
  std::unique_ptr<Client> client;

  Laptop() { client = Client::open({folder.file("client.db"), {}, true, {}}, environment); }
  void log_in(RealServer& server, Transport& transport, const std::string& password = "password") {
    run(*client->log_in({server.address(), "lead", password, "Ноутбук"}), transport);
  }
};

inline Problem problem_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const ProblemError& error) {
    return error.problem();
  }
  return {ProblemCode::Count, {}, {}};
}

}  // namespace anketa::client::test
