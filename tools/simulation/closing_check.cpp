#include "tools/simulation/closing_check.hpp"

#include <algorithm>

#include "tools/simulation/violation.hpp"
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

const Json& status_of(const RecordState* record) {
  static const Json nothing;
  return record ? record->at("status") : nothing;
}

/// Who, when and how, as one text; empty where one of them is missing.
std::string facts_of(const Json& holder) {
  Json facts = Json::object();
  for (const auto* name : {"confirmed_by", "confirmed_on", "confirmed_how"}) {
    const auto text = string_or_empty(holder, name);
    if (text.empty()) return {};
    facts[name] = text;
  }
  return facts.dump();
}

bool brings(const Op& op, std::string_view status) {
  return op.kind == OpKind::Transition && op.path == "status" && string_or_empty(op.value, "to") == status;
}

bool names(const std::vector<Uuid>& ids, const Uuid& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

bool ClosingCheck::is_word(const Mutation& mutation, const Op& op) const {
  return brings(op, "confirmed") && !(mutation.user == World::service_user()) &&
         !facts_of(op.value.value("facts", Json::object())).empty();
}

/// Whether the op may have closed the case: the client's word about the call that stood then.
bool ClosingCheck::closes(const RecordChange& change, std::size_t place, const Op& op, const InChain& in_chain) const {
  const auto& mutation = change.mutations[place];
  if (!is_word(mutation, op)) return false;
  const auto facts = facts_of(op.value.at("facts"));
  const auto known = words_.find(change.after->id);
  // Settled for one of two answers, as it was given.
  if (!op.consumes.empty() && known != words_.end() && known->second.contains(facts)) return true;
  if (string_or_empty(op.value, "from") != "rep_called") return false;
  // The call came in the same commit, or in the very same mutation.
  for (std::size_t i = 0; i <= place; ++i)
    for (const auto& earlier : change.mutations[i].ops)
      if (brings(earlier, "rep_called")) return true;
  if (status_of(change.before) != "rep_called") return false;
  const auto call = change.before->provenance("status");
  return call && (names(op.over, *call) || in_chain(mutation, *call));
}

void ClosingCheck::observe(const RecordChange& change, const InChain& in_chain) {
  if (change.after->collection != "quality_case") return;
  const auto& id = change.after->id;
  if (change.after->deleted) throw Violation(Invariant::ClosedByClient, "quality case " + id.text() + " was removed");
  const bool closed = status_of(change.after) == "confirmed";
  if (closed && facts_of(change.after->body).empty())
    throw Violation(
        Invariant::ClosedByClient,
        "case " + id.text() + " is closed, and nobody knows by whom, when or how: " + change.after->body.dump());
  if (closed && status_of(change.before) != "confirmed") {
    bool by_client = false;
    for (std::size_t i = 0; i < change.mutations.size(); ++i)
      for (const auto& op : change.mutations[i].ops) by_client = by_client || closes(change, i, op, in_chain);
    if (!by_client)
      throw Violation(Invariant::ClosedByClient, "case " + id.text() + " was closed without the client's word");
  }
  for (const auto& mutation : change.mutations)
    for (const auto& op : mutation.ops)
      if (is_word(mutation, op)) words_[id].insert(facts_of(op.value.at("facts")));
}

}  // namespace anketa::simulation
