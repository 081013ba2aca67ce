// Keeps the certificate of a running server good, without dropping a connection: renews the server's own in time, and
// takes up files that the administrator has renewed.
//
// Model: once an hour it looks. Its own certificate it renews as ensure_certificates() would at a start; files of
// either kind that are not those in use any more go to the server, whose new connections then use them. Bad ones are
// logged and looked at again, and the old ones stay in use.
// Thread safety: start() and stop() from one thread; the looking happens on a thread of its own.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "shared/record/sha256.hpp"
#include "sync-server/http/certificates.hpp"

namespace anketa::server::http {

class CertificateKeeper {
 public:
  /// `files` are in use; `own` says how they were made, none: they are the administrator's. `use` hands files to the
  /// server and throws where they are bad.
  CertificateKeeper(std::optional<CertificateOptions> own, TlsFiles files, Environment& environment,
                    std::function<void(const TlsFiles&)> use);
  ~CertificateKeeper();
  CertificateKeeper(const CertificateKeeper&) = delete;
  CertificateKeeper& operator=(const CertificateKeeper&) = delete;

  void start();
  void stop();

  /// Looks once; for the thread, and for tests. Throws ProblemError where the files are bad.
  void look();

 private:
  void run();

  const std::optional<CertificateOptions> own_;
  const TlsFiles files_;
  Environment& environment_;
  const std::function<void(const TlsFiles&)> use_;
  Digest in_use_;
  std::mutex mutex_;
  std::condition_variable wakened_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace anketa::server::http
