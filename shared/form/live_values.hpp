// What a questionnaire's own state gives to prefills "form.…" and "case.…": never stored, always current.
#pragma once

#include "shared/form/fill_views.hpp"
#include "shared/form/local_time.hpp"
#include "shared/record/json.hpp"

namespace anketa::form {

/// {"form": {"state", "paused", "today"}, "case": {"confirmed"}}. The client's confirmation takes effect when the
/// questionnaire is resumed: a paused one stays closed (R18).
inline Json live_source(FillStatus status, bool case_confirmed, const LocalTime& now) {
  const bool paused =
      status == FillStatus::Paused || status == FillStatus::Resumed || status == FillStatus::CompleteAfterPause;
  return {{"form", {{"state", paused ? "resume" : "first"}, {"paused", paused}, {"today", date_text(now)}}},
          {"case", {{"confirmed", case_confirmed && status != FillStatus::Paused}}}};
}

/// The member a dotted path names: "dossier.contract.speed_mbps"; null where there is none.
inline const Json& at_dotted(const Json& source, std::string_view path) {
  static const Json none;
  const Json* at = &source;
  while (!path.empty()) {
    const auto dot = path.find('.');
    const auto member = path.substr(0, dot);
    const auto found = at->is_object() ? at->find(member) : at->end();
    if (!at->is_object() || found == at->end()) return none;
    at = &*found;
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return *at;
}

}  // namespace anketa::form
