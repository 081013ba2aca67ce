// One talk by a questionnaire: an invented client answers question by question, by the fill session's own rules.
#pragma once

#include <string>
#include <vector>

#include "shared/form/fill_session.hpp"
#include "tools/demo/chance.hpp"
#include "tools/demo/people.hpp"

namespace anketa::demo {

/// How this client finds our service.
struct Mood {
  enum class Trouble { None, Speed, Outage, Complaint } trouble = Trouble::None;
  int nps = 9;
  /// How readily he talks, names others and buys: per cent.
  int openness = 60;
  int contract_speed = 100;
};

Mood make_mood(Chance& chance, int contract_speed);

class Talk {
 public:
  Talk(form::FillSession& session, Chance& chance, const Mood& mood, form::LocalTime now)
      : session_(session), chance_(chance), mood_(mood), now_(now) {}

  /// Answers everything from where the session stands to its end. Throws ProblemError where an answer is refused.
  void hold();

 private:
  void meet(const form::QuestionView& question);
  void fill_repeat(const form::QuestionView& question);
  void meet_somebody_new(const form::QuestionView& contacts);
  Json newcomer_answer(const form::QuestionView& question);
  Json answer_to(const form::QuestionView& question);
  Json quality_answer(const form::QuestionView& question);
  Json growth_answer(const form::QuestionView& question);
  Json by_type(const form::QuestionView& question);
  Json some_of(const form::QuestionView& question, int likelihood);
  Json phrase(const std::string& bank, int likelihood);
  Json date_in(int least_days, int most_days);
  std::string sibling(const form::QuestionView& question, std::string_view name) const;

  form::FillSession& session_;
  Chance& chance_;
  const Mood& mood_;
  form::LocalTime now_;
  /// A key person nobody of us knew (R10): path of his item, empty for none.
  std::string newcomer_;
  Person newcomer_person_;
};

}  // namespace anketa::demo
