// What was erased does not come back by what arrives later (R33, R60).
#include "shared/merge/erase.hpp"
#include "sync-server/services/intake.hpp"
#include "sync-server/store/erasure.hpp"

namespace anketa::server {

bool Intake::is_erased(const Uuid& record) {
  const auto erasures = writer_.erasures_of(record);
  return std::any_of(erasures.begin(), erasures.end(), erases_whole);
}

void Intake::use_erasures(std::vector<Prepared>& mutations) {
  for (auto& prepared : mutations) {
    const auto named = writer_.erased(prepared.id);
    if (named) {
      prepared.hash = named->hash;
      prepared.erased = true;
    }
    for (const auto& erasure : writer_.erasures_of(prepared.mutation.record))
      use_erasure(prepared, erasure, named.has_value());
  }
}

void Intake::use_erasure(Prepared& prepared, const Erasure& erasure, bool named) {
  if (prepared.malformed) return;
  auto& mutation = prepared.mutation;
  if (author_.server) return;
  auto left = mutation;
  if (!merge::erase_from(left, erasure.paths)) return;
  if (!named && !erases_whole(erasure)) {
    // A value given by somebody who saw that the cell was empty is a new one: it stays.
    const auto erased = [&](const Uuid& id) { return writer_.erased(id).has_value(); };
    const auto unaware = [&](const Op& op) {
      return merge::holds_erased(op, erasure.paths) && (std::any_of(op.over.begin(), op.over.end(), erased) ||
                                                        std::any_of(op.consumes.begin(), op.consumes.end(), erased));
    };
    if (std::none_of(mutation.ops.begin(), mutation.ops.end(), unaware)) return;
  }
  mutation = std::move(left);
  prepared.text = canonical(to_json(mutation));
  prepared.erased = true;
  if (!named) extend_erasure(writer_, erasure, {{prepared.id, prepared.hash}}, now_);
}

}  // namespace anketa::server
