// Joining a further edit to a mutation that nobody has seen yet. Pure.
#pragma once

#include "shared/record/mutation.hpp"

namespace anketa::client {

/// Adds an op to an open mutation, whose effect then is that of its ops followed by this one. A set of a cell it sets
/// already takes the new value but keeps its `over`: the author saw what he saw when he first touched the cell. Edits
/// of a record that the mutation itself creates go into the body it creates.
void join(Mutation& open, Op op);

}  // namespace anketa::client
