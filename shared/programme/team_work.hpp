// The team around an account as changes of its assignments (R5, R37).
//
// Thread safety: pure functions over their arguments.
#pragma once

#include "shared/programme/record_changes.hpp"

namespace anketa::programme {

/// Throws ProblemError(InvalidValue) for whoever is known and does not look after clients, or works here no more.
void check_may_own(const RecordSource& records, const Uuid& user);

/// What makes a user the one owner of an account. Whoever was it goes, or stays as a member. None: he is it.
/// Throws as check_may_own().
ChangeGroup owner_change(const RecordSource& records, Environment& environment, const Uuid& account, const Uuid& user,
                         bool keep_former);

/// Who looks after a client has to see it: he comes into its team, as its owner where nobody at work answers for it.
ChangeGroup joining(const RecordSource& records, Environment& environment, const Uuid& account, const Uuid& user);

}  // namespace anketa::programme
