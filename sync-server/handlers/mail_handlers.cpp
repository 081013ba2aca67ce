#include "sync-server/handlers/mail_handlers.hpp"

#include "sync-server/reports/filter.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

/// As a file for a mail program: what people attach or write is never shown as a page of ours.
Response whole(const MailRow& row) {
  Response response;
  response.body = row.content;
  response.content_type = "message/rfc822";
  return std::move(response).with_header("Content-Disposition",
                                         "attachment; filename=\"anketa-" + row.kind + "-" + row.day + ".eml\"");
}

}  // namespace

void add_mail_routes(http::Router& router, Services& services, mail::MailDesk& desk) {
  const auto add = [&](const char* method, const char* pattern, auto work) {
    router.add(method, pattern, authenticated(services, [work](Request& request, const Session& session) {
                 require_role(session, {Role::Lead, Role::Admin});
                 return work(request);
               }));
  };
  add("GET", "/v1/mail", [&desk](Request&) { return Response::json(desk.state()); });
  add("GET", "/v1/mail/letters", [&desk](Request& request) {
    return Response::json(desk.letters(static_cast<int>(reports::page_from(request.query).limit)));
  });
  add("GET", "/v1/mail/letters/{id}", [&desk](Request& request) { return whole(desk.letter(id_in(request))); });
  add("POST", "/v1/mail/letters/{id}/again",
      [&desk](Request& request) { return Response::json(desk.send_again(id_in(request))); });
  add("GET", "/v1/mail/reports/{kind}", [&desk](Request& request) {
    return Response::json(desk.preview(mail::report_kind(request.parameter("kind")), request.language()));
  });
  add("POST", "/v1/mail/reports/{kind}", [&desk](Request& request) {
    return Response::json(desk.send(mail::report_kind(request.parameter("kind")), request.language()));
  });
}

}  // namespace anketa::server
