#include "sync-server/handlers/results_handlers.hpp"

namespace anketa::server {
namespace {

using reports::ReportService;
using reports::Viewer;

/// A report that takes the query as it is.
void add(http::Router& router, Services& services, ReportService& reports, const char* pattern,
         Json (ReportService::*report)(const Viewer&, const reports::Query&)) {
  router.add("GET", pattern,
             authenticated(services, [&reports, report](http::Request& request, const Session& session) {
               return http::Response::json((reports.*report)({session.user, session.role}, request.query));
             }));
}

}  // namespace

void add_results_routes(http::Router& router, Services& services, ReportService& reports) {
  add(router, services, reports, "/v1/results/overview", &ReportService::overview);
  add(router, services, reports, "/v1/results/questions", &ReportService::questions);
  add(router, services, reports, "/v1/results/answers", &ReportService::answers);
  add(router, services, reports, "/v1/results/consolidated", &ReportService::consolidated);
  router.add("GET", "/v1/results/records/{list}",
             authenticated(services, [&reports](http::Request& request, const Session& session) {
               const std::string list(request.parameter("list"));
               return http::Response::json(reports.records({session.user, session.role}, list, request.query));
             }));
  add(router, services, reports, "/v1/questionnaires", &ReportService::questionnaires);
  add(router, services, reports, "/v1/cases", &ReportService::cases);
  add(router, services, reports, "/v1/register", &ReportService::quality_register);
  add(router, services, reports, "/v1/bottlenecks", &ReportService::bottlenecks);
  add(router, services, reports, "/v1/daily", &ReportService::daily);
  add(router, services, reports, "/v1/agenda", &ReportService::agenda);
  add(router, services, reports, "/v1/tasks", &ReportService::tasks);
  add(router, services, reports, "/v1/clients", &ReportService::clients);
  add(router, services, reports, "/v1/forms", &ReportService::forms);
  router.add("GET", "/v1/forms/{id}",
             authenticated(services, [&reports](http::Request& request, const Session& session) {
               const std::string id(request.parameter("id"));
               return http::Response::json(reports.form({session.user, session.role}, id));
             }));
  router.add(
      "GET", "/v1/results/questions/{name}/texts",
      authenticated(services, [&reports](http::Request& request, const Session& session) {
        const std::string question(request.parameter("name"));
        return http::Response::json(reports.question_texts({session.user, session.role}, question, request.query));
      }));
  router.add("GET", "/v1/questionnaires/{id}",
             authenticated(services, [&reports](http::Request& request, const Session& session) {
               const std::string id(request.parameter("id"));
               return http::Response::json(reports.questionnaire({session.user, session.role}, id));
             }));
}

}  // namespace anketa::server
