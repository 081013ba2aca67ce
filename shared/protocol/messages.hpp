// The messages of `POST /v1/sync` and their codec. docs/protocol.md describes them for a second client.
//
// One exchange pushes and pulls. Mutations and records travel as texts that are spliced, not parsed and printed again:
// a mutation's text is its canonical form, which both sides hash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/problem/problem.hpp"
#include "shared/protocol/reconcile.hpp"
#include "shared/record/json.hpp"
#include "shared/record/record_state.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::protocol {

/// What became of a pushed mutation. All but Retry mean: journalled durably.
enum class ResultStatus {
  Applied,   ///< in effect, and the record is exactly what the author's own view became
  Merged,    ///< in effect beside somebody else's edits; the record comes with the answer
  Conflict,  ///< at least one cell became a side of a conflict
  Parked,    ///< kept, not in effect: invalid, forbidden or unknown; the problem says why
  Waiting,   ///< kept until its `prev` or the rest of its group arrives
  Retry      ///< not taken now; send again
};

std::string_view name(ResultStatus status);

struct MutationResult {
  Uuid id;
  ResultStatus status = ResultStatus::Retry;
  /// The server had it already; this is the stored result.
  bool repeat = false;
  std::uint64_t version = 0;
  std::uint64_t seq = 0;
  /// Conflict records that hold sides of this mutation.
  std::vector<Uuid> conflicts;
  /// Why it was parked.
  std::optional<Problem> problem;
  /// Made under a grant that had ended meanwhile: an edit by a former owner (R34).
  bool late = false;
};

/// What a user may read: one scope, its field classes, and in which role.
struct Grant {
  Scope scope;
  /// Names of field classes beyond the general one (schema::FieldClass).
  std::vector<std::string> classes;
  /// "owner", "member", "lead", "service", "reader".
  std::string role;
  /// History position at which the grant opened.
  std::uint64_t from = 0;
};

struct SyncRequest {
  int protocol = 1;
  Uuid device;
  /// Rises when a device starts anew from an empty store.
  std::uint64_t generation = 0;
  /// Chain of one-time values by which a cloned or rolled-back device shows.
  std::string nonce;
  std::string next_nonce;
  std::string epoch;
  /// Opaque; empty at the first sync.
  std::string cursor;
  /// Canonical texts, in the order of the device's counter.
  std::vector<std::string> mutations;
  /// Most records the device wants in the answer.
  int limit = 0;
  /// Revokes up to this place in history (SyncAnswer::granted) have been honoured: nothing unsent is left of them.
  std::uint64_t honoured = 0;
  /// Points of history the device knows, newest first: sent after EpochUnknown, with epoch and cursor empty.
  std::optional<std::vector<HistoryPoint>> ladder;
  /// The device's sums of all scopes it holds: asks for lists of those that differ.
  std::optional<std::vector<ScopeSum>> sums;
  /// Records to be sent whatever their seq.
  std::vector<Uuid> want;
};

struct SyncAnswer {
  std::vector<MutationResult> results;
  std::vector<RecordState> records;
  /// Records that left the device's sight (deleted for good or no longer granted), by id.
  std::vector<Uuid> removed;
  /// All grants in force, sent whole when they changed since the cursor.
  std::optional<std::vector<Grant>> grants;
  /// Scopes no longer granted: push first, then purge clean rows.
  std::vector<Scope> revokes;
  /// Place in history of the newest change of grants told here; what SyncRequest::honoured repeats.
  std::uint64_t granted = 0;
  /// The device was rewound to this place (an answer to a ladder): what it has from later on is void.
  std::optional<std::uint64_t> rewind;
  /// Where the device stands in history with this answer, for its ladder; only with `complete`.
  std::optional<HistoryPoint> at;
  /// Of all records the device should hold now; only with `complete`.
  std::optional<ContentSum> sum;
  /// Scopes whose sums differ from those of the request.
  std::vector<ScopeList> lists;
  std::string cursor;
  /// Nothing more to pull at the moment of the answer's snapshot.
  bool complete = false;
  std::string epoch;
  /// History up to this place is in a backup; the device need not keep acknowledged mutations up to it.
  std::uint64_t backup_seq = 0;
};

std::string encode(const SyncRequest& request);

/// A decoded request. Mutations are JSON values yet to be checked one by one, so that a bad one parks alone.
struct DecodedRequest {
  SyncRequest head;
  std::vector<Json> mutations;
};
/// Throws ProblemError: TooLarge, TooDeep, MalformedJson, WrongType, ProtocolTooOld/New.
DecodedRequest decode_request(std::string_view text);

/// Writes an answer piece by piece, taking records as stored texts.
class AnswerWriter {
 public:
  AnswerWriter();
  void result(const MutationResult& result);
  /// Fields of a record as the store has them; `cells` and `removed` may be empty or "{}".
  struct RecordRow {
    Uuid id;
    std::string_view collection;
    Scope scope;
    std::uint64_t version = 0;
    std::uint64_t seq = 0;
    bool deleted = false;
    Uuid by;
    std::string_view body;
    std::string_view cells;
    std::string_view removed;
  };
  void record(const RecordRow& row);
  void removed(const Uuid& id);
  std::size_t bytes() const noexcept { return results_.size() + records_.size(); }
  /// The whole answer; results, records and removed of `rest` are ignored.
  std::string finish(const SyncAnswer& rest);

 private:
  std::string results_;
  std::string records_;
  std::string removed_;
};

/// Throws ProblemError(BadAnswer) where the text is not such an answer.
SyncAnswer decode_answer(std::string_view text);

Json to_json(const Grant& grant);
Grant grant_from_json(const Json& json);

}  // namespace anketa::protocol
