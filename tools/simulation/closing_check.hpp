// Invariant 13: no quality case is closed without the client's confirmation (R17), in any interleaving and any merge.
//
// Model: a second account of the rule, made from what the journal says and not from how the product merges. A case is
// confirmed only by a step from the rep's call that says who, when and how, taken by somebody who speaks with the
// client and who saw that very call; or by settling two such steps for one of them, as it was given. A confirmed case
// has its three facts, and no case is removed.
#pragma once

#include <functional>
#include <map>
#include <set>

#include "tools/simulation/server_watch.hpp"

namespace anketa::simulation {

class ClosingCheck {
 public:
  /// Whether an earlier mutation is reached from a mutation by links to its author's previous one.
  using InChain = std::function<bool(const Mutation& mutation, const Uuid& ancestor)>;

  /// Looks at what one commit did to a record. Throws Violation.
  void observe(const RecordChange& change, const InChain& in_chain);

 private:
  bool is_word(const Mutation& mutation, const Op& op) const;
  bool closes(const RecordChange& change, std::size_t place, const Op& op, const InChain& in_chain) const;

  /// Facts of the confirmations that anybody ever brought, by case.
  std::map<Uuid, std::set<std::string>> words_;
};

}  // namespace anketa::simulation
