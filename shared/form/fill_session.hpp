// One questionnaire being filled in: navigation, relevance, validation, the quality gate, autosave.
//
// Model: the session holds the answers as they are stored (Json, paths "nps", "contacts/<item id>/c_tel") and
// everything derived from them: relevance, calculations, choices. Every accepted answer is handed to the autosave hook
// as the exact ops it makes, before the session takes it over; if the hook throws, the session is unchanged and the
// exception goes on to the caller. Derived values are never stored (a calculation with once() is: its value cannot be
// found again), so that two devices cannot conflict over them; results() derives them again. An answer that becomes
// irrelevant is kept and left out of results; nothing is ever cleared by the form. A missing required answer never
// blocks going on: missing() lists it, finish() refuses. Recalculation is incremental: an answer touches only what
// depends on it (evaluated() counts).
//
// Gate (R12, R13, R18): the section marked `gate` asks for quality; the calculations gate_problem, gate_open and
// gate_ok decide. While the gate is not passed the sections after it take no answers (ProblemCode::GateClosed). A
// questionnaire that stops at it finishes as Paused with the resume point (the first closed section); once the client
// has confirmed the repair, resume() opens it exactly there. Thread safety: one thread at a time. No clock and no
// randomness of its own: both come in the context.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/form/fill_views.hpp"
#include "shared/form/form.hpp"
#include "shared/form/local_time.hpp"
#include "shared/record/mutation.hpp"

namespace anketa::form {

/// What the session is told about its surroundings.
struct FillContext {
  std::string language = "ru";
  LocalTime now;
  /// What rows are prefilled from, by dotted path: {"dossier": {...}, "user": {...}}. The session itself adds
  /// form.state ("first" or "resume"), form.paused, form.today and case.confirmed.
  Json prefill = Json::object();
  /// Whether the client has confirmed that quality is restored (R17): true until the case is reopened.
  bool case_confirmed = false;
  FillStatus status = FillStatus::Draft;
  /// Name of the section where a paused questionnaire goes on.
  std::string resume_point;
  /// Makes ids of new list items (UUID text). Needed for add_item and prefilled repeats without ids.
  std::function<std::string()> new_id;
};

/// Gets the ops of one user action, paths relative to the answers ("nps"; the caller prefixes "answers/"). `over` is
/// left empty: only the store knows it. Sets of null clear a scalar; Add and Remove of a select_multiple carry the
/// element; Remove of "contacts/<id>" removes an item.
using Autosave = std::function<void(const std::vector<Op>& ops)>;

struct FillState;

class FillSession {
 public:
  FillSession(std::shared_ptr<const Form> form, Json answers, FillContext context, Autosave autosave);
  FillSession(FillSession&&) noexcept;
  FillSession& operator=(FillSession&&) noexcept;
  ~FillSession();

  const Form& form() const;
  /// The answers as stored, irrelevant and unknown ones included.
  const Json& answers() const;
  const std::string& language() const;
  void set_language(std::string language);
  /// Moves the session's clock; what depends on today() or now() is derived again.
  void set_now(LocalTime now);

  // Begin and resume
  /// Of a new draft: fills defaults and prefills of questions that have no answer.
  void begin();
  /// Of a paused questionnaire whose case the client has confirmed: prefills again what is marked `refresh`, adds new
  /// prefilled items, and goes to the resume point. GateClosed while the case is not confirmed.
  std::optional<Problem> resume();
  /// Defaults and prefills that did not fit their questions, which stay unanswered.
  const std::vector<Problem>& unfit_prefills() const;

  // Answers
  /// Stores an answer; null or "" clears it. nullopt: taken. Otherwise why not (AnswerInvalid, ReadOnlyField,
  /// GateClosed, NotFound), `where` being the path; the answers are then unchanged.
  std::optional<Problem> answer(std::string_view path, const Json& value);
  /// Whether a value would be taken, without storing it.
  std::optional<Problem> check(std::string_view path, const Json& value) const;
  /// Adds an item at the end of a repeat and gives its path, "contacts/<new id>". Throws ProblemError.
  std::string add_item(std::string_view repeat_path);
  /// Throws ProblemError (NotFound, GateClosed).
  void remove_item(std::string_view item_path);
  /// Moves an item before the item of that id; an empty id moves it to the end. Throws ProblemError.
  void move_item(std::string_view item_path, std::string_view before_id);

  // Navigation, over what is relevant
  /// The question one stands at; nullopt after the last.
  std::optional<QuestionView> current() const;
  std::string current_path() const;
  /// False at the end (beginning).
  bool next();
  bool previous();
  void go_to_start();
  /// Goes to the first question of a section. GateClosed, or NotFound where it is irrelevant or unknown.
  std::optional<Problem> jump(std::string_view section);
  /// Goes to a question by its path.
  std::optional<Problem> jump_to(std::string_view path);
  /// Any question by path, relevant or not. Throws ProblemError(NotFound).
  QuestionView question(std::string_view path) const;
  /// The relevant questions of a section, in order, those of repeats after their repeat.
  std::vector<QuestionView> section_questions(std::string_view section) const;
  std::vector<ItemView> items(std::string_view repeat_path) const;
  bool is_relevant(std::string_view path) const;

  // State
  Progress progress() const;
  std::vector<SectionView> sections() const;
  /// What still has to be answered before the questionnaire can be finished, in form order.
  std::vector<Gap> missing() const;
  /// Gaps are not problems: only answers that break their type, range, choices or constraint, and calculations that
  /// fail.
  std::vector<Problem> validate() const;
  GateState gate() const;
  FillStatus status() const;
  const std::string& resume_point() const;
  /// Finishes as far as the gate allows: Complete, CompleteAfterPause or Paused; or tells why not. On success status()
  /// and resume_point() have moved; the caller stores them as the record's transition.
  FinishOutcome finish();

  // Results
  /// Only the relevant answers, in the stored shape.
  Json relevant_answers() const;
  /// The calculations that have a value: truths as true and false, whole numbers as integers, others as decimal text.
  Json calculated() const;
  /// What goes into the dossier: relevant answers of rows with writes_to.
  std::vector<WriteBack> write_backs() const;

  /// Relevances and calculations evaluated since the session began; tests use it to prove that recalculation is
  /// incremental.
  std::size_t evaluated() const;

 private:
  std::unique_ptr<FillState> state_;
};

}  // namespace anketa::form
