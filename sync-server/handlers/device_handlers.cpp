#include "sync-server/handlers/device_handlers.hpp"

#include "shared/protocol/limits.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

Device need_device(Services& services, const Request& request) {
  const auto id = Uuid::parse(request.parameters.find("id")->second);
  auto device = id ? services.store.accounts().device(*id) : std::nullopt;
  if (!device) throw ProblemError(ProblemCode::RecordNotFound, {}, "device");
  return std::move(*device);
}

Response revoke(Services& services, const Request& request, const Session& session) {
  const auto device = need_device(services, request);
  const auto who = services.store.accounts().account(session.user);
  services.store.accounts().revoke_device(device.id, who ? who->login : std::string(), services.environment.now());
  log::info("device.revoked", {{"device", device.id.text()}});
  return Response::no_content();
}

Response accept(Services& services, Quarantine& quarantine, const Request& request) {
  const auto device = need_device(services, request);
  const auto owner = services.store.accounts().account(device.user);
  if (!owner) throw ProblemError(ProblemCode::RecordNotFound, {}, "account");
  Json results = Json::array();
  for (const auto& result : quarantine.accept({owner->user, device.id, owner->role}))
    results.push_back({{"id", result.id.text()}, {"status", protocol::name(result.status)}});
  return Response::json({{"results", std::move(results)}});
}

/// The device's session is closed: it says by its refresh token who it is.
Response take(Services& services, Quarantine& quarantine, const Request& request) {
  const auto body = parse_json(request.body, {protocol::max_request_bytes, protocol::max_depth});
  const auto session = services.auth.revoked_device(string_or_empty(body, "refresh"));
  quarantine.take(author_of(session), body);
  const auto last = body.find("last");
  if (last != body.end() && last->is_boolean() && last->get<bool>()) {
    services.store.accounts().hand_over(session.device, services.environment.now());
    log::info("device.handed_over", {{"device", session.device.text()}});
  }
  return Response::json({{"taken", body.at("mutations").size()}});
}

}  // namespace

void add_device_routes(http::Router& router, Services& services, Quarantine& quarantine) {
  const auto for_lead = [&services](auto work) {
    return authenticated(services, [&services, work](Request& request, const Session& session) {
      require_role(session, {Role::Lead, Role::Admin});
      return work(services, request, session);
    });
  };
  router.add("POST", "/v1/devices/{id}/revoke", for_lead([](Services& all, Request& request, const Session& session) {
               return revoke(all, request, session);
             }));
  router.add("POST", "/v1/devices/{id}/accept",
             for_lead([&quarantine](Services& all, Request& request, const Session&) {
               return accept(all, quarantine, request);
             }));
  router.add("POST", "/v1/quarantine",
             [&services, &quarantine](Request& request) { return take(services, quarantine, request); },
             {protocol::max_request_bytes});
}

}  // namespace anketa::server
