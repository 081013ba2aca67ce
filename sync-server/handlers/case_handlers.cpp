#include "sync-server/handlers/case_handlers.hpp"

namespace anketa::server {

using http::Request;
using http::Response;

void add_case_routes(http::Router& router, Services& services, records::CaseDesk& cases) {
  router.add("GET", "/v1/cases/{id}", authenticated(services, [&cases](Request& request, const Session& session) {
               return Response::json(cases.show(author_of(session), id_in(request)));
             }));
  router.add("POST", "/v1/cases/{id}/{step}",
             authenticated(services, [&cases](Request& request, const Session& session) {
               require_role(session, {Role::Rep, Role::Service, Role::Lead});
               return Response::json(
                   cases.take(author_of(session), id_in(request), request.parameter("step"), request.json()));
             }));
}

}  // namespace anketa::server
