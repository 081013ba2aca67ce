// The thread that composes the reports when they are due and sends what is in the outbox (R16).
//
// Thread safety: start() and stop() from one thread. Everything else happens on the service's own thread, so that
// neither requests nor the writer ever wait for a mail server.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "sync-server/mail/composer.hpp"

namespace anketa::server::mail {

class MailService {
 public:
  MailService(Store& store, Environment& environment, MailSettings settings, const std::string& organisation,
              const std::string& zone);
  ~MailService();
  MailService(const MailService&) = delete;
  MailService& operator=(const MailService&) = delete;

  /// Does nothing where no mail server is set.
  void start();
  /// An attempt under way is broken off and made again after the next start.
  void stop();

  /// Composes what is due and sends what is queued; for the thread, and for tests.
  void run_once();

 private:
  void run();
  void compose_due();
  /// How long there is nothing to do, as far as is known.
  std::chrono::milliseconds quiet_time() const;

  Store& store_;
  Environment& environment_;
  const MailSettings settings_;
  Composer composer_;
  /// Before that moment nothing is made up for: mail was not set up then.
  Instant begun_at_ = 0;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable wakened_;
  std::thread thread_;
};

}  // namespace anketa::server::mail
