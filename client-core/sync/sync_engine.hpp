// The sync engine: pushes the outbox, pulls what is new, batch by batch and page by page, as sans-IO.
//
// Model: while an answer is being committed, the next request is under way already: requests of one sync carry the same
// pair of nonces (for the server, tries of one exchange), mutations are idempotent, and the cursor is committed
// together with its page. A sync that ends anywhere loses nothing and goes on from what was committed. Invariant: a
// mutation is sealed durably before it is first sent.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "anketa/sync.hpp"
#include "client-core/store/settle.hpp"
#include "client-core/store/store.hpp"
#include "client-core/sync/exchange.hpp"

namespace anketa::client {

/// Told which records' views may have changed, after each commit.
using ChangedHook = std::function<void(const std::vector<Uuid>& records)>;

class SyncEngine final : public Engine {
 public:
  SyncEngine(ClientStore& store, int attempts, ChangedHook changed);
  ~SyncEngine() override;

  Instructions step(Event event) override;
  void work_while_waiting() override;

 private:
  /// An answer received and not committed yet. The view points into the body.
  struct Received {
    std::string body;
    protocol::AnswerView view;
  };

  void begin(Instructions& out);
  void take(Event event, Instructions& out);
  void answered(ResponseReceived response, Instructions& out);
  void refused(Problem problem, Instructions& out);
  void start_over(Instructions& out);
  void check(const protocol::AnswerView& view) const;
  void send_next(Instructions& out);
  /// Mutations to push, or records to ask for.
  void fill(protocol::SyncRequest& request);
  bool more_to_send();
  /// The server's history is another one: shows it the ladder, and gives way to its answer.
  void climb(Instructions& out);
  void climbed(Instructions& out);
  /// Another copy of this device is at work: registers as a new one.
  void fork(Instructions& out);
  /// The device was revoked: its unsent work goes to quarantine, then it wipes itself.
  void hand_over(Instructions& out);
  void seal_work();
  void send_work(Instructions& out);
  void handed_over(Instructions& out);
  /// After everything else: whether the server's sum shows that records are to be compared.
  bool differs_from_server();
  void compare(Instructions& out);
  void take_lists();
  void finish(Instructions& out);
  void fail(Problem problem, Instructions& out);
  void commit_received();
  void notify();
  void prefetch();

  ClientStore& store_;
  Exchange exchange_;
  ChangedHook changed_;
  /// Committed, and not told yet.
  std::vector<Uuid> changed_records_;
  DeviceRow device_;
  Summary summary_;
  Progress progress_;
  /// Counter of the last mutation sent in this round.
  std::uint64_t sent_upto_ = 0;
  std::optional<OutboxBatch> prefetched_;
  std::unique_ptr<Received> received_;
  /// What went wrong in work_while_waiting.
  std::optional<Problem> trouble_;
  /// Records to be asked for by name; `wanted_` of them have been.
  std::vector<Uuid> wants_;
  std::size_t wanted_ = 0;
  /// Of the last complete answer.
  std::optional<protocol::ContentSum> server_sum_;
  /// What is different about the next request.
  enum class Special { None, Ladder, Sums } special_ = Special::None;
  int retry_rounds_ = 0;
  int forks_ = 0;
  int climbs_ = 0;
  bool retry_wanted_ = false;
  bool complete_ = false;
  bool cursor_reset_ = false;
  bool climbing_ = false;
  bool handing_over_ = false;
  bool last_handed_over_ = false;
  bool wants_known_ = false;
  bool pushed_any_ = false;
  bool compared_ = false;
  bool pausing_ = false;
  bool over_ = false;
};

}  // namespace anketa::client
