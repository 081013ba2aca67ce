// Carrying a whole plan out, on the server's record or on its author's own view.
#include "shared/merge/applier.hpp"
#include "shared/merge/merge.hpp"
#include "shared/record/mutant.hpp"

namespace anketa::merge {
namespace {

/// Makes the mutation that set most cells the default. The form follows from the provenance alone, not from the way
/// there, so that a device and a server that agree on every cell also agree on the text of it.
void compact(RecordState& record) {
  if (record.cells.empty()) return;
  std::map<Uuid, std::size_t> counts;
  each_cell(record.body, {}, [&](const std::string& cell, const Json&) {
    const auto found = record.cells.find(cell);
    ++counts[found == record.cells.end() ? record.by : found->second];
  });
  const auto most =
      std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == counts.end() || most->first == record.by) return;
  const auto old = std::exchange(record.by, most->first);
  each_cell(record.body, {}, [&](const std::string& cell, const Json&) {
    const auto [found, by_default] = record.cells.try_emplace(cell, old);
    if (!by_default && found->second == record.by) record.cells.erase(found);
  });
}

}  // namespace

Uuid merged_id(const Uuid& mutation, std::string_view path) {
  return Uuid::derived(mutation, "merged:" + std::string(path));
}

void apply(RecordState& record, const Mutation& mutation, const Plan& plan) {
  if (plan.parked) return;
  if (record.version == 0 && record.by.is_nil()) {
    record.id = mutation.record;
    record.collection = mutation.collection;
    record.scope = mutation.scope;
    record.by = mutation.id;
  }
  Applier applier(record, mutation);
  for (const auto& change : plan.changes) applier.run(change);
  if (!ANKETA_MUTANT("version_not_raised")) ++record.version;
  compact(record);
}

void overlay(RecordState& view, const Mutation& mutation) {
  const auto version = view.version;
  apply(view, mutation, plan_own_view(view, mutation));
  // The version counts what the server has put in effect.
  view.version = version;
}

}  // namespace anketa::merge
