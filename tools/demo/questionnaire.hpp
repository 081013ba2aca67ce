// One questionnaire of the invented programme, from the first call to what came of it.
#pragma once

#include "shared/form/fill_session.hpp"
#include "tools/demo/talk.hpp"
#include "tools/demo/world.hpp"

namespace anketa::demo {

class QuestionnaireMaker {
 public:
  /// `season` tells a client's questionnaires of several campaigns apart; the present one has none.
  QuestionnaireMaker(World& world, DemoClient& client, std::string_view season = {}, Uuid campaign = {});

  /// The client has nothing to complain of.
  void without_trouble();

  /// A call some days before, a booked visit, the talk at that time, and whatever follows it.
  void make(Instant talk_at);
  /// Only the call and the booked visit: the talk is still to come. False where the call is, too; nothing is then
  /// noted.
  bool plan(Instant talk_at);

 private:
  Instant call_before(Instant talk_at);
  void book(Instant call_at, Instant talk_at);
  void note_call(Instant at, const Json& contact, std::string_view outcome, const Json& more);
  void talk(Instant at);
  void store(form::FillSession& session, Instant at);
  void write_back(const form::FillSession& session, Instant at);
  void revise(Instant at);
  void note_fact(const Uuid& part, const std::string& field, const form::WriteBack& back, Instant at);
  Json verification(std::string_view outcome, Instant at);
  void check_contacts(const Json& answers, Instant at);
  void enter_new_contacts(const Json& answers, Instant at);
  void note_meeting(const form::FillSession& session, Instant at);
  void make_referrals(const Json& answers, Instant at);
  void follow_referral(const Uuid& id, Instant at);
  void lose_referral(const Uuid& id, Instant at);
  void make_offers(const Json& answers, Instant at);
  void note_volume(const Json& answers, Instant at);

  // The quality loop (R13-R18)
  void open_case(const Json& answers, Instant at);
  void repair(Instant opened_at);
  void estimate(Instant at);
  void confirm(Instant at);
  void resume(Instant at);

  form::FillSession session(const Json& answers, form::FillStatus status, const std::string& resume_point,
                            bool confirmed, Instant at);
  Json prefill() const;
  Json tail_of_talk(const form::FinishOutcome& outcome, Instant at) const;
  Ledger& ledger() { return world_.ledger; }

  World& world_;
  DemoClient& client_;
  Chance chance_;
  Mood mood_;
  Uuid campaign_, visit_, questionnaire_, case_;
};

}  // namespace anketa::demo
