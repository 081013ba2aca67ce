#include "sync-server/mail/mail_service.hpp"

#include <algorithm>

#include "shared/problem/problem.hpp"
#include "sync-server/mail/mail_sender.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server::mail {
namespace {

/// The outbox is looked at as often even where nothing is due: a message may be put there by another program.
constexpr auto longest_wait = std::chrono::milliseconds(20'000);
constexpr auto shortest_wait = std::chrono::milliseconds(200);
constexpr auto wait_after_failure = std::chrono::milliseconds(60'000);

}  // namespace

MailService::MailService(Store& store, Environment& environment, MailSettings settings, const std::string& organisation,
                         const std::string& zone)
    : store_(store),
      environment_(environment),
      settings_(std::move(settings)),
      composer_(store, settings_, organisation, zone) {}

MailService::~MailService() {
  stop();
}

void MailService::start() {
  if (!settings_.is_on() || thread_.joinable()) return;
  begun_at_ = environment_.now();
  thread_ = std::thread([this] { run(); });
}

void MailService::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakened_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void MailService::compose_due() {
  for (const auto kind : {ReportKind::Daily, ReportKind::Weekly}) {
    const auto now = environment_.now();
    const auto occasion = latest(kind, settings_.schedule, composer_.calendar(), now);
    const auto told = store_.mail().period_end(id(kind), now + 1);
    // A later report has told it already; and on the first day with mail nothing is made up for.
    if (told > occasion.due || (told == 0 && occasion.due < begun_at_)) continue;
    if (const auto added = composer_.put(kind, occasion, now); added > 0)
      log::info("mail.composed", {{"kind", std::string(id(kind))}, {"messages", added}});
  }
}

void MailService::run_once() {
  compose_due();
  MailSender(store_.mail(), settings_).send_due(environment_, stopping_);
}

std::chrono::milliseconds MailService::quiet_time() const {
  const auto now = environment_.now();
  auto until = now + longest_wait.count();
  for (const auto kind : {ReportKind::Daily, ReportKind::Weekly})
    until = std::min(until, next(kind, settings_.schedule, composer_.calendar(), now).due);
  if (const auto due = store_.mail().next_due()) until = std::min(until, *due);
  return std::clamp(std::chrono::milliseconds(until - now), shortest_wait, longest_wait);
}

void MailService::run() {
  while (!stopping_) {
    auto wait = wait_after_failure;
    try {
      run_once();
      wait = quiet_time();
    } catch (const ProblemError& error) {
      log::error("mail.failed", {{"code", std::string(anketa::id(error.problem().code))}});
    } catch (const std::exception& error) {
      log::error("mail.failed", {{"detail", error.what()}});
    }
    std::unique_lock lock(mutex_);
    wakened_.wait_for(lock, wait, [this] { return stopping_.load(); });
  }
}

}  // namespace anketa::server::mail
