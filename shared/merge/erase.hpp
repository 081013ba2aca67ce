// Taking values out for good, where the law asks for it (R33, R60): of a record as it stands, and of the mutations that
// brought them there.
//
// Model: paths name what is to go, each with everything below it; "" is the whole record. What is left of a mutation is
// a stub: its id, author and time, and the ops that have nothing to do with the paths. Pure; doing it again changes
// nothing.
#pragma once

#include <span>
#include <string>

#include "shared/record/mutation.hpp"
#include "shared/record/record_state.hpp"

namespace anketa::merge {

/// Whether the op holds a value at or below one of the paths.
bool holds_erased(const Op& op, std::span<const std::string> paths);

/// Takes the values out of an op; false where nothing is left of it.
bool erase_from(Op& op, std::span<const std::string> paths);

/// Takes them out of every op; true where any was there. A mutation of which nothing is left gets one op without
/// effect; one of a record that is erased whole only says that the record is gone.
bool erase_from(Mutation& mutation, std::span<const std::string> paths);

/// Takes them out of body and removed items. Provenance stays. True where any was there.
bool erase_from(RecordState& record, std::span<const std::string> paths);

}  // namespace anketa::merge
