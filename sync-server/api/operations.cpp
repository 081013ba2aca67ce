#include "sync-server/api/operation.hpp"

namespace anketa::server::api {

const Roles everybody{Role::Rep, Role::Service, Role::Lead, Role::Manager, Role::Admin};
const Roles commercial{Role::Rep, Role::Lead, Role::Manager, Role::Admin};
const Roles office{Role::Lead, Role::Manager, Role::Admin};
const Roles hands{Role::Rep, Role::Service, Role::Lead};
const Roles control{Role::Lead, Role::Admin};
const Roles administrator{Role::Admin};

Parameters joined(Parameters first, const Parameters& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Parameters filters() {
  return {{"rep", id(), "of this person"},
          {"segment", text(), "clients of this segment"},
          {"region", text(), "clients of this region"},
          {"since", date(), "day of the meeting, or of a case's opening, included"},
          {"until", date(), "the same, included"}};
}

Parameters paging() {
  return {{"limit", integer(), "1 to 500; 50 where nothing is said"}, {"offset", integer(), "where to begin"}};
}

Parameters list_filters() {
  return joined(joined(filters(), {{"client", id(), "of this client"},
                                   {"search", text(), "words; case, ё and Russian endings do not matter"}}),
                paging());
}

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all = [] {
    std::vector<Operation> joined;
    for (auto subject : {session_operations, result_operations, list_operations, register_operations,
                         campaign_operations, record_operations, control_operations, device_operations})
      for (auto& operation : subject()) joined.push_back(std::move(operation));
    return joined;
  }();
  return all;
}

}  // namespace anketa::server::api
