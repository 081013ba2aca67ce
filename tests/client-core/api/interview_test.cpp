#include <catch2/catch_test_macros.hpp>

#include "shared/form/plain_answers.hpp"
#include "tests/client-core/api/filling.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

/// Answers of the default template up to the gate, with quality good or bad (R12).
Json answers_to_gate(bool good) {
  Json answers{{"date", "2025-06-10"},
               {"visit", "first"},
               {"contacts", {{{"c_stat", "same"}, {"c_name", "Пётр Иванов"}, {"c_post", "Директор"}}}},
               {"respondent", "Пётр Иванов"},
               {"serv", {"access"}},
               {"sites", 2},
               {"sp_contract", 100},
               {"sp_ok", "yes"},
               {"out", "no"},
               {"nps", 9},
               {"serious", good ? "no" : "yes"}};
  if (!good) {
    answers["claims"] = {
        {{"p_cat", "outage"}, {"p_text", "Обрывы"}, {"p_sev", "stops"}, {"p_done", "Неделя без обрывов"}},
        {{"p_cat", "docs"}, {"p_text", "Счета"}, {"p_sev", "annoys"}, {"p_done", "Счёт вовремя"}}};
    answers["p_who"] = "Пётр Иванов";
    answers["p_call"] = "по утрам";
  }
  return answers;
}

struct Filled : ClientFixture {
  Uuid account = make_client();
  Interview interview;

  Filled() : interview(begin()) {}
  Interview begin() {
    client->create("contact", account,
                   {{"client", account.text()}, {"name", "Пётр Иванов"}, {"phone", "+7 812 555-01-01"}, {"met", true}});
    return client->start_questionnaire(account, {});
  }
  Json body() { return client->need(interview.questionnaire()).view.body; }
  void reopen() {
    const auto id = interview.questionnaire();
    interview = client->open_questionnaire(id, {});
  }
};

}  // namespace

TEST_CASE("a questionnaire begins as a draft with what the dossier knows (R6, R10)") {
  Filled filled;
  const auto body = filled.body();
  CHECK(body["status"] == "draft");
  CHECK(body["rep"] == rep.text());
  CHECK(body["date"] == "2025-06-10");
  CHECK(body["form"]["id"] == "vip-anketa");
  CHECK(body["answers"]["client"] == "ООО «Ромашка»");
  CHECK(body["answers"]["sp_contract"] == 100);
  const auto contacts = body["answers"]["contacts"];
  REQUIRE(contacts.size() == 1);
  CHECK(contacts.begin().value()["c_name"] == "Пётр Иванов");
  CHECK(contacts.begin().value()["c_met"] == "yes");
  CHECK(filled.interview.prefill_problems().empty());
}

TEST_CASE("every answer is in the store when the call returns, in one mutation") {
  Filled filled;
  CHECK_FALSE(filled.interview.answer("nps", 7));
  CHECK(filled.body()["answers"]["nps"] == 7);
  CHECK_FALSE(filled.interview.answer("nps", 9));
  CHECK(filled.interview.answer("nps", 11));
  filled.open();
  const auto id = filled.interview.questionnaire();
  const auto record = filled.client->need(id);
  CHECK(record.view.body["answers"]["nps"] == 9);
  CHECK(record.unsynced == 1);
  const auto again = filled.client->open_questionnaire(id, {});
  CHECK(again.session().answers()["nps"] == 9);
}

TEST_CASE("bad quality pauses the questionnaire and opens a case in the same group (R12, R13)") {
  Filled filled;
  form::apply_plain_answers(filled.interview.session(), answers_to_gate(false));
  fill_gaps(filled.interview.session());
  const auto outcome = filled.interview.finish();
  INFO(form::to_json(outcome, text::Language::English).dump());
  REQUIRE(outcome.done);
  CHECK(outcome.status == form::FillStatus::Paused);
  CHECK(filled.body()["status"] == "paused");
  CHECK(filled.body()["resume_point"] == outcome.resume_point);
  const auto cases = filled.client->list("quality_case", filled.account);
  REQUIRE(cases.size() == 1);
  const auto& opened = cases[0].view.body;
  CHECK(opened["questionnaire"] == filled.interview.questionnaire().text());
  CHECK(opened["status"] == "open");
  CHECK(opened["severity"] == "stops");
  CHECK(opened["complaints"].size() == 2);
  CHECK(opened["call_when"] == "по утрам");
}

TEST_CASE("a paused questionnaire resumes where it stopped once the client confirms, and completes (R17, R18)") {
  Filled filled;
  form::apply_plain_answers(filled.interview.session(), answers_to_gate(false));
  fill_gaps(filled.interview.session());
  const auto paused = filled.interview.finish();
  INFO(form::to_json(paused, text::Language::English).dump());
  REQUIRE(paused.done);
  filled.reopen();
  REQUIRE(filled.interview.resume());
  CHECK(filled.interview.resume()->code == ProblemCode::GateClosed);

  const auto opened = filled.client->list("quality_case", filled.account).front().view.id;
  for (const auto* status : {"in_work", "reported_fixed", "rep_called"})
    filled.client->edit(opened, {{"status", status}});
  filled.client->edit(
      opened,
      {{"status", "confirmed"}, {"confirmed_by", "Пётр"}, {"confirmed_on", "2025-06-10"}, {"confirmed_how", "call"}});
  filled.reopen();
  REQUIRE_FALSE(filled.interview.resume());
  CHECK(filled.body()["status"] == "resumed");
  CHECK(filled.body()["resumed_on"] == "2025-06-10");
  CHECK(filled.interview.session().question(filled.interview.session().current_path()).section == paused.resume_point);
  fill_gaps(filled.interview.session());
  const auto finished = filled.interview.finish();
  INFO(form::to_json(finished, text::Language::English).dump());
  REQUIRE(finished.done);
  CHECK(filled.body()["status"] == "complete_after_pause");
  CHECK(filled.body().contains("finished_at"));
}

TEST_CASE("good quality completes in one go, and its answers reach the dossier (R30)") {
  Filled filled;
  form::apply_plain_answers(filled.interview.session(), answers_to_gate(true));
  filled.interview.answer("k_why", "За надёжность");
  fill_gaps(filled.interview.session());
  const auto outcome = filled.interview.finish();
  INFO(form::to_json(outcome, text::Language::English).dump());
  REQUIRE(outcome.done);
  CHECK(filled.body()["status"] == "complete");
  CHECK(filled.client->list("quality_case").empty());
  const auto parts = filled.client->list("dossier_part", filled.account);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].view.body["positioning"] == "За надёжность");
}

TEST_CASE("a questionnaire whose template is not on the device says so") {
  Filled filled;
  filled.client->create("questionnaire", filled.account,
                        {{"client", filled.account.text()},
                         {"rep", rep.text()},
                         {"form", {{"id", "other"}, {"version", "2"}, {"hash", "abc"}}}},
                        Uuid::derived(rep, "q"));
  try {
    filled.client->open_questionnaire(Uuid::derived(rep, "q"), {});
    FAIL("opened");
  } catch (const ProblemError& error) {
    CHECK(error.problem().code == ProblemCode::FormInvalid);
    CHECK(error.problem().where == "other@2");
  }
}
