// Committing what the user does to records: checked by the schema's and the merge's own rules, journalled in the
// outbox, shown in his view, in one transaction.
//
// Invariant: after every commit the view of a record equals its server state with its pending mutations overlaid in
// order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client-core/store/store.hpp"
#include "shared/record/mutation.hpp"
#include "shared/schema/schema.hpp"

namespace anketa::client {

/// Ops on one record. Where there is no such record, they make it; then collection and scope say what it is.
struct RecordEdit {
  Uuid record;
  std::string collection;
  Scope scope;
  std::vector<Op> ops;
};

class LocalEdits {
 public:
  explicit LocalEdits(ClientStore& store) : store_(store) {}

  /// Commits an edit durably; it joins the record's open mutation, if there is one. Ops get their `over` from the view,
  /// each seeing the ones before it. Throws ProblemError: NotLoggedIn, UnknownCollection, Forbidden, what validation
  /// says, TooLarge, DiskFull.
  void commit(RecordEdit edit);
  /// Commits edits of several records as one atomic group, in order. Throws GroupTooLarge besides.
  void commit_group(std::vector<RecordEdit> edits);

  /// Field classes the user sees in a scope, and so may write (R36), as far as the device knows; nullopt: all.
  std::optional<std::vector<schema::FieldClass>> classes_seen(const Scope& scope);

  /// The ops of a whole-record creation.
  static std::vector<Op> creation(Json body);

 private:
  struct Work;
  void commit_one(RecordEdit& edit, const std::optional<Group>& group);
  void note_over(Work& work);
  bool join_open(Work& work);
  void add_mutation(Work& work, const std::optional<Group>& group);
  void refresh_view(Work& work);
  ClientStore& store_;
};

/// Server state with the pending mutations on top, in order.
RecordState with_pending(RecordState server, const std::vector<OutboxRow>& pending);
/// Rebuilds a record's view (none where nothing is pending) and its place in the search index; stores the row.
void rebuild_view(ClientStore& store, RecordRow& row);
/// The same; a record that neither the server nor an edit gives anything to is gone.
void rebuild_or_drop(ClientStore& store, RecordRow& row);

}  // namespace anketa::client
