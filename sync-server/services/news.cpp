#include "sync-server/services/news.hpp"

#include <algorithm>
#include <chrono>

namespace anketa::server {

using Clock = std::chrono::steady_clock;

NewsService::NewsService(Store& store, NewsTuning tuning) : store_(store), tuning_(tuning) {
  thread_ = std::thread([this] { run(); });
}

NewsService::~NewsService() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void NewsService::listen(std::shared_ptr<NewsListener> listener) {
  {
    const std::lock_guard lock(mutex_);
    arriving_.push_back(std::move(listener));
  }
  changed_.notify_all();
}

void NewsService::forget(const NewsListener* listener) {
  const std::lock_guard lock(mutex_);
  std::erase_if(listeners_, [&](const Entry& entry) { return entry.listener.get() == listener; });
  std::erase_if(arriving_, [&](const auto& waiting) { return waiting.get() == listener; });
}

std::vector<NewsService::Entry> NewsService::listeners() {
  const std::lock_guard lock(mutex_);
  return listeners_;
}

void NewsService::run() {
  auto next_check = Clock::now() + std::chrono::milliseconds(tuning_.check_every_ms);
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (listeners_.empty())
      changed_.wait(lock, [&] { return stopping_ || !arriving_.empty(); });
    else
      changed_.wait_for(lock, std::chrono::milliseconds(tuning_.look_every_ms),
                        [&] { return stopping_ || !arriving_.empty(); });
    if (stopping_) return;
    const bool nobody_yet = listeners_.empty();
    const auto arriving = std::exchange(arriving_, {});
    lock.unlock();
    try {
      if (nobody_yet) store_.read([&](Reader& reader) { told_ = reader.history().last_seq; });
      for (const auto& listener : arriving) take(listener);
      if (const auto changes = look()) tell(*changes);
      if (Clock::now() >= next_check) {
        next_check = Clock::now() + std::chrono::milliseconds(tuning_.check_every_ms);
        check();
      }
    } catch (const std::exception&) {
      // A store that cannot be read now is looked at again in a moment; syncs tell people of it.
    }
    lock.lock();
  }
}

void NewsService::take(const std::shared_ptr<NewsListener>& listener) {
  const auto author = listener->author();
  if (!author) return;
  {
    const std::lock_guard lock(mutex_);
    const auto own = static_cast<std::size_t>(std::count_if(
        listeners_.begin(), listeners_.end(), [&](const Entry& entry) { return entry.user == author->user; }));
    if (own < tuning_.per_user && listeners_.size() < tuning_.in_all) {
      listeners_.push_back({listener, author->user});
    } else {
      listener->refused(own >= tuning_.per_user);
      return;
    }
  }
  std::uint64_t now = 0;
  store_.read([&](Reader& reader) { now = reader.history().last_seq; });
  listener->news(now);
}

std::optional<NewsService::Changes> NewsService::look() {
  std::optional<Changes> changes;
  store_.read([&](Reader& reader) {
    const auto now = reader.history().last_seq;
    if (now <= told_) return;
    changes.emplace();
    changes->after = std::exchange(told_, now);
    changes->upto = now;
    const std::array<SqlValue, 2> range{static_cast<std::int64_t>(changes->after), static_cast<std::int64_t>(now)};
    reader.select("SELECT DISTINCT scope FROM head WHERE seq > ?1 AND seq <= ?2", range, [&](const Row& row) {
      if (const auto scope = row.id(0)) changes->scopes.push_back(*scope);
    });
  });
  return changes;
}

bool NewsService::concerns(Reader& reader, const Author& author, const Changes& changes) const {
  const Access access(author, reader.grants(author.user), changes.upto);
  return access.changed_at() > changes.after ||
         std::any_of(changes.scopes.begin(), changes.scopes.end(),
                     [&](const Scope& scope) { return access.sees(scope).has_value(); });
}

void NewsService::tell(const Changes& changes) {
  for (const auto& entry : listeners()) {
    const auto author = entry.listener->author();
    if (!author) {
      forget(entry.listener.get());
      continue;
    }
    bool concerned = false;
    store_.read([&](Reader& reader) { concerned = concerns(reader, *author, changes); });
    if (concerned) entry.listener->news(changes.upto);
  }
}

void NewsService::check() {
  for (const auto& entry : listeners())
    if (!entry.listener->author()) forget(entry.listener.get());
}

}  // namespace anketa::server
