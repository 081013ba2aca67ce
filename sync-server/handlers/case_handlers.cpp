#include "sync-server/handlers/case_handlers.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

Uuid case_id(const Request& request) {
  const auto id = Uuid::parse(request.parameter("id"));
  if (!id) throw ProblemError(ProblemCode::RecordNotFound, {}, std::string(request.parameter("id")));
  return *id;
}

Author author_of(const Session& session) {
  return {session.user, session.device, session.role};
}

}  // namespace

void add_case_routes(http::Router& router, Services& services, records::CaseDesk& cases) {
  router.add("GET", "/v1/cases/{id}", authenticated(services, [&cases](Request& request, const Session& session) {
               return Response::json(cases.show(author_of(session), case_id(request)));
             }));
  router.add("POST", "/v1/cases/{id}/{step}",
             authenticated(services, [&cases](Request& request, const Session& session) {
               require_role(session, {Role::Rep, Role::Service, Role::Lead});
               return Response::json(
                   cases.take(author_of(session), case_id(request), request.parameter("step"), request.json()));
             }));
}

}  // namespace anketa::server
