// What the simulator knows of the server: every journal row and head as of the last commit it looked at. Each commit is
// compared with the one before, so that nothing that was there can vanish unseen.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "shared/merge/merge.hpp"
#include "sync-server/store/store.hpp"
#include "tools/simulation/ledger.hpp"
#include "tools/simulation/words.hpp"

namespace anketa::simulation {

/// A journalled mutation.
struct Journalled {
  std::int64_t position = 0;
  std::uint64_t seq = 0;
  protocol::ResultStatus status = protocol::ResultStatus::Retry;
  Uuid record;
  Uuid user;
  std::optional<Uuid> prev;
};

/// What one commit of the server did to one record.
struct RecordChange {
  /// Null where the record is new.
  const RecordState* before = nullptr;
  const RecordState* after = nullptr;
  /// The mutations that came into effect, in order.
  std::vector<Mutation> mutations;
};

class ClosingCheck;

class ServerWatch {
 public:
  ServerWatch();
  ~ServerWatch();

  /// Whether any device has committed that mutation with the text of that hash; null: with any.
  using Committed = std::function<bool(const Uuid& id, const Digest* hash)>;

  /// Looks at what was committed since the last look. Throws Violation.
  void observe(server::Store& store, const Committed& committed);
  /// After a restore: the history is another one.
  void begin_anew(server::Store& store);
  /// Everything that was there is there, row by row. Throws Violation.
  void check_all(server::Store& store) const;

  /// The mutation stands in the journal, under its own id or the one it got because another has that id.
  bool has(const Uuid& id, const std::string* text) const;
  const Journalled* find(const Uuid& id) const;
  /// Whether `ancestor` is reached from the mutation by links to the author's previous one.
  bool in_chain(const Mutation& mutation, const Uuid& ancestor) const;
  /// Whether somebody who had seen what that mutation brought has taken it out, perhaps before it came: the element of
  /// a set, or what stands at the path, the whole record where it is empty.
  bool taken_out(const Uuid& mutation, const std::string& cell) const { return taken_out_.contains({mutation, cell}); }
  /// What named erasures took of the record.
  ErasedPart erased(const Uuid& record) const {
    const auto found = erased_.find(record);
    return found == erased_.end() ? ErasedPart::None : found->second ? ErasedPart::Whole : ErasedPart::Some;
  }
  bool is_server(const Uuid& user) const { return user == server_; }
  bool nothing_erased() const { return erased_.empty(); }
  std::optional<merge::Conflict> conflict(const Uuid& record, std::string_view path) const;
  const std::map<Uuid, RecordState>& heads() const { return heads_; }
  const std::map<std::string, std::uint64_t>& merges() const { return merges_; }
  std::uint64_t last_seq() const { return last_seq_; }
  /// Clients a user may see by the assignments there are.
  std::set<Scope> scopes_of(const Uuid& user) const;

 private:
  using Changes = std::map<Uuid, RecordChange>;
  void read_journal(server::Reader& reader, const Committed* committed, Changes& changes);
  void take_row(const server::JournalRow& row, const Committed* committed, Changes& changes);
  void check_history(std::uint64_t last_seq, const Changes& changes) const;
  void read_erasures(server::Reader& reader);
  void check_groups();
  void check_changes(const Changes& changes);
  void check_conflict(const RecordChange& change, const Changes& changes) const;
  std::vector<std::string> as_committed(const server::JournalRow& row) const;
  void mean_own(Mutation& mutation, const Uuid& device) const;
  void count(const Journalled& row);

  std::unique_ptr<ClosingCheck> closing_;
  std::map<Uuid, Journalled> journal_;
  std::map<Uuid, RecordState> heads_;
  /// Versions of records deleted so long ago that a restored server has them in its journal only.
  std::map<Uuid, std::uint64_t> forgotten_;
  /// Ids and texts as their devices have them.
  std::set<std::pair<Uuid, Digest>> committed_;
  /// Rows whose result may change: those that wait, and what revoked devices handed over.
  std::set<Uuid> waiting_;
  /// Records of which something was erased, and whether all was.
  std::map<Uuid, bool> erased_;
  /// (device, id as the device names it) → id in the journal.
  std::map<std::pair<Uuid, Uuid>, Uuid> aliases_;
  std::set<std::pair<Uuid, std::string>> taken_out_;
  /// Members of atomic groups, by device and group, and the groups to look at after this commit.
  std::map<std::pair<Uuid, Uuid>, std::set<Uuid>> groups_;
  std::set<std::pair<Uuid, Uuid>> changed_groups_;
  std::int64_t last_position_ = 0;
  std::uint64_t last_seq_ = 0;
  Uuid server_;
  TextMemory texts_;
  std::map<std::string, std::uint64_t> merges_;
};

}  // namespace anketa::simulation
