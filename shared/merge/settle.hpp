// The op that settles a conflict, made in one place for devices and for the console. Pure.
#pragma once

#include "shared/merge/merge.hpp"

namespace anketa::merge {

/// Puts a value in the conflict's place and consumes all its open sides. An item or a record that stays is an op that
/// sets nothing: its cells are what they are. `over` is the caller's to fill in (note_what_was_seen).
Op settle_with_value(const Conflict& conflict, const Json& value);

/// The same in favour of one side. A status that could not move is kept as the move it wanted, {from, to, facts}: that
/// move is then made from where the status of `record` stands, with all that was noted along with it.
Op settle_with_side(const Conflict& conflict, const Side& side, const RecordState& record);

}  // namespace anketa::merge
