// Telling listeners that there is something to sync.
//
// Model: one thread looks at the place of history a few times a second while anybody listens, so that also what other
// processes commit (an import, a bundle) is noticed, and many commits in a row make one piece of news. A listener hears
// of it when something changed in a scope he sees, or his grants did; he then syncs as usual, and what he gets is
// decided there. Nothing is queued for a listener: the newest place is all there is to know.
// Thread safety: all calls may come from any thread; listeners are called on the service's own thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "sync-server/services/access.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

class NewsListener {
 public:
  virtual ~NewsListener() = default;
  /// Who listens, checked anew; nullopt: nobody any more (the token ran out, the device was revoked), and the listener
  /// is forgotten. Called now and then, and before each piece of news.
  virtual std::optional<Author> author() = 0;
  virtual void news(std::uint64_t seq) = 0;
  /// There are too many, of this user or in all; the listener is not taken.
  virtual void refused(bool of_this_user) = 0;
};

struct NewsTuning {
  /// How often history is looked at: what comes within it is told at once.
  std::int64_t look_every_ms = 250;
  /// How often listeners are asked who they are, news or not.
  std::int64_t check_every_ms = 30'000;
  /// One user's devices and open pages.
  std::size_t per_user = 8;
  /// Half of what the server takes as connections: syncs must not stand outside.
  std::size_t in_all = 512;
};

class NewsService {
 public:
  explicit NewsService(Store& store, NewsTuning tuning = {});
  ~NewsService();
  NewsService(const NewsService&) = delete;
  NewsService& operator=(const NewsService&) = delete;

  /// Takes a listener, who is told at once where history stands, so that he misses nothing between his last sync and
  /// now. Returns without waiting.
  void listen(std::shared_ptr<NewsListener> listener);
  void forget(const NewsListener* listener);

 private:
  struct Entry {
    std::shared_ptr<NewsListener> listener;
    Uuid user;
  };
  /// What happened since the last look.
  struct Changes {
    std::uint64_t after = 0;
    std::uint64_t upto = 0;
    std::vector<Scope> scopes;
  };

  void run();
  void take(const std::shared_ptr<NewsListener>& listener);
  std::optional<Changes> look();
  void tell(const Changes& changes);
  void check();
  bool concerns(Reader& reader, const Author& author, const Changes& changes) const;
  std::vector<Entry> listeners();

  Store& store_;
  const NewsTuning tuning_;
  std::uint64_t told_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::deque<std::shared_ptr<NewsListener>> arriving_;
  std::vector<Entry> listeners_;
  std::thread thread_;
};

}  // namespace anketa::server
