// The conflicts a mutation opens, joins, settles or reopens.
//
// Invariants: a side is never deleted, only marked as consumed; a conflict is open while an unconsumed side differs
// from the value in effect.
#pragma once

#include <map>
#include <string>

#include "shared/merge/sight.hpp"

namespace anketa::merge {

class ConflictBook {
 public:
  ConflictBook(const Mutation& mutation, const Context& context, const Sight& sight)
      : mutation_(mutation), context_(context), sight_(sight) {}

  /// The op's value does not take effect: what stands there stays, and both are sides. `standing` is the path of what
  /// stands in the way where that is not the path itself.
  void add_newcomer(const Op& op, const RecordState& record, const std::string& path, const Json& value,
                    std::string_view standing);
  /// The op brought back what that mutation had removed: the removal is a side.
  void add_removal(const Op& op, const std::string& path, const Uuid& removed_by);

  /// The op's value takes effect in a cell that `record` shows as it was. With `consumes` it settles the sides it
  /// names; without, it only takes the place of the value it was made over. `by` is the new provenance.
  void settle(const Op& op, const RecordState& record, const std::string& path, const Json& value, const Uuid& by);
  /// An item or the record was removed: a conflict all of whose open sides wish that is settled.
  void now_in_effect(const std::string& path, const Json& value);
  /// The op says what is in effect already, unseen: its author's own side is overtaken.
  void agree(const Op& op, const std::string& path, const Json& value);

  /// The conflict of a path as it stands; null where there is none.
  const Conflict* at(const std::string& path) { return find(path); }
  bool opened() const noexcept { return opened_; }
  std::map<std::string, Conflict> take() && { return std::move(changed_); }

 private:
  /// The conflict of the path in its newest state; null where there is none.
  const Conflict* find(const std::string& path);
  Conflict& open(const std::string& path, const Op& op);
  Side side_of(const Uuid& mutation, std::string_view path, Json value) const;
  void note_standing(Conflict& conflict, const Op& op, const RecordState& record, std::string_view path) const;
  void consume(const Op& op, const std::string& path, const Json& value, const Uuid& by);
  void overtake(const RecordState& record, const std::string& path, const Json& value, const Uuid& by);

  const Mutation& mutation_;
  const Context& context_;
  const Sight& sight_;
  std::map<std::string, Conflict> changed_;
  std::map<std::string, Conflict> known_;
  bool opened_ = false;
};

}  // namespace anketa::merge
