// Quality cases: "my cases", call the client, confirm or reject (R13-R18).
#include "anketa/cases.hpp"
#include "client-core/capi/handle.hpp"

namespace anketa::client {
namespace {

constexpr int usual_offset_minutes = 180;

Cases cases_of(anketa_client& handle, const Json& parameters) {
  return {*handle.client, parameters.value("offset_minutes", usual_offset_minutes)};
}

Repair repair_from(const Json& parameters) {
  Repair repair{string_or_empty(parameters, "promised_on"), string_or_empty(parameters, "cause"),
                string_or_empty(parameters, "place"), std::nullopt, std::nullopt};
  for (auto [name, amount] :
       {std::pair("fix_cost", &repair.fix_cost), std::pair("extra_profit_month", &repair.extra_profit_month)}) {
    const auto found = parameters.find(name);
    if (found == parameters.end() || found->is_null()) continue;
    if (!found->is_number_integer()) throw ProblemError(ProblemCode::WrongType, {}, name);
    *amount = found->get<std::int64_t>();
  }
  return repair;
}

ClientWord word_from(const Json& parameters) {
  ClientWord word{string_or_empty(parameters, "contact"), string_or_empty(parameters, "how"),
                  string_or_empty(parameters, "on"), string_or_empty(parameters, "text")};
  if (word.how.empty()) word.how = "call";
  return word;
}

Json list(anketa_client& handle, const Json& parameters) {
  const CaseFilter filter{parameters.value("mine", false), parameters.value("open", true),
                          find_id(parameters, "client")};
  Json all = Json::array();
  for (const auto& view : cases_of(handle, parameters).list(filter)) all.push_back(to_json(view));
  return all;
}

Json open(anketa_client& handle, const Json& parameters) {
  NewCase complaint;
  complaint.client = need_id(parameters, "client");
  complaint.complaint = need_text(parameters, "complaint");
  if (const auto severity = string_or_empty(parameters, "severity"); !severity.empty()) complaint.severity = severity;
  complaint.contact = string_or_empty(parameters, "contact");
  complaint.call_when = string_or_empty(parameters, "call_when");
  complaint.place = string_or_empty(parameters, "place");
  auto cases = cases_of(handle, parameters);
  return to_json(cases.show(cases.open(complaint)));
}

/// A method that takes a step with a case and gives the case as it is then.
Method step(std::function<void(Cases&, const Uuid&, const Json&)> work) {
  return [work = std::move(work)](anketa_client& handle, const Json& parameters) {
    auto cases = cases_of(handle, parameters);
    const auto id = need_id(parameters, "id");
    work(cases, id, parameters);
    return to_json(cases.show(id));
  };
}

}  // namespace

void add_case_methods(Methods& methods) {
  methods["cases"] = list;
  methods["case.open"] = open;
  methods["case.show"] = step([](Cases&, const Uuid&, const Json&) {});
  methods["case.accept"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.accept(id, repair_from(more)); });
  methods["case.work"] = step([](Cases& cases, const Uuid& id, const Json& more) {
    cases.work(id, need_text(more, "text"), repair_from(more));
  });
  methods["case.fixed"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.report_fixed(id, repair_from(more)); });
  methods["case.called"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.called(id, word_from(more)); });
  methods["case.confirm"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.confirm(id, word_from(more)); });
  methods["case.reject"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.reject(id, word_from(more)); });
  methods["case.estimate"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.estimate(id, repair_from(more)); });
}

}  // namespace anketa::client
