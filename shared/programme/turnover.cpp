#include "shared/programme/turnover.hpp"

namespace anketa::programme {

std::optional<Verified> verified_from(std::string_view word) {
  if (word == "unchanged" || word == "same") return Verified::Unchanged;
  if (word == "changed" || word == "upd") return Verified::Changed;
  if (word == "new") return Verified::New;
  if (word == "left") return Verified::Left;
  return std::nullopt;
}

void Turnover::add(Verified outcome, std::int64_t times) {
  std::int64_t* const counts[] = {&unchanged, &changed, &added, &left};
  *counts[static_cast<std::size_t>(outcome)] += times;
}

std::optional<int> Turnover::left_percent() const {
  const auto known = unchanged + changed + left;
  if (known == 0) return std::nullopt;
  return static_cast<int>((200 * left + known) / (2 * known));
}

}  // namespace anketa::programme
