#include "shared/programme/norm.hpp"

#include <algorithm>

namespace anketa::programme {

Share share_from(std::string_view id) {
  return id == "full" ? Share::Full : Share::Part;
}

int weekly_norm(Share share) {
  return share == Share::Full ? 15 : 5;
}

std::string_view id(Pace pace) {
  switch (pace) {
    case Pace::Behind:
      return "behind";
    case Pace::OnPace:
      return "on_pace";
    case Pace::Met:
      break;
  }
  return "met";
}

int due_so_far(int norm, Day today) {
  constexpr int working_days = 5;
  const auto gone_by = static_cast<int>((today - monday_of(today)).count());
  return norm * std::min(gone_by, working_days) / working_days;
}

Pace pace_of(int done, int norm, Day today) {
  if (done >= norm) return Pace::Met;
  return done >= due_so_far(norm, today) ? Pace::OnPace : Pace::Behind;
}

}  // namespace anketa::programme
