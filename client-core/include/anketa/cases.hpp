// Quality cases as people work on them (R13-R18): whose turn it is, what can be done next, and doing it.
//
// Model: a case is a record of collection "quality_case"; every call here makes the ops that its rules ask for
// (programme::CaseWork) and commits them at once, offline like any edit. Which steps there are, what they need and who takes them is declared in
// the schema; the server checks the same. A case is closed by confirm() and by nothing else, and that says who at the
// client said so, when and how.
// Failures throw ProblemError: RecordNotFound, IllegalTransition where the case does not stand there, Forbidden where
// another has to take the step, RequiredMissing and InvalidValue for what is said.
// Thread safety: that of the Client.
#pragma once

#include "anketa/client.hpp"
#include "shared/programme/case_work.hpp"
#include "shared/programme/quality.hpp"

namespace anketa::client {

struct CaseView {
  LocalRecord record;
  programme::CaseDates dates;
  programme::Turn turn = programme::Turn::Nobody;
  /// When the present stretch ends, and days past that; see programme::due_on.
  std::optional<programme::Day> due;
  int overdue = 0;
  std::optional<int> age;
  /// What the user may do next: "accept", "work", "fixed", "called", "confirm", "reject".
  std::vector<std::string> steps;
};

Json to_json(const CaseView& view);

struct CaseFilter {
  /// Cases it is the user's turn in: of a rep, those of the clients he owns; of the service side, those that nobody
  /// else has accepted.
  bool mine = false;
  /// Without the closed ones.
  bool open = false;
  std::optional<Uuid> client;
};

/// A complaint that came in without a questionnaire.
struct NewCase {
  Uuid client;
  std::string complaint;
  /// "stops", "hinders", "annoys".
  std::string severity = "hinders";
  /// Who at the client will confirm, and when to call.
  std::string contact, call_when;
  std::string place;
};

using programme::ClientWord;
using programme::Repair;

class Cases {
 public:
  /// `offset_minutes`: east of UTC where the user is; dates are his.
  Cases(Client& client, int offset_minutes) : client_(client), offset_minutes_(offset_minutes) {}

  /// The most pressing first: the longest overdue, then the nearest due, then the worst.
  std::vector<CaseView> list(const CaseFilter& filter = {}) const;
  CaseView show(const Uuid& id) const;

  Uuid open(const NewCase& complaint);
  /// The service owner takes the case on.
  void accept(const Uuid& id, const Repair& repair = {});
  /// Notes what was done; a case that is not in work yet comes to be.
  void work(const Uuid& id, const std::string& text, const Repair& repair = {});
  void report_fixed(const Uuid& id, const Repair& repair = {});
  /// The rep has called and asked the client to check in person; what he said so far.
  void called(const Uuid& id, const ClientWord& word = {});
  /// The client says all is well: the case is closed. Where the call has not been noted yet, this notes it.
  void confirm(const Uuid& id, const ClientWord& word);
  /// The client says it is not: back to work, and counted.
  void reject(const Uuid& id, const ClientWord& word);
  /// Cause, place, cost and gain, at any time.
  void estimate(const Uuid& id, const Repair& repair);

  /// How many days each stretch may take.
  programme::DueDays due_days() const;
  /// For the lead: {"stops"?, "hinders"?, "annoys"?, "call"?, "meeting"?}, days from 1 to 365. Throws InvalidValue.
  void set_due_days(const Json& days);

 private:
  CaseView view_of(LocalRecord record) const;
  bool is_mine(const CaseView& view) const;
  programme::Day today() const;
  /// Commits what `work` does with the case.
  void commit(const Uuid& id, const std::function<void(programme::CaseWork&)>& work);

  Client& client_;
  int offset_minutes_;
};

}  // namespace anketa::client
