#include "tools/demo/questionnaire.hpp"

#include <algorithm>

#include "shared/form/default_template.hpp"
#include "shared/record/sha256.hpp"
#include "tools/demo/phrases.hpp"

namespace anketa::demo {
namespace {

constexpr Instant minute = 60LL * 1000;

const std::string& template_hash() {
  static const std::string hash = hex(sha256(canonical(form::default_template_json())));
  return hash;
}

Json form_reference() {
  const auto& settings = form::default_template()->settings();
  return {{"id", settings.form_id}, {"version", settings.version}, {"hash", template_hash()}};
}

}  // namespace

QuestionnaireMaker::QuestionnaireMaker(World& world, DemoClient& client)
    : world_(world),
      client_(client),
      chance_(world.chance.part("questionnaire of " + string_or_empty(world.ledger.record(client.id).body, "name"))),
      mood_(make_mood(chance_, client.contract_speed)) {}

void QuestionnaireMaker::make(Instant talk_at) {
  book(call_before(talk_at), talk_at);
  talk(talk_at);
}

bool QuestionnaireMaker::plan(Instant talk_at) {
  const auto call_at = call_before(talk_at);
  if (call_at + minute > world_.calendar.now()) return false;
  book(call_at, talk_at);
  return true;
}

Instant QuestionnaireMaker::call_before(Instant talk_at) {
  return world_.calendar.working(world_.calendar.days_to(talk_at) - chance_.between(4, 8), 10, chance_.below(60));
}

void QuestionnaireMaker::book(Instant call_at, Instant talk_at) {
  const auto& who = chance_.pick(client_.contacts);
  const auto& rep = ledger().colleague(client_.owner);
  ledger().create(client_.owner, call_at, "interaction", client_.id,
                  {{"client", client_.id.text()},
                   {"kind", "call"},
                   {"date", world_.calendar.date(call_at)},
                   {"user", rep.user.text()},
                   {"contacts", Json::array({who.id.text()})},
                   {"summary", phrases("call").front()}});
  visit_ = ledger().create(client_.owner, call_at + minute, "visit", client_.id,
                           {{"client", client_.id.text()},
                            {"rep", rep.user.text()},
                            {"at", talk_at},
                            {"minutes", 60},
                            {"place", ledger().record(client_.id).at("address")},
                            {"contacts", Json::array({who.id.text()})},
                            {"purpose", phrases("visit").front()},
                            {"status", "booked"}});
}

form::FillSession QuestionnaireMaker::session(const Json& answers, form::FillStatus status,
                                              const std::string& resume_point, bool confirmed, Instant at) {
  form::FillContext context;
  context.now = {at, world_.calendar.offset_minutes()};
  context.prefill = prefill();
  context.case_confirmed = confirmed;
  context.status = status;
  context.resume_point = resume_point;
  context.new_id = [this, at] { return ledger().new_id(at).text(); };
  return {form::default_template(), answers, std::move(context), [](const std::vector<Op>&) {}};
}

Json QuestionnaireMaker::prefill() const {
  const auto& client = world_.ledger.record(client_.id);
  Json contacts = Json::array();
  for (const auto& contact : client_.contacts) {
    const auto& body = world_.ledger.record(contact.id).body;
    if (string_or_empty(body, "state") == "left") continue;
    Json known{{"id", contact.id.text()}, {"met", body.value("met", false) ? "yes" : "no"}};
    for (const auto* field : {"name", "post", "roles", "phone", "email"})
      if (body.contains(field)) known[field] = body[field];
    contacts.push_back(std::move(known));
  }
  return {{"dossier",
           {{"name", client.at("legal_name")},
            {"contract", client.at("contract")},
            {"main_contact", client_.main_contact.text()},
            {"contacts", std::move(contacts)}}},
          {"user", {{"full_name", world_.ledger.colleague(client_.owner).name}}}};
}

void QuestionnaireMaker::talk(Instant at) {
  auto session = this->session(Json::object(), form::FillStatus::Draft, {}, false, at);
  session.begin();
  Talk(session, chance_, mood_, {at, world_.calendar.offset_minutes()}).hold();
  const auto answers = session.answers();
  const auto ended = at + chance_.between(38, 62) * minute;
  questionnaire_ = ledger().create(client_.owner, at, "questionnaire", client_.id,
                                   {{"client", client_.id.text()},
                                    {"form", form_reference()},
                                    {"status", "draft"},
                                    {"date", world_.calendar.date(at)},
                                    {"rep", ledger().colleague(client_.owner).user.text()},
                                    {"visit", visit_.text()},
                                    {"started_at", at},
                                    {"answers", answers}});
  // Some are brought back unfinished: the client had to leave. Not on a Friday: what is brought in on Monday for it
  // is all that a rep has to show of a young week (R8).
  const bool left_early = !world_.calendar.is_friday(world_.calendar.days_to(at)) && chance_.percent(5);
  ledger().move(client_.owner, ended, visit_, "held");
  note_meeting(session, ended);
  check_contacts(answers, ended + minute);
  if (left_early) return;
  store(session, ended);
}

void QuestionnaireMaker::store(form::FillSession& session, Instant at) {
  const auto outcome = session.finish();
  if (!outcome.done) {
    throw ProblemError(ProblemCode::FormIncomplete, {}, outcome.gaps.empty() ? "answers" : outcome.gaps.front().path);
  }
  ledger().move(client_.owner, at, questionnaire_, form::id(outcome.status), tail_of_talk(outcome, at));
  write_back(session, at + minute);
  if (outcome.status == form::FillStatus::Paused) return open_case(session.answers(), at + minute);
  make_referrals(session.relevant_answers(), at + 2 * minute);
  make_offers(session.relevant_answers(), at + 3 * minute);
}

Json QuestionnaireMaker::tail_of_talk(const form::FinishOutcome& outcome, Instant at) const {
  if (outcome.status == form::FillStatus::Paused) return {{"resume_point", outcome.resume_point}};
  return {{"finished_at", at}};
}

void QuestionnaireMaker::write_back(const form::FillSession& session, Instant at) {
  constexpr std::string_view general = "dossier.general.";
  Json wanted = Json::object();
  for (const auto& back : session.write_backs()) {
    if (!back.writes_to.starts_with(general) || !back.value.is_string()) continue;
    const auto field = back.writes_to.substr(general.size());
    const auto& before = wanted.contains(field) ? wanted[field] : ledger().record(client_.general).at(field);
    const auto value = back.value.get<std::string>();
    wanted[field] = before.is_string() ? before.get<std::string>() + "\n" + value : value;
  }
  ledger().edit(client_.owner, at, client_.general, wanted);
}

void QuestionnaireMaker::check_contacts(const Json& answers, Instant at) {
  for (const auto& contact : client_.contacts) {
    const auto& row = value_at(answers, "contacts/" + contact.id.text());
    const auto state = string_or_empty(row.is_object() ? row : Json::object(), "c_stat");
    if (state.empty()) continue;
    Json wanted{{"verified_on", world_.calendar.date(at)}};
    if (state == "left") wanted["state"] = "left";
    if (state == "upd") wanted["phone"] = make_phone(chance_);
    ledger().edit(client_.owner, at, contact.id, wanted);
  }
  enter_new_contacts(answers, at);
}

void QuestionnaireMaker::enter_new_contacts(const Json& answers, Instant at) {
  for (const auto& [id, row] : answers.at("contacts").items()) {
    if (string_or_empty(row, "c_stat") != "new") continue;
    Json body{{"client", client_.id.text()},
              {"met", true},
              {"told_of_processing", string_or_empty(row, "c_pd") == "yes"},
              {"state", "active"},
              {"verified_on", world_.calendar.date(at)}};
    for (const auto& [answer, field] : {std::pair{"c_name", "name"},
                                        {"c_post", "post"},
                                        {"c_role", "roles"},
                                        {"c_tel", "phone"},
                                        {"c_mail", "email"}})
      if (row.contains(answer)) body[field] = row[answer];
    const auto contact = ledger().create_as(Uuid::from(id), client_.owner, at, "contact", client_.id, body);
    client_.contacts.push_back({contact, string_or_empty(row, "c_name")});
  }
}

void QuestionnaireMaker::note_meeting(const form::FillSession& session, Instant at) {
  const auto respondent = string_or_empty(session.answers(), "respondent");
  const bool paused = session.gate() == form::GateState::Problem;
  ledger().create(
      client_.owner, at, "interaction", client_.id,
      {{"client", client_.id.text()},
       {"kind", "meeting"},
       {"date", world_.calendar.date(at)},
       {"user", ledger().colleague(client_.owner).user.text()},
       {"contacts", Json::array({respondent})},
       {"main_contact_told", string_or_empty(session.answers(), "main_informed") != "no"},
       {"offer_made", !paused},
       {"informal", false},
       {"summary", paused ? "Анкета приостановлена: записали претензии, обещали работы." : "Прошли всю анкету."}});
}

}  // namespace anketa::demo
