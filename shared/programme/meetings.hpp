// Meetings with a client and the balance of those with and without an offer (R20).
//
// Model: one talk leaves several records: a visit, an entry of the history, a questionnaire, an offer. What happened at
// one client on one day is one meeting; an offer was made at it if any of them says so.
// Thread safety: pure functions.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "shared/programme/calendar.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::programme {

struct Meeting {
  bool with_questionnaire = false;
  bool informal = false;
  bool offer_made = false;
};

class Meetings {
 public:
  /// The meeting of that day, which comes to be where there was none.
  Meeting& at(const Uuid& client, Day day) { return all_[{client, day}]; }
  /// The client's last one on or before a day, of any kind or with a questionnaire only.
  std::optional<Day> last(const Uuid& client, Day until, bool with_questionnaire = false) const;
  const std::map<std::pair<Uuid, Day>, Meeting>& all() const { return all_; }

 private:
  std::map<std::pair<Uuid, Day>, Meeting> all_;
};

struct MeetingBalance {
  int with_offer = 0;
  int without_offer = 0;
  int informal = 0;
  int with_questionnaire = 0;

  void add(const Meeting& meeting);
  int total() const { return with_offer + without_offer; }
};

}  // namespace anketa::programme
