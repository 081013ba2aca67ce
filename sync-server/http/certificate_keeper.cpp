#include "sync-server/http/certificate_keeper.hpp"

#include "shared/problem/problem.hpp"
#include "sync-server/system/files.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server::http {
namespace {

/// A made certificate is renewed thirty days ahead, one of the administrator's comes days before the old one ends.
constexpr std::chrono::hours between_looks{1};

Digest contents(const TlsFiles& files) {
  return sha256(read_file(files.certificate) + read_file(files.key));
}

}  // namespace

CertificateKeeper::CertificateKeeper(std::optional<CertificateOptions> own, TlsFiles files, Environment& environment,
                                     std::function<void(const TlsFiles&)> use)
    : own_(std::move(own)),
      files_(std::move(files)),
      environment_(environment),
      use_(std::move(use)),
      in_use_(contents(files_)) {}

CertificateKeeper::~CertificateKeeper() {
  stop();
}

void CertificateKeeper::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void CertificateKeeper::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakened_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void CertificateKeeper::look() {
  if (own_) ensure_certificates(*own_, environment_.now());
  const auto found = contents(files_);
  if (found == in_use_) return;
  use_(files_);
  in_use_ = found;
  log::info("certificate.taken_up", {{"file", files_.certificate}});
}

void CertificateKeeper::run() {
  std::unique_lock lock(mutex_);
  while (!wakened_.wait_for(lock, between_looks, [this] { return stopping_; })) {
    lock.unlock();
    try {
      look();
    } catch (const std::exception& error) {
      log::error("certificate.failed", {{"cause", error.what()}});
    }
    lock.lock();
  }
}

}  // namespace anketa::server::http
