// All relevant answers of all delivered questionnaires, in a compact form for distributions and statistics.
//
// Model: answers are stored in records, not in rows, so that a push stays quick; this index is built from the records
// when somebody first asks for results, and then follows the history change by change. Choices and numbers are held
// themselves, of texts only where they stand: 16 bytes an answer. Which answers count is decided by the form, as on
// the device (shared/form/results.hpp).
// Thread safety: one thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "shared/form/results.hpp"
#include "sync-server/reports/form_library.hpp"
#include "sync-server/reports/org_calendar.hpp"

namespace anketa::server::reports {

/// One answer, or one ticked choice of several.
struct IndexedAnswer {
  std::uint16_t row = 0;
  /// Place in the choice list; -1 where the answer is none of its choices.
  std::int16_t choice = -1;
  /// False for the second and later choices of one answer.
  bool first = true;
  /// A number, or a date as days since 1970-01-01.
  double number = 0;
};

struct IndexedQuestionnaire {
  std::shared_ptr<const form::Form> form;
  std::vector<IndexedAnswer> answers;
};

class AnswerIndex {
 public:
  explicit AnswerIndex(const OrgCalendar& calendar) : calendar_(calendar) {}

  /// Takes up what has changed up to the reader's snapshot.
  void refresh(Reader& reader);

  /// Null for drafts, for unknown ids and for questionnaires whose template the server does not have.
  const IndexedQuestionnaire* find(const Uuid& questionnaire) const;
  const FormLibrary& forms() const { return forms_; }
  /// Delivered questionnaires whose template the server does not have (yet).
  bool is_unreadable(const Uuid& questionnaire) const { return unreadable_.contains(questionnaire); }

 private:
  void take(const Head& head);
  void retry_unreadable(Reader& reader);

  const OrgCalendar& calendar_;
  FormLibrary forms_;
  std::unordered_map<Uuid, IndexedQuestionnaire> questionnaires_;
  std::unordered_set<Uuid> unreadable_;
  std::string epoch_;
  std::uint64_t seen_ = 0;
};

/// The body of a stored record; it was bounded when it came in.
Json parse_body(const Head& head);

/// How results() is to look at a stored questionnaire: when it was filled in, and how far it came.
form::ResultContext result_context(const Json& body, const OrgCalendar& calendar);

}  // namespace anketa::server::reports
