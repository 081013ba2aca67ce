// The record as it becomes while a mutation is planned.
//
// Model: changes are noted, and carried out on a working copy only when a later step has to see them; most mutations
// never need the copy. Within one op the cells are apart from each other, so it sees the record as it was before it.
// Invariant: now() is the record with every flushed change in it.
#pragma once

#include <optional>
#include <vector>

#include "shared/merge/applier.hpp"

namespace anketa::merge {

class Draft {
 public:
  /// `current` is null where the record does not exist yet.
  Draft(const RecordState* current, const Mutation& mutation) : current_(current), mutation_(mutation) {}

  /// Whether the record was there before the mutation.
  bool existed() const noexcept { return current_ != nullptr; }
  const RecordState& before() const;
  const RecordState& now() const { return copy_ ? *copy_ : before(); }
  bool untouched() const noexcept { return changes_.empty(); }

  void note(CellChange::Kind kind, std::string path, Json value = {}) {
    changes_.push_back({kind, std::move(path), std::move(value)});
  }
  /// Makes now() show what was noted.
  void flush();
  std::vector<CellChange> take() && { return std::move(changes_); }

 private:
  const RecordState* current_;
  const Mutation& mutation_;
  std::optional<RecordState> copy_;
  std::vector<CellChange> changes_;
  std::size_t flushed_ = 0;
};

}  // namespace anketa::merge
