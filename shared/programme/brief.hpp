// The page a rep reads before a meeting (R31, R35): who, what changed, open problems, the last talk, promises, what is
// new in our range since then, and what not to do.
//
// Model: plain values in, plain values out; device and server gather the facts from their records and show the same
// page. Texts are the records' own; what the page itself has to say are codes, for whoever shows it to word.
// Thread safety: pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/programme/calendar.hpp"
#include "shared/programme/meeting.hpp"
#include "shared/programme/revision.hpp"
#include "shared/programme/risk.hpp"
#include "shared/programme/turnover.hpp"
#include "shared/record/json.hpp"

namespace anketa::programme {

struct BriefPerson {
  std::string id, name, post;
  /// Codes of the decision map; empty where nobody has entered them.
  std::string role, influence, attitude, access;
  bool met = false, left = false, is_main = false;
  /// Otherwise we only know of him, from the decision map.
  bool is_contact = true;
  /// The latest verification.
  std::optional<Verified> verified;
  std::optional<Day> verified_on;
};

struct BriefTalk {
  std::string id, kind, about, summary, agreed, next_step, with;
  Day on{};
  std::optional<Day> next_on;
  bool offer_made = false;
};

struct BriefPromise {
  std::string text;
  bool is_ours = true;
  Day made_on{};
  std::optional<Day> due_on, done_on;
};

struct BriefCase {
  std::string id, status, severity;
  Day opened_on{};
  /// What the client complains of, in his words.
  std::string text = {};
};

struct BriefFact {
  std::string part, field, text;
  Day on{};
};

struct BriefRangeItem {
  std::string code, name_ru, name_en;
  RangeDates dates;
};

struct BriefPart {
  std::string part;
  std::optional<Day> revised_on;
};

/// Everything of a client that may matter; in any order.
struct BriefFacts {
  std::vector<BriefPerson> persons;
  std::vector<BriefTalk> talks;
  /// Days of personal meetings known by a questionnaire or a visit.
  std::vector<Day> meetings;
  std::vector<BriefPromise> promises;
  /// Open ones only.
  std::vector<BriefCase> cases;
  std::vector<BriefFact> facts;
  std::vector<BriefRangeItem> range;
  std::vector<BriefPart> parts;
  /// What our people noted not to do.
  std::string avoid;
};

/// What the page warns of, beside our people's own words.
enum class BriefWarning {
  NoOfferWhileBroken,  ///< a quality case is open: no offers before the client confirms the repair (R13, R17)
  NoOfferThisTime,     ///< the last meeting had an offer: an offer must not be made at every one (R20)
  TellMainContact,     ///< the main contact person always knows who else is met (R35)
  OpponentAmongThem,   ///< somebody in the decision is against us
  OurPromiseOverdue,   ///< we owe the client something since a day gone by
  AtRisk               ///< the warning pattern (R2)
};

/// "no_offer_while_broken" …
std::string_view id(BriefWarning warning);

struct Brief {
  /// Those still there, the deciders first; then those who left.
  std::vector<BriefPerson> persons;
  /// The latest personal meeting, and the latest talk of any kind.
  std::optional<Day> last_meeting;
  std::optional<BriefTalk> last_talk;
  /// Since that meeting: facts, and persons verified as changed, new or left; the newest first.
  std::vector<BriefFact> changes;
  std::vector<BriefPerson> turnover;
  /// The worst and oldest first.
  std::vector<BriefCase> cases;
  /// Not kept yet: ours before the client's, the earliest due first, those without a day last.
  std::vector<BriefPromise> promises;
  std::vector<BriefRangeItem> new_in_range;
  /// Parts whose revision is due, overdue or was never made.
  std::vector<std::pair<std::string, RevisionState>> revisions;
  std::string avoid;
  std::vector<BriefWarning> warnings;
  Risk risk;
};

Brief make_brief(BriefFacts facts, Day today);

/// {persons, last_meeting, last_talk, changes, turnover, cases, promises, new_in_range, revisions, avoid, warnings,
/// risk}; docs/client.md has an example.
Json to_json(const Brief& brief);
Json to_json(const BriefPerson& person);
Json to_json(const BriefTalk& talk);
Json to_json(const BriefPromise& promise);
Json to_json(const BriefCase& found);
Json to_json(const BriefFact& fact);
Json to_json(const BriefRangeItem& item);

}  // namespace anketa::programme
