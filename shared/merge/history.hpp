// What a record's mutations did, found by doing them again.
//
// Model: the mutations of one record in the order in which they took effect. Replaying them gives the record at every
// step, for the two questions a merge asks of the past (Context) and for checking a stored record against its journal.
// Thread safety: none; a History belongs to one thread.
#pragma once

#include <span>
#include <vector>

#include "shared/merge/merge.hpp"

namespace anketa::merge {

/// The value that ops gave to a path, as their author made it: null where they cleared it, nullopt where they did not
/// touch it.
std::optional<Json> value_given(std::span<const Op> ops, std::string_view path);

/// Whether a mutation takes a set element out, or removes the record where the cell is empty, having seen what `seen`
/// brought to it.
bool takes_out(const Mutation& mutation, std::string_view cell, const Uuid& seen);

class History {
 public:
  /// Mutations in effect (applied, merged or in conflict), in the order of their seq.
  explicit History(std::vector<Mutation> in_effect) : mutations_(std::move(in_effect)) {}

  /// For Context::earlier. Knows the ids of merged texts too (merge::merged_id).
  std::optional<Earlier> earlier(const Uuid& id, std::string_view path);
  /// Whether `ancestor` is reached from the mutation by `prev` links.
  bool in_chain(const Mutation& mutation, const Uuid& ancestor) const;
  /// The record after the first `count` mutations; version 0 where there are none.
  RecordState after(std::size_t count);
  std::size_t size() const noexcept { return mutations_.size(); }

 private:
  const Mutation* find(const Uuid& id) const;

  std::vector<Mutation> mutations_;
  /// Merged texts met so far, by their merged_id. A replay only asks for those of its own past.
  std::map<Uuid, Earlier> merged_;
  bool replaying_ = false;
  bool replayed_ = false;
};

}  // namespace anketa::merge
