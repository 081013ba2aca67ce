#include "sync-server/handlers/report_handlers.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;
using reports::Query;
using reports::ReportService;
using reports::Viewer;

Viewer viewer_of(const Session& session) {
  return {session.user, session.role};
}

/// A report that takes nothing but the query.
using Report = Json (ReportService::*)(const Viewer&, const Query&);

void add(http::Router& router, Services& services, std::string pattern, Report report) {
  router.add("GET", std::move(pattern),
             authenticated(services, [&services, report](Request& request, const Session& who) {
               return Response::json((services.reports.*report)(viewer_of(who), request.query));
             }));
}

}  // namespace

void add_report_routes(http::Router& router, Services& services) {
  add(router, services, "/v1/results/overview", &ReportService::overview);
  add(router, services, "/v1/results/questions", &ReportService::questions);
  add(router, services, "/v1/results/answers", &ReportService::answers);
  add(router, services, "/v1/clients", &ReportService::clients);
  add(router, services, "/v1/questionnaires", &ReportService::questionnaires);
  add(router, services, "/v1/cases", &ReportService::cases);
  router.add("GET", "/v1/results/questions/{name}/texts",
             authenticated(services, [&services](Request& request, const Session& who) {
               return Response::json(services.reports.question_texts(
                   viewer_of(who), std::string(request.parameter("name")), request.query));
             }));
  router.add(
      "GET", "/v1/questionnaires/{id}", authenticated(services, [&services](Request& request, const Session& who) {
        return Response::json(services.reports.questionnaire(viewer_of(who), std::string(request.parameter("id"))));
      }));
}

}  // namespace anketa::server
