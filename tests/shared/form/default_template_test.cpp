// The shipped VIP questionnaire, walked as in the example: paused at the gate, confirmed, resumed, finished; and
// unpaused.
#include "shared/form/default_template.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <set>

#include "form_fixture.hpp"
#include "shared/form/plain_answers.hpp"
#include "shared/form/results.hpp"
#include "shared/record/record_state.hpp"

using namespace anketa;
using namespace anketa::form;
using namespace anketa::form::testing;

namespace {

Json dossier() {
  return Json::parse(R"({
    "dossier": {"name": "АО «Северный банк»", "main_contact": "k1",
                "contract": {"services": ["access"], "sites": 12, "speed_mbps": 100},
                "contacts": [{"id": "k1", "name": "Смирнов К. О.", "post": "Директор", "roles": ["decides"], "phone": "+7 000 000-00-01"}]},
    "user": {"full_name": "Иванова А. П."}})");
}

/// The example's answers up to the pause, in the shape people write them.
Json paused_answers() {
  return Json::parse(R"({
    "client": "АО «Северный банк»", "date": "2025-06-10", "rep": "Иванова А. П.", "visit": "first",
    "respondent": "Петров Д. И.", "main_informed": "no",
    "contacts": [{"c_stat": "left", "c_name": "Смирнов К. О."},
                 {"c_stat": "new", "c_name": "Петров Д. И.", "c_post": "Директор по ИТ", "c_role": ["decides", "tech"],
                  "c_tel": "+7 000 000-00-00", "c_met": "no", "c_pd": "yes"}],
    "serv": ["access"], "sp_contract": 100, "sp_meas": 62, "sp_ok": "no", "out": "yes",
    "outs": [{"o_date": "2025-06-03", "o_dur": "m15_60", "o_hit": "Банк-клиент филиалов"}],
    "nps": 5, "serious": "yes",
    "claims": [{"p_cat": "speed", "p_text": "После обеда сайт филиалов открывается минутами", "p_since": "2025-05-15",
                "p_sev": "hinders", "p_done": "Неделя подряд не ниже 100 Мбит/с с 14 до 18 часов"}],
    "p_who": "Петров Д. И."})");
}

Json resumed_answers() {
  return Json::parse(R"({
    "contacts_checked": true, "cap": "no", "cap_mbps": 200, "cap_when": "2025-10-01",
    "offers": {"backup": "yes", "ddos": "later"},
    "steps": [{"t_serv": "backup", "t_next": "test", "t_date": "2025-07-15"}],
    "ref": "yes", "refs": [{"r_co": "ООО «Склад-2»", "r_know": "will", "r_intro": "meet"}]})");
}

Json good_quality_answers() {
  return Json::parse(R"({
    "contacts": [{"c_stat": "same", "c_name": "Смирнов К. О."}], "respondent": "Смирнов К. О.",
    "serv": ["access", "vpn"], "sp_ok": "yes", "out": "no", "nps": 9, "serious": "no", "others": "no",
    "cap": "yes", "budget": "up", "budget_rub": 120000050, "ref": "no"})");
}

void fill_in(FillSession& session, const Json& plain) {
  const auto report = apply_plain_answers(session, plain);
  for (const auto& problem : report.problems)
    FAIL_CHECK(problem.where << ": " << problem.what(text::Language::English));
}

FillSession draft(Autosave autosave = nullptr) {
  FillSession session(default_template(), Json::object(), context_with(dossier()), std::move(autosave));
  session.begin();
  return session;
}

std::vector<std::string> gap_paths(const FillSession& session) {
  std::vector<std::string> paths;
  for (const auto& gap : session.missing()) paths.push_back(gap.path);
  return paths;
}

std::vector<std::string> locked_sections(const FillSession& session) {
  std::vector<std::string> names;
  for (const auto& section : session.sections())
    if (section.locked) names.push_back(section.name);
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the default template loads without a problem and is complete in both languages (R6)") {
  const auto result = load(default_template_json());
  for (const auto& problem : result.problems)
    UNSCOPED_INFO(problem.where << ": " << problem.what(text::Language::English));
  REQUIRE(result.form);
  const auto& form = *result.form;
  REQUIRE(form.sections().size() == 9);
  for (const auto& row : form.rows()) {
    if (row.type == RowType::Calculate) continue;
    INFO(row.name);
    CHECK_FALSE(form.text(row.label, "ru").empty());
    CHECK(row.label.contains("en"));
    CHECK(row.label.contains("ru"));
  }
  for (const auto& list : form.choice_lists())
    for (const auto& choice : list.choices) CHECK(choice.label.size() == 2);
  int minutes = 0;
  for (const auto section : form.sections()) minutes += form.row(section).minutes;
  CHECK(minutes == 55);
  CHECK(form.settings().minutes_max == 60);
}

TEST_CASE("numbers, classes and sides of the template are those of the sheet (R6, R14, R36)") {
  const auto form = default_template();
  const auto row = [&](const char* name) { return form->row(form->find(name)); };
  CHECK(row("nps").number == "5.9");
  CHECK(row("serious").number == "5.11");
  CHECK(row("p_script").number == "5П.5");
  CHECK(row("next_meet").number == "8.4");
  CHECK(row("s6").side == 2);
  for (const auto* name : {"k_story", "k_self", "decide"}) CHECK(row(name).access_class == "relations");
  for (const auto* name : {"client", "nps", "claims", "p_text", "o_date"}) CHECK(row(name).access_class == "service");
  for (const auto* name : {"serv", "cap", "ref", "r_name"}) CHECK(row(name).access_class.empty());
  CHECK(row("k_plans").writes_to == "dossier.general.goals");
}

TEST_CASE("a draft begins with what the dossier knows (R10, R35)") {
  const auto session = draft();
  CHECK(session.answers().at("date") == "2025-06-10");
  CHECK(session.answers().at("visit") == "first");
  CHECK(session.answers().at("sp_contract") == 100);
  CHECK(session.answers().at("serv") == Json::array({"access"}));
  CHECK(session.answers().at("contacts").at("k1").at("c_tel") == "+7 000 000-00-01");
  CHECK_FALSE(session.answers().contains("date_resumed"));
  CHECK(session.unfit_prefills().empty());
  CHECK(session.gate() == GateState::Undecided);
  CHECK(session.status() == FillStatus::Draft);
}

TEST_CASE("a meeting with somebody else asks whether the main contact was told (R35)") {
  auto session = draft();
  CHECK_FALSE(session.is_relevant("main_informed"));
  fill_in(session, Json{{"respondent", "Смирнов К. О."}});
  CHECK_FALSE(session.is_relevant("main_informed"));
  fill_in(session,
          Json::parse(R"({"contacts": [{"c_stat": "new", "c_name": "Петров Д. И."}], "respondent": "Петров Д. И."})"));
  CHECK(session.is_relevant("main_informed"));
  CHECK(session.question("main_informed").warnings.empty());
  session.answer("main_informed", "no");
  CHECK(session.question("main_informed").warnings == Names{"Сообщите основному контактному лицу о встрече"});
}

TEST_CASE("until quality is checked, sections 6 to 8 are closed (R11, R13)") {
  auto session = draft();
  CHECK(locked_sections(session) == Names{"s6", "s7", "s8"});
  CHECK(session.answer("cap", "yes")->code == ProblemCode::GateClosed);
  CHECK(session.jump("s6")->code == ProblemCode::GateClosed);
  CHECK_THROWS_AS(session.add_item("refs"), ProblemError);
  CHECK_FALSE(session.jump("s5"));
  CHECK_FALSE(session.is_relevant("claims"));
}

TEST_CASE("with good quality the questionnaire goes through to the end without a pause (R12)") {
  auto session = draft();
  fill_in(session, good_quality_answers());
  CHECK(session.gate() == GateState::Open);
  CHECK(locked_sections(session).empty());
  CHECK_FALSE(session.is_relevant("claims"));
  CHECK(session.validate().empty());
  CHECK(gap_paths(session).empty());
  const auto outcome = session.finish();
  CHECK(outcome.done);
  CHECK(outcome.status == FillStatus::Complete);
  CHECK(outcome.resume_point.empty());
  CHECK(session.calculated().at("nps_group") == "promoter");
  CHECK(session.calculated().at("people_changed") == false);
  CHECK(session.question("budget_rub").value_text == "1\u00A0200\u00A0000,50\u00A0₽");
  // Services in use are not offered again.
  CHECK_FALSE(session.is_relevant("offers_access"));
  CHECK_FALSE(session.is_relevant("offers_vpn"));
  CHECK(session.is_relevant("offers_backup"));
}

TEST_CASE("each failed condition alone pauses: speed, outage, a serious complaint (R12)") {
  const std::vector<Json> failures{{{"sp_ok", "no"}}, {{"sp_meas", 99}}, {{"out", "yes"}}, {{"serious", "yes"}}};
  for (const auto& failure : failures) {
    INFO(failure.dump());
    auto session = draft();
    fill_in(session, good_quality_answers());
    fill_in(session, failure);
    CHECK(session.gate() == GateState::Problem);
    CHECK(locked_sections(session) == Names{"s6", "s7", "s8"});
    CHECK(session.is_relevant("claims"));
    // What was answered before stays, but counts for nothing while closed.
    CHECK(session.answers().at("cap") == "yes");
    CHECK_FALSE(session.relevant_answers().contains("cap"));
  }
}

TEST_CASE("a low score or an unknown speed alone does not pause; it prompts the rep (R12)") {
  auto session = draft();
  fill_in(session, good_quality_answers());
  fill_in(session, Json{{"nps", 3}});
  CHECK(session.gate() == GateState::Open);
  CHECK(session.question("serious").warnings.size() == 1);
  fill_in(session, Json{{"sp_ok", "dk"}});
  CHECK(session.gate() == GateState::Open);
  CHECK(session.calculated().at("speed_unknown") == true);
  CHECK(session.question("sp_ok").warnings == Names{"Сделайте замер"});
  fill_in(session, Json{{"sp_meas", 100}});
  CHECK(session.calculated().at("speed_unknown") == false);
}

TEST_CASE(
    "the example pauses at the gate, and resumes exactly where it stopped once the client confirms (R13, R17, R18)") {
  // First meeting.
  auto session = draft();
  fill_in(session, paused_answers());
  CHECK(session.gate() == GateState::Problem);
  CHECK(session.validate().empty());
  CHECK(gap_paths(session).empty());
  CHECK(session.calculated() == Json{{"serv_used", "access"},
                                     {"people_changed", true},
                                     {"speed_unknown", false},
                                     {"sp_low", true},
                                     {"gate_problem", true},
                                     {"gate_open", false},
                                     {"gate_ok", false},
                                     {"nps_group", "detractor"}});
  auto outcome = session.finish();
  REQUIRE(outcome.done);
  CHECK(outcome.status == FillStatus::Paused);
  CHECK(outcome.resume_point == "s6");
  CHECK(session.resume()->code == ProblemCode::GateClosed);

  // Weeks later on another device, the case not confirmed: nothing opens, and mending the answers opens nothing either.
  auto context = context_with(dossier());
  context.now = {test_now.instant + 22LL * 86400000, 180};
  context.status = FillStatus::Paused;
  context.resume_point = "s6";
  FillSession waiting(default_template(), session.answers(), context, nullptr);
  CHECK(waiting.resume()->code == ProblemCode::GateClosed);
  fill_in(waiting, Json::parse(R"({"sp_ok": "yes", "sp_meas": 100, "out": "no", "serious": "no"})"));
  CHECK(waiting.gate() == GateState::Problem);
  CHECK(waiting.answer("cap", "no")->code == ProblemCode::GateClosed);

  // The client has confirmed.
  context.case_confirmed = true;
  context.prefill["dossier"]["contacts"].push_back({{"id", "k9"}, {"name", "Новый контакт"}});
  FillSession resumed(default_template(), session.answers(), context, nullptr);
  CHECK(resumed.gate() == GateState::Problem);
  CHECK_FALSE(resumed.resume());
  CHECK(resumed.status() == FillStatus::Resumed);
  CHECK(resumed.gate() == GateState::Confirmed);
  CHECK(resumed.current_path() == "cap");
  CHECK(resumed.answers().at("visit") == "resume");
  CHECK(resumed.answers().at("date") == "2025-06-10");
  CHECK(resumed.answers().at("date_resumed") == "2025-07-02");
  CHECK(resumed.answers().at("contacts").contains("k9"));
  CHECK(resumed.is_relevant("claims"));
  // Section 2 is checked again.
  const auto gaps = gap_paths(resumed);
  CHECK(gaps == Names{"contacts/k9/c_stat", "contacts_checked"});
  CHECK_FALSE(resumed.finish().done);
  resumed.answer("contacts/k9/c_stat", "new");
  fill_in(resumed, resumed_answers());
  outcome = resumed.finish();
  for (const auto& gap : outcome.gaps) FAIL_CHECK(gap.path);
  REQUIRE(outcome.done);
  CHECK(outcome.status == FillStatus::CompleteAfterPause);
  CHECK(resumed.relevant_answers().at("cap_mbps") == 200);
  CHECK(resumed.calculated().at("offers_wanted") == "backup");
}

TEST_CASE("if the case is reopened after the resume, the sections close again (R17)") {
  auto session = draft();
  fill_in(session, paused_answers());
  auto context = context_with(dossier());
  context.status = FillStatus::Resumed;
  context.resume_point = "s6";
  FillSession reopened(default_template(), session.answers(), context, nullptr);
  CHECK(reopened.gate() == GateState::Problem);
  CHECK(locked_sections(reopened) == Names{"s6", "s7", "s8"});
  const auto outcome = reopened.finish();
  CHECK_FALSE(outcome.done);
  CHECK(std::any_of(outcome.problems.begin(), outcome.problems.end(),
                    [](const Problem& problem) { return problem.code == ProblemCode::GateClosed; }));
}

TEST_CASE("a next step can only be for a service the client is interested in") {
  auto session = draft();
  fill_in(session, good_quality_answers());
  CHECK_FALSE(session.is_relevant("steps"));
  fill_in(session, Json::parse(R"({"offers": {"backup": "yes", "ddos": "later", "pbx": "yes"}})"));
  REQUIRE(session.is_relevant("steps"));
  const auto step = session.add_item("steps");
  const auto choices = session.question(step + "/t_serv").choices;
  REQUIRE(choices.size() == 2);
  CHECK(choices[0].name == "backup");
  CHECK(choices[1].name == "pbx");
  CHECK(session.answer(step + "/t_serv", "ddos"));
  CHECK_FALSE(session.answer(step + "/t_serv", "pbx"));
}

TEST_CASE("phones and addresses are checked, whoever left needs none (R10)") {
  auto session = draft();
  CHECK(session.answer("contacts/k1/c_tel", "позвонить Маше"));
  CHECK_FALSE(session.answer("contacts/k1/c_tel", "8 (495) 000-00-00 доб. 12"));
  CHECK(session.answer("contacts/k1/c_mail", "not an address"));
  CHECK_FALSE(session.answer("contacts/k1/c_mail", "a.smirnov@bank.example"));
  session.answer("contacts/k1/c_stat", "left");
  CHECK_FALSE(session.is_relevant("contacts/k1/c_tel"));
  CHECK(session.question("respondent").choices.empty());
}

TEST_CASE("names of referred persons open only when they know they are named (R23, R60)") {
  auto session = draft();
  fill_in(session, good_quality_answers());
  fill_in(session,
          Json::parse(R"({"ref": "yes", "refs": [{"r_co": "ООО «Склад-2»", "r_know": "will", "r_intro": "meet"}]})"));
  const auto item = session.items("refs").at(0).path;
  CHECK_FALSE(session.is_relevant(item + "/r_name"));
  session.answer(item + "/r_know", "yes");
  CHECK(session.is_relevant(item + "/r_name"));
}

TEST_CASE("the ops of autosave alone rebuild the answers (autosave per answer)") {
  Json rebuilt = Json::object();
  auto session = draft([&](const std::vector<Op>& ops) {
    for (const auto& op : ops) {
      if (op.kind == OpKind::Add || (op.kind == OpKind::Remove && !op.value.is_null())) {
        Json set = value_at(rebuilt, op.path);
        put_element(set, op.value.get<std::string>(), op.kind == OpKind::Add);
        put_value(rebuilt, op.path, set);
      } else {
        put_value(rebuilt, op.path, op.kind == OpKind::Set ? op.value : Json());
      }
    }
  });
  fill_in(session, paused_answers());
  session.answer("serv", Json::array({"vpn"}));
  session.remove_item(session.items("outs").at(0).path);
  session.answer("nps", nullptr);
  CHECK(rebuilt == session.answers());
}

TEST_CASE("the server derives the same results from the stored answers as the device") {
  auto session = draft();
  fill_in(session, paused_answers());
  const auto derived = results(*default_template(), session.answers(), {test_now, false, FillStatus::Paused});
  CHECK(derived.answers == session.relevant_answers());
  CHECK(derived.calculated == session.calculated());
  CHECK(derived.gate == GateState::Problem);
  std::size_t visited = 0;
  visit_relevant(*default_template(), session.answers(), {test_now, false, FillStatus::Paused},
                 [&](const AnswerView& answer) {
                   ++visited;
                   CHECK(*answer.value == value_at(session.answers(), answer.path));
                 });
  CHECK(visited > 30);
}

TEST_CASE("answers in any order end in the same state as answers in form order") {
  auto reference = draft();
  fill_in(reference, good_quality_answers());
  const auto target = reference.answers();
  std::vector<std::pair<std::string, Json>> answers;
  for (const auto& [name, value] : target.items())
    if (!value.is_object() && reference.form().row(reference.form().find(name)).is_question())
      answers.emplace_back(name, value);
  std::mt19937 random(7);
  for (int round = 0; round < 30; ++round) {
    std::shuffle(answers.begin(), answers.end(), random);
    auto session = draft();
    session.answer("contacts/k1/c_stat", "same");
    // Sections behind the gate take answers only once it is open, so a second round brings those in.
    for (int pass = 0; pass < 2; ++pass)
      for (const auto& each : answers) session.answer(each.first, each.second);
    CHECK(session.answers() == target);
    CHECK(session.relevant_answers() == reference.relevant_answers());
    CHECK(session.calculated() == reference.calculated());
    const FillSession fresh(default_template(), session.answers(), context_with(dossier()), nullptr);
    CHECK(fresh.relevant_answers() == session.relevant_answers());
    CHECK(fresh.calculated() == session.calculated());
  }
}
