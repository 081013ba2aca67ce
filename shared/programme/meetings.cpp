#include "shared/programme/meetings.hpp"

namespace anketa::programme {

std::optional<Day> Meetings::last(const Uuid& client, Day until, bool with_questionnaire) const {
  auto place = all_.upper_bound({client, until});
  while (place != all_.begin()) {
    --place;
    if (!(place->first.first == client)) break;
    if (!with_questionnaire || place->second.with_questionnaire) return place->first.second;
  }
  return std::nullopt;
}

void MeetingBalance::add(const Meeting& meeting) {
  ++(meeting.offer_made ? with_offer : without_offer);
  if (meeting.informal) ++informal;
  if (meeting.with_questionnaire) ++with_questionnaire;
}

}  // namespace anketa::programme
