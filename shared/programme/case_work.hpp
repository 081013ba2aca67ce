// What people do about a quality case, as the ops it takes (R13-R18): one code for the phone, the command line and the
// lead's console.
//
// Model: a step is reckoned from the case as its author sees it: the status it leads to, the facts that have to come
// along, who took it and when, and how often the client has said no. The ops are then an ordinary mutation, which the
// server checks by the schema like any other.
// Failures throw ProblemError: RequiredMissing and InvalidValue for what is said. Whether the case stands where a step
// begins is for whoever merges the ops: IllegalTransition.
// Thread safety: values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/programme/calendar.hpp"
#include "shared/record/environment.hpp"
#include "shared/record/mutation.hpp"
#include "shared/record/record_state.hpp"
#include "shared/record/role.hpp"

namespace anketa::programme {

/// What service says of the repair. Empty texts and absent amounts leave alone what stands.
struct Repair {
  /// "2025-06-12": done by then.
  std::string promised_on;
  /// What is behind it and where (R22).
  std::string cause, place;
  /// Minor units.
  std::optional<std::int64_t> fix_cost, extra_profit_month;
};

/// {"promised_on", "cause", "place", "fix_cost", "extra_profit_month"}, each where it is said. Throws WrongType.
Repair repair_from(const Json& json);

/// What the client said when asked to check the repair (R17).
struct ClientWord {
  /// Who said it; empty: the contact who was to confirm.
  std::string contact;
  /// "call", "meeting", "letter".
  std::string how = "call";
  /// Empty: today. Not in the future and not before the repair was reported.
  std::string on;
  std::string text;
};

/// {"contact", "how", "on", "text"}, each where it is said.
ClientWord client_word_from(const Json& json);

/// What somebody of a role may do with a case in a status, in the order of its way: "accept", "work", "fixed",
/// "called", "confirm", "reject".
std::vector<std::string> case_steps(std::string_view status, Role role);

class CaseWork {
 public:
  /// `record` and `environment` outlive the work; `today` is the author's.
  CaseWork(const RecordState& record, const Uuid& user, Day today, Environment& environment);

  /// The service owner takes the case on.
  void accept(const Repair& repair);
  /// Notes what was done; a case that is not in work yet comes to be.
  void work(const std::string& text, const Repair& repair);
  void report_fixed(const Repair& repair);
  /// The rep has called and asked the client to check in person; what he said so far.
  void called(const ClientWord& word);
  /// The client says all is well: the case is closed. Where the call has not been noted yet, this notes it.
  void confirm(const ClientWord& word);
  /// The client says it is not: back to work, and counted.
  void reject(const ClientWord& word);
  /// Cause, place, cost and gain, at any time.
  void estimate(const Repair& repair);
  /// Any of these by its name, with what is said in JSON. Throws NotFound for another name.
  void take(std::string_view step, const Json& said);

  std::vector<Op> ops() && { return std::move(ops_); }

 private:
  void move(const char* to, Json facts = Json::object());
  void set(const char* field, Json value);
  void append(const char* log, Json entry);
  void put_repair(const Repair& repair);
  /// Every call stays on record, whatever the client said.
  void note_word(const ClientWord& word, std::optional<bool> good);
  void note_call(const std::string& day);
  std::string checked_day(const ClientWord& word) const;
  std::string speaker(const ClientWord& word) const;

  const RecordState& record_;
  Uuid user_;
  Day today_;
  Environment& environment_;
  /// Where the ops so far bring the case.
  std::string status_;
  std::vector<Op> ops_;
};

}  // namespace anketa::programme
