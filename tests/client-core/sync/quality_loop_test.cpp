// The quality loop over real devices and the real server: from the complaint to the client's own word, and on to the
// questionnaire that goes on where it stopped (R13-R18).
#include <catch2/catch_test_macros.hpp>

#include "anketa/cases.hpp"
#include "shared/form/default_template.hpp"
#include "shared/form/plain_answers.hpp"
#include "shared/merge/merge.hpp"
#include "tests/client-core/sync/office.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

constexpr Instant one_day = 24LL * 60 * 60 * 1000;
constexpr int moscow = 180;

Json bad_quality() {
  return {
      {"date", "2025-06-10"},
      {"visit", "first"},
      {"contacts", {{{"c_stat", "same"}, {"c_name", "Пётр Иванов"}, {"c_tel", "+7 812 555-01-01"}}}},
      {"respondent", "Пётр Иванов"},
      {"k_story", "семейное дело"},
      {"serv", {"access"}},
      {"sites", 2},
      {"sp_contract", 100},
      {"sp_ok", "no"},
      {"out", "no"},
      {"nps", 3},
      {"serious", "yes"},
      {"claims", {{{"p_cat", "speed"}, {"p_text", "Обрывы"}, {"p_sev", "stops"}, {"p_done", "Неделя без обрывов"}}}},
      {"p_who", "Пётр Иванов"}};
}

void fill_gaps(form::FillSession& session) {
  for (int round = 0; round < 20 && !session.missing().empty(); ++round)
    for (const auto& gap : session.missing()) {
      const auto question = session.question(gap.path);
      Json value = "текст";
      if (!question.choices.empty()) value = question.choices.front().name;
      if (question.type == form::RowType::Integer || question.type == form::RowType::Range) value = 5;
      if (question.type == form::RowType::Date) value = "2025-06-10";
      if (question.type == form::RowType::Acknowledge) value = "yes";
      if (question.type == form::RowType::SelectMultiple) value = Json{question.choices.front().name};
      if (gap.kind == form::Gap::Kind::ItemsMissing)
        session.add_item(gap.path);
      else
        session.answer(gap.path, value);
    }
}

/// A company with a client whose questionnaire has paused; everybody has heard of it.
struct Loop {
  Office office;
  Office::Device lead = office.device(Role::Lead), rep = office.device(Role::Rep),
                 service = office.device(Role::Service);
  Uuid client = office.client_of(lead, rep);
  Uuid questionnaire, opened;
  std::string resume_point;

  Loop() {
    office.sync(rep);
    auto interview = rep.client->start_questionnaire(client, {});
    form::apply_plain_answers(interview.session(), bad_quality());
    fill_gaps(interview.session());
    const auto paused = interview.finish();
    REQUIRE(paused.done);
    REQUIRE(paused.status == form::FillStatus::Paused);
    questionnaire = interview.questionnaire();
    resume_point = paused.resume_point;
    opened = rep.client->list("quality_case").front().view.id;
    everybody_syncs();
  }

  Cases cases(Office::Device& device) { return {*device.client, moscow}; }
  void everybody_syncs() {
    for (int round = 0; round < 2; ++round)
      for (auto* device : {&rep, &service, &lead}) office.sync(*device);
  }
  std::string status(Office::Device& device) { return cases(device).show(opened).dates.status; }
  Json at(Office::Device& device, const char* field) { return device.client->need(opened).view.at(field); }

  void repair() {
    cases(service).work(opened, "Заменили коммутатор");
    cases(service).report_fixed(opened);
    everybody_syncs();
  }
  /// Takes a mutation to the server past everything that a device checks.
  protocol::MutationResult force(Office::Device& device, std::vector<Op> ops) {
    RecordState head;
    office.store().read([&](server::Reader& reader) { head = server::parse_head(reader.head(opened).value()); });
    for (auto& op : ops) merge::note_what_was_seen(op, head);
    Mutation mutation;
    mutation.id = Uuid::v7(office.environment());
    mutation.device = device.author.device;
    mutation.user = device.author.user;
    mutation.record = opened;
    mutation.collection = "quality_case";
    mutation.scope = client;
    mutation.at = office.environment().now();
    mutation.ops = std::move(ops);
    return office.service().submit(device.author, {mutation}).front();
  }
};

std::vector<std::string> collections_on(const Client& client) {
  std::vector<std::string> found;
  for (const auto& collection : schema::collections())
    if (collection.placement != schema::Placement::Company && !client.list(collection.name).empty())
      found.push_back(collection.name);
  return found;
}

}  // namespace

TEST_CASE("R14: the problem questionnaire reaches rep, lead and service; service gets the case and nothing more") {
  Loop loop;
  CHECK(loop.rep.client->need(loop.questionnaire).view.body["status"] == "paused");
  CHECK(loop.lead.client->need(loop.questionnaire).view.at("answers/k_story") == "семейное дело");
  CHECK(collections_on(*loop.service.client) == std::vector<std::string>{"quality_case"});
  const auto copy = loop.service.client->need(loop.opened).view.body;
  CHECK(copy["company"] == "ООО «Ромашка»");
  CHECK(copy["met_on"] == "2025-06-10");
  CHECK(copy["confirming_contact"] == "Пётр Иванов, +7 812 555-01-01");
  CHECK(copy["complaints"].begin().value()["p_text"] == "Обрывы");
  CHECK(copy["answers"]["sp_ok"] == "no");
  CHECK(copy["answers"]["claims"].size() == 1);
  // Of the other sections nothing: neither persons, nor Carnegie answers, nor plans.
  std::set<std::string> shown;
  for (const auto& [name, value] : copy["answers"].items()) shown.insert(name);
  const auto form = form::default_template();
  for (const auto& name : shown) {
    CAPTURE(name);
    const auto row = form->find(name);
    REQUIRE(row != form::no_row);
    CHECK(form->row(row).access_class == "service");
  }
  const auto whole = copy.dump();
  CHECK(whole.find("семейное дело") == std::string::npos);
  // The lead's estimate of the gain is not the service side's either.
  loop.cases(loop.lead).estimate(loop.opened, {"", "коммутатор", "узел 4", 50'000'00, 20'000'00});
  loop.everybody_syncs();
  CHECK(loop.at(loop.service, "fix_cost") == 50'000'00);
  CHECK(loop.at(loop.service, "extra_profit_month").is_null());
  CHECK(loop.at(loop.lead, "extra_profit_month") == 20'000'00);
}

TEST_CASE(
    "R15-R18: accepted, repaired, called, refused and counted, repaired again, confirmed; a meeting is to be agreed") {
  Loop loop;
  CHECK(loop.cases(loop.service).list({true, true, {}}).size() == 1);
  CHECK(loop.cases(loop.rep).list({true, true, {}}).empty());
  loop.cases(loop.service).accept(loop.opened, {"2025-06-12", "", "", {}, {}});
  loop.repair();
  CHECK(loop.cases(loop.rep).list({true, true, {}}).size() == 1);
  loop.cases(loop.rep).called(loop.opened, {"", "call", "", "Проверит завтра"});
  loop.cases(loop.rep).reject(loop.opened, {"", "call", "", "Снова обрыв"});
  loop.everybody_syncs();
  CHECK(loop.at(loop.service, "reopenings") == 1);
  CHECK(loop.at(loop.service, "client_words").size() == 2);
  CHECK(loop.cases(loop.service).list({true, true, {}}).size() == 1);
  CHECK(loop.lead.client->list("task").empty());

  loop.repair();
  loop.cases(loop.rep).confirm(loop.opened, {"", "call", "", "Теперь хорошо"});
  loop.everybody_syncs();
  CHECK(loop.status(loop.service) == "confirmed");
  CHECK(loop.at(loop.lead, "confirmed_by") == "Пётр Иванов, +7 812 555-01-01");
  const auto task = loop.rep.client->list("task").at(0).view;
  CHECK(task.id == programme::meeting_task_id(loop.opened));
  CHECK(task.at("kind") == "agree_meeting");
  CHECK(task.at("user") == loop.rep.author.user.text());
  CHECK(task.at("questionnaire") == loop.questionnaire.text());
  CHECK(task.at("due_on") == "2025-06-15");
  CHECK(collections_on(*loop.service.client) == std::vector<std::string>{"quality_case"});
}

TEST_CASE(
    "R17: nobody closes a case without the client's word: not service, not the lead, not a resolution, not removal") {
  Loop loop;
  loop.repair();
  const Json word{{"confirmed_by", "Никто"}, {"confirmed_on", "2025-06-10"}, {"confirmed_how", "call"}};
  const auto step = [](const char* from, const char* to, Json facts) -> Op {
    return {OpKind::Transition, "status", {{"from", from}, {"to", to}, {"facts", std::move(facts)}}, {}, {}};
  };
  auto settled = Op{OpKind::Set, "status", "confirmed", {}, {Uuid()}};
  const auto head = loop.lead.client->need(loop.opened).view;
  settled.consumes = {head.provenance("status").value()};
  auto settled_step = step("reported_fixed", "confirmed", word);
  settled_step.consumes = settled.consumes;
  for (auto* device : {&loop.service, &loop.rep, &loop.lead}) {
    CAPTURE(static_cast<int>(device->author.role));
    for (const auto& op :
         {step("reported_fixed", "confirmed", word), step("rep_called", "confirmed", word), settled, settled_step,
          Op{OpKind::Set, "status", "confirmed", {}, {}}, Op{OpKind::Set, "", {{"status", "confirmed"}}, {}, {}},
          Op{OpKind::Remove, "", nullptr, {}, {}}, Op{OpKind::Set, "confirmed_by", "Никто", {}, {}}}) {
      const auto result = loop.force(*device, {op});
      CHECK(result.status == protocol::ResultStatus::Parked);
    }
  }
  // The service side does not speak for the client even from where it is due.
  loop.cases(loop.rep).called(loop.opened);
  loop.everybody_syncs();
  CHECK(loop.force(loop.service, {step("rep_called", "confirmed", word)}).status == protocol::ResultStatus::Parked);
  CHECK_THROWS_AS(loop.cases(loop.service).confirm(loop.opened, {}), ProblemError);
  CHECK_THROWS_AS(loop.cases(loop.lead).confirm(loop.opened, {"", "call", "2025-06-11", ""}), ProblemError);
  loop.everybody_syncs();
  CHECK(loop.status(loop.lead) == "rep_called");
  CHECK(loop.lead.client->list("task").empty());
}

TEST_CASE("R17: the client's two answers meet as a conflict, and the lead takes one of them with its facts") {
  Loop loop;
  auto second = loop.office.device(Role::Rep, loop.rep.author.user);
  loop.repair();
  loop.office.sync(second);
  loop.cases(loop.rep).reject(loop.opened, {"Олег", "call", "", "Нет"});
  loop.cases(second).confirm(loop.opened, {"Пётр", "call", "", "Да"});
  loop.office.sync(loop.rep);
  loop.office.sync(second);
  loop.everybody_syncs();
  REQUIRE(loop.status(loop.lead) == "rejected");
  CHECK(loop.lead.client->list("task").empty());
  const auto conflicts = loop.lead.client->conflicts(loop.opened);
  const auto about = std::find_if(conflicts.begin(), conflicts.end(), [](const auto& c) { return c.path == "status"; });
  REQUIRE(about != conflicts.end());
  std::size_t yes = 0;
  while (string_or_empty(about->sides.at(yes).value, "to") != "confirmed") ++yes;
  CHECK_THROWS_AS(loop.lead.client->resolve(about->id, "confirmed"), ProblemError);
  loop.lead.client->resolve_with_side(about->id, yes);
  loop.everybody_syncs();
  CHECK(loop.lead.client->status().parked == 0);
  CHECK(loop.status(loop.rep) == "confirmed");
  CHECK(loop.at(loop.service, "confirmed_by") == "Пётр");
  CHECK(loop.rep.client->list("task").size() == 1);
}

TEST_CASE("R17: no edit opens a paused questionnaire before the client has confirmed") {
  Loop loop;
  const auto go_on = [&] { loop.rep.client->edit(loop.questionnaire, {{"status", "resumed"}}); };
  go_on();
  CHECK(loop.office.sync(loop.rep).parked == 1);
  CHECK(loop.rep.client->parked().at(0).problem.code == ProblemCode::GateClosed);
  loop.rep.client->dismiss_parked(loop.questionnaire);
  loop.repair();
  loop.cases(loop.rep).confirm(loop.opened, {"", "call", "", "Теперь хорошо"});
  loop.everybody_syncs();
  go_on();
  CHECK(loop.office.sync(loop.rep).parked == 0);
  CHECK(loop.lead.client->need(loop.questionnaire).view.at("status") == "paused");
  loop.everybody_syncs();
  CHECK(loop.lead.client->need(loop.questionnaire).view.at("status") == "resumed");
}

TEST_CASE("R18: weeks later, on another device and after a new template, it resumes where it stopped and completes") {
  Loop loop;
  const auto pinned = loop.rep.client->need(loop.questionnaire).view.at("form/version");
  loop.repair();
  loop.cases(loop.rep).confirm(loop.opened, {});
  loop.everybody_syncs();
  // Six weeks pass; the company has a template of its own, without the section where this one stopped.
  loop.office.environment().advance(42 * one_day);
  auto definition = form::default_template_json();
  definition["settings"]["version"] = "2026-1";
  auto& survey = definition["survey"];
  for (auto& row : survey)
    if (string_or_empty(row, "name") == loop.resume_point) row["label"] = {{"ru", "Иначе"}, {"en", "Otherwise"}};
  const auto pin = form::form_pin(definition);
  loop.lead.client->create("form", company_scope,
                           {{"form_id", definition["settings"]["form_id"]},
                            {"version", "2026-1"},
                            {"hash", pin.substr(pin.rfind(' ') + 1)},
                            {"definition", canonical(definition)},
                            {"active", true}});
  loop.everybody_syncs();
  auto tablet = loop.office.device(Role::Rep, loop.rep.author.user);
  loop.office.sync(tablet);

  auto interview = tablet.client->open_questionnaire(loop.questionnaire, {});
  REQUIRE_FALSE(interview.resume());
  auto& session = interview.session();
  CHECK(session.question(session.current_path()).section == loop.resume_point);
  CHECK(tablet.client->need(loop.questionnaire).view.at("form/version") == pinned);
  CHECK(tablet.client->need(loop.questionnaire).view.at("answers/k_story") == "семейное дело");
  fill_gaps(session);
  REQUIRE(interview.finish().done);
  loop.office.sync(tablet);
  // The meeting has taken place: its task is done.
  CHECK(tablet.client->list("task").at(0).view.at("status") == "done");
  loop.everybody_syncs();
  CHECK(loop.lead.client->need(loop.questionnaire).view.body["status"] == "complete_after_pause");
  // What begins now is filled in by the new one.
  const auto next = tablet.client->start_questionnaire(loop.client, {});
  CHECK(tablet.client->need(next.questionnaire()).view.at("form/version") == "2026-1");
}
