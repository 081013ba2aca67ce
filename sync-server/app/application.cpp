#include "sync-server/app/application.hpp"

#include <filesystem>
#include <thread>

#include "shared/system/system_environment.hpp"
#include "sync-server/bundle/server_keys.hpp"
#include "sync-server/handlers/api_handlers.hpp"
#include "sync-server/handlers/app_handlers.hpp"
#include "sync-server/handlers/console_handlers.hpp"
#include "sync-server/http/certificate_keeper.hpp"
#include "sync-server/http/server.hpp"
#include "sync-server/mail/mail_service.hpp"
#include "sync-server/system/files.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server {
namespace {

/// Readers at a time: a reader for each worker that may be asking, within reason.
constexpr int readers = 8;

std::string in_data(const Config& config, const std::string& name) {
  return (std::filesystem::path(config.data) / name).string();
}

/// The key access tokens are signed with. Beside the database, not in it: a copied database opens nothing.
std::string token_key(const Config& config, Environment& environment) {
  const auto path = in_data(config, "token.key");
  if (!std::filesystem::exists(path)) write_private_file(path, new_token_key(environment));
  return read_file(path);
}

BlobLimits blob_limits(const Config& config) {
  BlobLimits limits;
  limits.max_bytes = static_cast<std::uint64_t>(config.attachment_mb) << 20;
  limits.quota_bytes = static_cast<std::uint64_t>(config.attachment_quota_mb) << 20;
  limits.upload_life = Instant{config.upload_hours} * 60 * 60 * 1000;
  return limits;
}

std::vector<std::string> split_names(const std::string& names) {
  std::vector<std::string> all;
  std::string name;
  for (const char c : names + ",") {
    if (c == ',') {
      if (!name.empty()) all.push_back(std::exchange(name, {}));
    } else if (c != ' ') {
      name += c;
    }
  }
  return all;
}

}  // namespace

class Application::Parts {
 public:
  explicit Parts(const Config& config)
      : config_(config),
        store_(open_sqlite_store({config.data, readers, false}, environment_)),
        blobs_(config.data, blob_limits(config), environment_),
        sync_(*store_, environment_),
        quarantine_(*store_, config.data, environment_),
        auth_(store_->accounts(), environment_, TokenSigner(token_key(config, environment_))),
        reports_(*store_, environment_, config.zone),
        campaign_reports_(*store_, environment_, config.zone),
        records_(*store_, sync_, environment_),
        campaigns_(*store_, sync_, environment_, config.zone),
        cases_(*store_, sync_, environment_, config.zone),
        certificates_(make_certificates()),
        services_{
            environment_,         *store_, sync_, auth_, logins_, metrics_, config.organisation, certificates_.ca_file,
            config.public_metrics} {
    services_.bundle_keys = server_keys(config.data, environment_).shown;
    http::add_process_metrics(metrics_);
    add_api_routes(router_, {services_, quarantine_, reports_, campaign_reports_, records_, campaigns_, cases_,
                             mail_desk_, blobs_, news_});
    add_console_routes(router_);
    add_app_routes(router_);
    http::ServerOptions options;
    options.address = config.listen;
    options.port = static_cast<std::uint16_t>(config.port);
    options.tls = certificates_.files;
    options.workers = config.workers;
    server_ = std::make_unique<http::Server>(options, router_, metrics_);
    if (config.tls)
      certificate_keeper_.emplace(own_certificates(), certificates_.files, environment_,
                                  [this](const http::TlsFiles& files) { server_->replace_certificate(files); });
  }

  void start() {
    server_->start();
    getting_ready_ = std::thread([this] { get_reports_ready(); });
    mail_.start();
    if (certificate_keeper_) certificate_keeper_->start();
    log::info("server.started", {{"port", server_->port()}, {"tls", config_.tls}});
  }

  void stop() {
    if (stopped_) return;
    stopped_ = true;
    services_.ready = false;
    if (getting_ready_.joinable()) getting_ready_.join();
    mail_.stop();
    if (certificate_keeper_) certificate_keeper_->stop();
    server_->stop();
    logins_.stop();
    log::info("server.stopped");
  }

  std::string address() const {
    const bool v6 = config_.listen.find(':') != std::string::npos;
    const auto host = v6 ? "[" + config_.listen + "]" : config_.listen;
    return (config_.tls ? "https://" : "http://") + host + ":" + std::to_string(server_->port());
  }

  std::string ca_file() const { return certificates_.ca_file; }

 private:
  /// Beside the first requests: a year's results take a second or two to read.
  void get_reports_ready() {
    try {
      reports_.get_ready();
    } catch (const std::exception& error) {
      // Whoever asks for them meets the same, and is told.
      log::warning("reports.not_ready", {{"cause", error.what()}});
    }
  }

  http::Certificates make_certificates() {
    if (!config_.tls) return {};
    if (const auto own = own_certificates()) return http::ensure_certificates(*own, environment_.now());
    http::Certificates given;
    given.files = {config_.certificate, config_.key};
    return given;
  }

  /// How the server makes its certificates; none: the administrator gives them.
  std::optional<http::CertificateOptions> own_certificates() const {
    if (!config_.certificate.empty()) return std::nullopt;
    return http::CertificateOptions{in_data(config_, "tls"), split_names(config_.names)};
  }

  // In the order of need: each part uses those above it and goes before them.
  const Config config_;
  SystemEnvironment environment_;
  std::unique_ptr<Store> store_;
  BlobStore blobs_;
  SyncService sync_;
  Quarantine quarantine_;
  AuthService auth_;
  reports::ReportService reports_;
  reports::CampaignReports campaign_reports_;
  records::RecordService records_;
  records::CampaignDesk campaigns_;
  records::CaseDesk cases_;
  http::Certificates certificates_;
  http::Registry metrics_;
  LoginQueue logins_;
  Services services_;
  NewsService news_{*store_};
  mail::MailDesk mail_desk_{*store_, environment_, mail::mail_settings(config_), config_.organisation, config_.zone};
  mail::MailService mail_{*store_, environment_, mail::mail_settings(config_), config_.organisation, config_.zone};
  http::Router router_;
  std::unique_ptr<http::Server> server_;
  std::optional<http::CertificateKeeper> certificate_keeper_;
  std::thread getting_ready_;
  bool stopped_ = false;
};

Application::Application(const Config& config) : parts_(std::make_unique<Parts>(config)) {}

Application::~Application() {
  parts_->stop();
}

void Application::start() {
  parts_->start();
}
void Application::stop() {
  parts_->stop();
}
std::string Application::address() const {
  return parts_->address();
}
std::string Application::ca_file() const {
  return parts_->ca_file();
}

}  // namespace anketa::server
