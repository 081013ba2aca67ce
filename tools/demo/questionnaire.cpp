#include "tools/demo/questionnaire.hpp"

#include <algorithm>
#include <map>

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

QuestionnaireMaker::QuestionnaireMaker(World& world, DemoClient& client, std::string_view season, Uuid campaign)
    : world_(world),
      client_(client),
      chance_(world.chance.part(std::string(season) + "questionnaire of " +
                                string_or_empty(world.ledger.record(client.id).body, "name"))),
      mood_(make_mood(chance_, client.contract_speed)),
      campaign_(season.empty() ? world.campaign : campaign) {}

void QuestionnaireMaker::without_trouble() {
  mood_.trouble = Mood::Trouble::None;
  mood_.nps = std::max(mood_.nps, 7);
}

void QuestionnaireMaker::make(Instant talk_at) {
  book(call_before(talk_at), talk_at);
  talk(talk_at);
}

bool QuestionnaireMaker::plan(Instant talk_at) {
  const auto call_at = call_before(talk_at);
  if (call_at + 2 * minute > world_.calendar.now()) return false;
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
                            {"campaign", campaign_.text()},
                            {"kind", "questionnaire"},
                            {"status", "booked"}});
  // Every third client is not reached at the first call.
  auto chance = chance_.part("calls");
  const auto earlier = world_.calendar.working(world_.calendar.days_to(call_at) - 1, 9, chance.below(60));
  if (chance.percent(34) && earlier < call_at) note_call(earlier, who.id.text(), "no_answer", Json::object());
  note_call(call_at + 2 * minute, who.id.text(), "booked", {{"visit", visit_.text()}});
}

void QuestionnaireMaker::note_call(Instant at, const Json& contact, std::string_view outcome, const Json& more) {
  Json body{{"client", client_.id.text()},
            {"campaign", campaign_.text()},
            {"rep", ledger().colleague(client_.owner).user.text()},
            {"at", at},
            {"contact", contact},
            {"outcome", outcome}};
  body.update(more);
  ledger().create(client_.owner, at, "call", client_.id, body);
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
  ledger().move(client_.owner, ended, visit_, "held",
                {{"offer_made", session.gate() != form::GateState::Problem && !left_early}, {"informal", false}});
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
  // The dossiers were begun after last year's pass.
  if (campaign_ == world_.campaign) write_back(session, at + minute);
  if (outcome.status == form::FillStatus::Paused) return open_case(session.answers(), at + minute);
  make_referrals(session.relevant_answers(), at + 2 * minute);
  make_offers(session.relevant_answers(), at + 3 * minute);
}

Json QuestionnaireMaker::tail_of_talk(const form::FinishOutcome& outcome, Instant at) const {
  if (outcome.status == form::FillStatus::Paused) return {{"resume_point", outcome.resume_point}};
  return {{"finished_at", at}};
}

void QuestionnaireMaker::write_back(const form::FillSession& session, Instant at) {
  static const std::map<std::string_view, std::pair<std::string_view, std::string_view>> short_names{
      {"dossier.competitors", {"competitors", "overview"}}, {"dossier.decision", {"decision", "process"}}};
  constexpr std::string_view general = "dossier.general.";
  for (const auto& back : session.write_backs()) {
    if (!back.value.is_string()) continue;
    std::string_view part = "general", field;
    if (back.writes_to.starts_with(general))
      field = std::string_view(back.writes_to).substr(general.size());
    else if (const auto known = short_names.find(back.writes_to); known != short_names.end())
      part = known->second.first, field = known->second.second;
    const auto other = client_.parts.find(std::string(part));
    if (field.empty() || (part != "general" && other == client_.parts.end())) continue;
    note_fact(part == "general" ? client_.general : other->second, std::string(field), back, at);
  }
  revise(at);
}

/// Fresh from the talk, some look through the dossier (R31).
void QuestionnaireMaker::revise(Instant at) {
  const Json revised{{"revised_on", world_.calendar.date(at)},
                     {"revised_by", ledger().colleague(client_.owner).user.text()}};
  if (chance_.percent(60)) ledger().edit(client_.owner, at, client_.general, revised);
  for (const auto& [name, part] : client_.parts)
    if (chance_.percent(45)) ledger().edit(client_.owner, at, part, revised);
}

/// Adds a paragraph to a text of the dossier, with where it came from.
void QuestionnaireMaker::note_fact(const Uuid& part, const std::string& field, const form::WriteBack& back,
                                   Instant at) {
  const auto& before = ledger().record(part).at(field);
  const auto text = back.value.get<std::string>();
  if (before.is_string() && before.get_ref<const std::string&>().find(text) != std::string::npos) return;
  const Json fact{{"at", at},
                  {"text", text},
                  {"user", ledger().colleague(client_.owner).user.text()},
                  {"field", field},
                  {"questionnaire", questionnaire_.text()},
                  {"question", back.path}};
  ledger().edit(client_.owner, at, part,
                {{field, before.is_string() ? before.get<std::string>() + "\n\n" + text : text},
                 {"facts", {{ledger().new_id(at).text(), fact}}}});
}

Json QuestionnaireMaker::verification(std::string_view outcome, Instant at) {
  return {{ledger().new_id(at).text(),
           {{"on", world_.calendar.date(at)},
            {"outcome", outcome},
            {"questionnaire", questionnaire_.text()},
            {"user", ledger().colleague(client_.owner).user.text()}}}};
}

void QuestionnaireMaker::check_contacts(const Json& answers, Instant at) {
  for (const auto& contact : client_.contacts) {
    const auto& row = value_at(answers, "contacts/" + contact.id.text());
    const auto state = string_or_empty(row.is_object() ? row : Json::object(), "c_stat");
    if (state.empty()) continue;
    static const std::map<std::string_view, std::string_view> outcomes{{"same", "unchanged"}, {"upd", "changed"}};
    const auto outcome = outcomes.find(state);
    Json wanted{{"verified_on", world_.calendar.date(at)},
                {"verified", verification(outcome == outcomes.end() ? std::string_view(state) : outcome->second, at)}};
    if (state == "left") wanted.update({{"state", "left"}, {"left_on", world_.calendar.date(at)}});
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
              {"verified_on", world_.calendar.date(at)},
              {"verified", verification("new", at)},
              {"source", {{"questionnaire", questionnaire_.text()}, {"question", "contacts"}}}};
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
       {"about", "relations"},
       {"questionnaire", questionnaire_.text()},
       {"summary", paused ? "Анкета приостановлена: записали претензии, обещали работы." : "Прошли всю анкету."}});
}

}  // namespace anketa::demo
