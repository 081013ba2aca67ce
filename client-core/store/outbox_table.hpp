// The user's own mutations: those still to be sent, those the server refused, and those kept until a backup covers
// them.
//
// Model: one row a mutation, in the order of the device's counter. Its text is the canonical form that is sent and
// hashed. Only an open one may change; sealing is durable before the text is first offered to a server.
// All writes belong into a transaction of the caller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client-core/store/record_table.hpp"
#include "shared/protocol/messages.hpp"
#include "shared/record/mutation.hpp"
#include "shared/sqlite/database.hpp"

namespace anketa::client {

/// Stored as these numbers; the partial indexes of schema_versions.cpp depend on their order.
enum class OutboxState {
  Open = 0,          ///< never offered; further edits of the record join it
  Sealed = 1,        ///< to be sent (again)
  Waiting = 2,       ///< the server keeps it until others arrive; asked about again at the next sync
  Parked = 3,        ///< the server refused it; the user decides
  Acknowledged = 4,  ///< in the server's history; kept until a backup covers `seq`
};

struct OutboxRow {
  std::uint64_t counter = 0;
  Uuid id;
  RecordKey record = 0;
  OutboxState state = OutboxState::Open;
  std::optional<Problem> problem;
  std::string text;
};

/// Part of what is to be sent.
struct OutboxBatch {
  std::vector<std::string> mutations;
  /// Counter of the last one.
  std::uint64_t upto = 0;
};

class OutboxTable {
 public:
  explicit OutboxTable(sqlite::Database& database) : database_(database) {}

  void add(const Mutation& mutation, RecordKey record, OutboxState state, std::string_view text);
  /// Of an open one, or of one of which something was erased.
  void replace_text(std::uint64_t counter, std::string_view text);
  void set_state(std::uint64_t counter, OutboxState state);
  void erase(std::uint64_t counter);

  /// Mutations of a record the server has not acknowledged, oldest first.
  std::vector<OutboxRow> pending_of(RecordKey record) const;
  /// Mutations of an atomic group the server has not acknowledged, oldest first.
  std::vector<OutboxRow> pending_of_group(const Uuid& group) const;
  /// Of one record, or of all.
  std::vector<OutboxRow> parked(std::optional<RecordKey> record) const;
  std::optional<std::string> text(std::uint64_t counter) const;
  /// Of any state.
  std::optional<OutboxRow> find(const Uuid& id) const;

  /// Seals all open ones; gives how many are to be sent.
  std::uint64_t seal();
  std::uint64_t count(OutboxState state) const;
  std::uint64_t records_pending() const;
  bool any_pending() const;
  /// Sealed ones after `counter`, at most `max_count` and about `max_bytes`; never part of a group.
  OutboxBatch next_batch(std::uint64_t after, std::size_t max_count, std::size_t max_bytes) const;
  /// Waiting ones are to be sent again.
  void unwait();
  /// Those acknowledged after that place in history are to be sent again, and the refused ones, of which the server may
  /// know nothing any more; gives their records.
  std::vector<RecordKey> send_again_after(std::uint64_t seq);
  /// Whether anything of hidden records is still to be sent.
  bool any_hidden_unsent() const;

  struct Settled {
    std::uint64_t counter = 0;
    RecordKey record = 0;
  };
  /// Stores a result. nullopt: not a mutation of this device, or settled before.
  std::optional<Settled> settle(const protocol::MutationResult& result);
  /// Acknowledged mutations up to that place in history are in a backup and go.
  void forget_covered(std::uint64_t backup_seq);

 private:
  sqlite::Database& database_;
};

}  // namespace anketa::client
