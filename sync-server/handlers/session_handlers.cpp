#include "sync-server/handlers/session_handlers.hpp"

#include "shared/protocol/limits.hpp"
#include "shared/protocol/session_messages.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Responder;
using http::Response;

/// The answer of log-in and refresh, with what a client wants to know about the server before it syncs.
Response session_answer(Services& services, const LoggedIn& in) {
  protocol::SessionAnswer answer;
  answer.access = in.tokens.access;
  answer.refresh = in.tokens.refresh;
  answer.expires_in = (in.tokens.access_expires - services.environment.now()) / 1000;
  answer.user = in.account.user;
  answer.login = in.account.login;
  answer.name = in.account.name;
  answer.role = in.account.role;
  answer.keys = services.bundle_keys;
  auto json = to_json(answer);
  json["organisation"] = services.organisation;
  json["protocol"] = {{"min", protocol::oldest_version}, {"max", protocol::version}};
  services.store.read([&json](Reader& reader) { json["epoch"] = reader.history().epoch; });
  return Response::json(json);
}

void log_in(Services& services, const Request& request, const Responder& respond) {
  const auto message = protocol::log_in_from_json(request.json());
  const LoginRequest attempt{message.login,        message.password, message.device, message.device_name,
                             request.peer_address, message.keys,     message.program};
  services.logins.run([&services, attempt, respond, id = request.request_id] {
    try {
      respond(session_answer(services, services.auth.log_in(attempt)));
    } catch (const ProblemError& error) {
      log::warning("auth.refused", {{"request", id}, {"problem", anketa::id(error.problem().code)}});
      respond(error.problem());
    } catch (...) {
      respond(Response::failure(std::current_exception(), id));
    }
  });
}

Response refresh(Services& services, Request& request) {
  const auto message = protocol::refresh_from_json(request.json());
  return session_answer(services, services.auth.refresh(message.refresh, message.device, message.program));
}

/// By the refresh token, so that it also works when the access token has run out.
Response log_out(Services& services, Request& request) {
  services.auth.log_out(protocol::refresh_from_json(request.json()).refresh);
  return Response::no_content();
}

Response me(Services& services, const Session& session) {
  const auto account = services.store.accounts().account(session.user);
  if (!account) throw ProblemError(ProblemCode::TokenInvalid);
  return Response::json({{"user",
                          {{"id", account->user.text()},
                           {"login", account->login},
                           {"name", account->name},
                           {"role", id(account->role)}}},
                         {"device", session.device.text()},
                         {"organisation", services.organisation}});
}

}  // namespace

void add_session_routes(http::Router& router, Services& services) {
  router.add("POST", "/v1/login", http::Handler([&services](const Request& request, const Responder& respond) {
               log_in(services, request, respond);
             }));
  router.add("POST", "/v1/refresh", [&services](Request& request) { return refresh(services, request); });
  router.add("POST", "/v1/logout", [&services](Request& request) { return log_out(services, request); });
  router.add("GET", "/v1/me",
             authenticated(services, [&services](Request&, const Session& session) { return me(services, session); }));
}

}  // namespace anketa::server
