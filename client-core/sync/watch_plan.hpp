// What a device does that stays connected: it syncs when the server has news, and now and then where it cannot hear
// them.
//
// Sans-IO: next() says what to do, and the caller tells how it went. Every loss of the live connection, and every
// failed sync, is followed by a pause that doubles up to a minute, shortened by up to half at random, and then by a
// sync: so a device behind a proxy that lets no WebSocket through still syncs every minute.
// Thread safety: one thread.
#pragma once

#include <cstdint>

#include "shared/problem/problem.hpp"
#include "shared/record/environment.hpp"

namespace anketa::client {

/// Whether a sync failed for a trouble of the way to the server, which passes; what does not ends the watch.
bool passes(ProblemCode code);

class WatchPlan {
 public:
  enum class Step {
    Sync,     ///< exchange with the server; then synced() or failed()
    Connect,  ///< open the live connection; then connected() or lost()
    Listen,   ///< wait for a word of the server; then news(), lost(), or quiet() when the time is over
    Pause     ///< wait; then paused()
  };
  struct Next {
    Step step = Step::Sync;
    /// Of Listen and Pause.
    std::int64_t milliseconds = 0;
  };

  explicit WatchPlan(Environment& environment) : environment_(environment) {}

  Next next();
  void synced();
  void failed();
  void connected() { connected_ = true; }
  void news();
  void quiet() { sync_due_ = true; }
  void lost();
  void paused();

 private:
  std::int64_t pause();

  Environment& environment_;
  bool sync_due_ = true;
  bool connected_ = false;
  bool pause_due_ = false;
  int failures_ = 0;
};

}  // namespace anketa::client
