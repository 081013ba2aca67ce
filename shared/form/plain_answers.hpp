// Answers as people and scripts write them, put through a fill session by its very rules.
//
// Plain answers are one JSON object: repeats are arrays of objects, a group's answers may stand in an object of the
// group's name with or without the group's name as prefix ("offers": {"backup": "yes"} for offers_backup), a choice
// from a repeat may be given by the item's label instead of its id.
#pragma once

#include <cstddef>
#include <vector>

#include "shared/form/fill_session.hpp"

namespace anketa::form {

struct PlainReport {
  std::size_t applied = 0;
  /// Answers that were not taken, each with its path; the others were.
  std::vector<Problem> problems;
};

/// Answers in form order, whatever the order in the object, so that gate and relevance are met as in a talk.
PlainReport apply_plain_answers(FillSession& session, const Json& plain);

}  // namespace anketa::form
