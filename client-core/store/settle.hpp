// Taking a server's answer in: results of pushed mutations, records, grants and revokes, and where the device now
// stands, all in one transaction.
//
// Laws: a pull never overwrites an edit that is not acknowledged; a record whose mutations all came back "applied"
// becomes what its user's view was without a body being read; cursor and rows commit together.
#pragma once

#include <cstdint>
#include <map>
#include <unordered_set>
#include <vector>

#include "anketa/sync.hpp"
#include "client-core/store/store.hpp"
#include "shared/protocol/answer_view.hpp"

namespace anketa::client {

class AnswerSettler {
 public:
  explicit AnswerSettler(ClientStore& store) : store_(store) {}

  /// Commits an answer. Counts what it did into the summary and names the records whose view may have changed.
  /// Taking the same answer again changes nothing. Throws ProblemError (DiskFull …), having changed nothing.
  void settle(const protocol::AnswerView& answer, Summary& summary, std::vector<Uuid>& changed);

  /// The same of an answer which the device has overtaken: its results only.
  void settle_results(const std::vector<protocol::MutationResult>& results, Summary& summary,
                      std::vector<Uuid>& changed);

  /// After everything was pushed: purges the revoked scopes. Rows with edits that are not journalled stay hidden; when
  /// none is left of which the server has not heard, the revokes are honoured.
  void purge_revoked();
  /// Erases hidden rows that have nothing pending any more.
  void purge_hidden();

 private:
  /// What happened to the mutations of one record in this answer.
  struct Touched {
    struct Acknowledged {
      std::uint64_t counter = 0;
      std::uint64_t seq = 0;
    };
    std::vector<Acknowledged> acknowledged;
    bool all_applied = true;
    std::uint64_t version = 0;
    std::uint64_t seq = 0;
  };

  void take_results(const std::vector<protocol::MutationResult>& results, Summary& summary);
  void take_records(const std::vector<protocol::RecordView>& records, Summary& summary);
  void index(RecordKey key, const protocol::RecordView& incoming);
  void settle_touched();
  void settle_record(RecordKey key, const Touched& touched);
  /// What the server's state, which reaches up to `seq`, lacks of the acknowledged mutations.
  RecordState with_acknowledged(RecordState state, std::uint64_t seq, const Touched& touched);
  void take_removed(const std::vector<Uuid>& removed, Summary& summary);
  void take_grants(const protocol::SyncAnswer& answer);
  bool is_granted(const Scope& scope) const;
  void erase_or_hide(RecordRow row);

  ClientStore& store_;
  /// In the order of keys: a device writes the same bytes whatever its library's hashing.
  std::map<RecordKey, Touched> touched_;
  std::unordered_set<RecordKey> arrived_;
  std::vector<Uuid>* changed_ = nullptr;
};

}  // namespace anketa::client
