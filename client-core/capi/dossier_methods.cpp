#include "client-core/capi/handle.hpp"
#include "shared/form/local_time.hpp"

namespace anketa::client {
namespace {

constexpr int default_offset_minutes = 180;

int offset_of(const Json& parameters) {
  const auto found = parameters.find("offset_minutes");
  if (found == parameters.end()) return default_offset_minutes;
  if (!found->is_number_integer()) throw ProblemError(ProblemCode::WrongType, {}, "offset_minutes");
  return found->get<int>();
}

Json revisions(anketa_client& handle, const Json& parameters) {
  const form::LocalTime now{handle.environment.now(), offset_of(parameters)};
  Json all = Json::array();
  for (const auto& revision :
       handle.client->revisions(programme::parse_day(form::date_text(now)).value(), find_id(parameters, "client")))
    all.push_back(to_json(revision));
  return all;
}

}  // namespace

void add_dossier_methods(Methods& methods) {
  methods["brief"] = [](auto& handle, const Json& parameters) {
    return programme::to_json(handle.client->brief(need_id(parameters, "client"), offset_of(parameters)));
  };
  methods["revisions"] = revisions;
  methods["assign_owner"] = [](auto& handle, const Json& parameters) {
    handle.client->assign_owner(need_id(parameters, "client"), need_id(parameters, "user"),
                                parameters.value("keep_former", false));
    return Json();
  };
  methods["end_assignment"] = [](auto& handle, const Json& parameters) {
    handle.client->end_assignment(need_id(parameters, "id"));
    return Json();
  };
}

}  // namespace anketa::client
