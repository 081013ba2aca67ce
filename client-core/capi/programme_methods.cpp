#include "anketa/programme.hpp"
#include "client-core/capi/handle.hpp"

namespace anketa::client {
namespace {

int offset_from(const Json& parameters) {
  const auto found = parameters.find("offset_minutes");
  if (found == parameters.end()) return FillOptions{}.offset_minutes;
  if (!found->is_number_integer()) throw ProblemError(ProblemCode::WrongType, {}, "offset_minutes");
  return found->get<int>();
}

std::optional<Instant> find_instant(const Json& parameters, const char* name) {
  const auto found = parameters.find(name);
  if (found == parameters.end() || found->is_null()) return std::nullopt;
  if (!found->is_number_integer()) throw ProblemError(ProblemCode::WrongType, {}, name);
  return found->get<Instant>();
}

Instant need_instant(const Json& parameters, const char* name) {
  const auto at = find_instant(parameters, name);
  if (!at) throw ProblemError(ProblemCode::RequiredMissing, {}, name);
  return *at;
}

std::optional<bool> find_flag(const Json& parameters, const char* name) {
  const auto found = parameters.find(name);
  if (found == parameters.end() || found->is_null()) return std::nullopt;
  if (!found->is_boolean()) throw ProblemError(ProblemCode::WrongType, {}, name);
  return found->get<bool>();
}

/// {at, minutes?, place?, purpose?, contacts?, kind?, informal?, campaign?}
VisitPlan plan_from(const Json& parameters) {
  VisitPlan plan;
  plan.at = need_instant(parameters, "at");
  plan.minutes = static_cast<int>(find_instant(parameters, "minutes").value_or(plan.minutes));
  plan.place = string_or_empty(parameters, "place");
  plan.purpose = string_or_empty(parameters, "purpose");
  if (const auto kind = string_or_empty(parameters, "kind"); !kind.empty()) plan.kind = kind;
  plan.informal = find_flag(parameters, "informal").value_or(false);
  plan.campaign = find_id(parameters, "campaign");
  if (const auto contacts = parameters.find("contacts"); contacts != parameters.end())
    for (const auto& contact : *contacts)
      plan.contacts.push_back(Uuid::from(contact.is_string() ? contact.get<std::string>() : contact.dump()));
  return plan;
}

Json report(anketa_client& handle, const Json& parameters) {
  programme::ReportParameters asked;
  if (const auto given = parameters.find("parameters"); given != parameters.end() && given->is_object())
    for (const auto& [name, value] : given->items())
      asked.emplace(name, value.is_string() ? value.get<std::string>() : value.dump());
  return programme_report(*handle.client, need_text(parameters, "report"), asked, offset_from(parameters));
}

Json note_call(anketa_client& handle, const Json& parameters) {
  CallNote note;
  note.client = need_id(parameters, "client");
  note.outcome = need_text(parameters, "outcome");
  note.call_back_at = find_instant(parameters, "call_back_at");
  note.campaign = find_id(parameters, "campaign");
  note.contact = find_id(parameters, "contact");
  note.note = string_or_empty(parameters, "note");
  if (const auto visit = parameters.find("visit"); visit != parameters.end() && visit->is_object())
    note.visit = plan_from(*visit);
  const auto logged = client::log_call(*handle.client, note);
  return {{"call", logged.call.text()}, {"visit", logged.visit ? Json(logged.visit->text()) : Json(nullptr)}};
}

Json split(anketa_client& handle, const Json& parameters) {
  return to_json(split_campaign(*handle.client, need_id(parameters, "campaign"), offset_from(parameters)));
}

Json judge(anketa_client& handle, const Json& parameters) {
  const auto made = judge_relation(*handle.client, need_id(parameters, "campaign"), need_id(parameters, "client"),
                                   need_text(parameters, "relation"), offset_from(parameters));
  return made ? Json(made->text()) : Json(nullptr);
}

}  // namespace

void add_programme_methods(Methods& methods) {
  methods["programme.report"] = report;
  methods["programme.log_call"] = note_call;
  methods["programme.book_visit"] = [](auto& handle, const Json& parameters) {
    return Json(
        book_visit(*handle.client, need_id(parameters, "client"), plan_from(parameters), find_id(parameters, "rep"))
            .text());
  };
  methods["programme.end_visit"] = [](auto& handle, const Json& parameters) {
    end_visit(*handle.client, need_id(parameters, "visit"), find_flag(parameters, "held").value_or(true),
              find_flag(parameters, "offer_made"));
    return Json();
  };
  methods["programme.calendar"] = [](auto& handle, const Json& parameters) {
    return Json(visits_calendar(*handle.client, handle.language, find_id(parameters, "rep")));
  };
  methods["programme.create_campaign"] = [](auto& handle, const Json& parameters) {
    return Json(create_campaign(*handle.client, need_value(parameters, "body")).text());
  };
  methods["programme.split"] = split;
  methods["programme.judge_relation"] = judge;
  methods["programme.decide_suggestion"] = [](auto& handle, const Json& parameters) {
    decide_suggestion(*handle.client, need_id(parameters, "suggestion"),
                      find_flag(parameters, "accept").value_or(false), find_id(parameters, "to"));
    return Json();
  };
  methods["programme.apply_pareto"] = [](auto& handle, const Json& parameters) {
    return Json(apply_pareto(*handle.client, static_cast<int>(find_instant(parameters, "percent").value_or(80))));
  };
  methods["programme.decide_key_status"] = [](auto& handle, const Json& parameters) {
    decide_key_status(*handle.client, need_id(parameters, "client"), string_or_empty(parameters, "status"));
    return Json();
  };
}

}  // namespace anketa::client
