// Quality cases: "my cases", call the client, confirm or reject (R13-R18).
#include "anketa/cases.hpp"
#include "client-core/capi/handle.hpp"

namespace anketa::client {
namespace {

constexpr int usual_offset_minutes = 180;

Cases cases_of(anketa_client& handle, const Json& parameters) {
  return {*handle.client, parameters.value("offset_minutes", usual_offset_minutes)};
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
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.accept(id, programme::repair_from(more)); });
  methods["case.work"] = step([](Cases& cases, const Uuid& id, const Json& more) {
    cases.work(id, need_text(more, "text"), programme::repair_from(more));
  });
  methods["case.fixed"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.report_fixed(id, programme::repair_from(more)); });
  methods["case.called"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.called(id, programme::client_word_from(more)); });
  methods["case.confirm"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.confirm(id, programme::client_word_from(more)); });
  methods["case.reject"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.reject(id, programme::client_word_from(more)); });
  methods["case.estimate"] =
      step([](Cases& cases, const Uuid& id, const Json& more) { cases.estimate(id, programme::repair_from(more)); });
}

}  // namespace anketa::client
