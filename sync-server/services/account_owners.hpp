// Keeps every account with one owner (R37), whichever way an edit of its assignments comes: the rule is
// programme::permit_owners, asked of what an edit, or a group as a whole, makes of the account.
//
// A client that was removed needs no owner: its team may go after it.
#pragma once

#include <map>
#include <optional>

#include "shared/record/mutation.hpp"
#include "sync-server/store/store.hpp"

namespace anketa::server {

/// Whether the account may become what it is with `after` in its record's place; nullopt: yes.
std::optional<Problem> owner_problem(Reader& reader, const RecordState& after);

/// The owners of accounts before a group takes effect; asked for the problem once it has.
class OwnersBefore {
 public:
  void note(Reader& reader, const Mutation& mutation);
  std::optional<Problem> problem(Reader& reader) const;

 private:
  std::map<Scope, int> owners_;
};

}  // namespace anketa::server
