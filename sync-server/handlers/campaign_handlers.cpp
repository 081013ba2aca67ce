#include "sync-server/handlers/campaign_handlers.hpp"

#include <array>

#include "shared/protocol/limits.hpp"
#include "shared/record/sha256.hpp"
#include "sync-server/auth/base64url.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t secret_bytes = 32;
constexpr std::string_view feed_folder = "/v1/calendar/", feed_ending = ".ics";

std::string digest_of(std::string_view secret) {
  const auto digest = sha256(secret);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// What a calendar shows needs no log-in: whoever knows the address reads it. So it is as long as a key, kept as a
/// digest, and made anew when asked.
Response make_feed(Services& services, const Session& session) {
  std::array<std::byte, secret_bytes> random{};
  services.environment.random(random);
  const auto secret = base64url({reinterpret_cast<const char*>(random.data()), random.size()});
  const auto now = services.environment.now();
  services.store.accounts().put_calendar_feed(session.user, digest_of(secret), now);
  return Response::json({{"path", std::string(feed_folder) + secret + std::string(feed_ending)}, {"made_at", now}});
}

Response feed(Services& services, reports::CampaignReports& reports, const Request& request) {
  auto name = request.parameter("file");
  const ProblemError unknown(ProblemCode::NotFound);
  if (!name.ends_with(feed_ending)) throw unknown;
  name.remove_suffix(feed_ending.size());
  const auto owner = services.store.accounts().calendar_feed_owner(digest_of(name));
  const auto account = owner ? services.store.accounts().account(*owner) : std::nullopt;
  // Who has left reads nothing more.
  if (!account || !account->active) throw unknown;
  auto answer = Response::text(reports.calendar({account->user, account->role}, request.language()));
  answer.content_type = "text/calendar; charset=utf-8";
  return std::move(answer).with_header("Cache-Control", "private, no-cache");
}

/// Work that is the lead's alone.
template <typename Work>
void add_work(http::Router& router, Services& services, const char* pattern, const Work& work) {
  router.add("POST", pattern,
             authenticated(services,
                           [work](Request& request, const Session& session) {
                             require_role(session, {Role::Lead});
                             return Response::json(work(author_of(session), request));
                           }),
             {protocol::max_mutation_bytes});
}

void add_lead_routes(http::Router& router, Services& services, records::CampaignDesk& desk) {
  const auto add = [&](const char* pattern, const auto& work) { add_work(router, services, pattern, work); };
  add("/v1/campaigns", [&desk](const Author& author, Request& request) { return desk.create(author, request.json()); });
  add("/v1/campaigns/{id}", [&desk](const Author& author, Request& request) {
    return desk.edit(author, id_in(request, "id"), request.json());
  });
  add("/v1/campaigns/{id}/split",
      [&desk](const Author& author, Request& request) { return desk.split(author, id_in(request, "id")); });
  add("/v1/campaigns/{id}/clients/{client}/move", [&desk](const Author& author, Request& request) {
    return desk.move(author, id_in(request, "id"), id_in(request, "client"), request.json());
  });
  add("/v1/campaigns/{id}/clients/{client}/relation", [&desk](const Author& author, Request& request) {
    return desk.judge(author, id_in(request, "id"), id_in(request, "client"), request.json());
  });
  add("/v1/suggestions/{id}", [&desk](const Author& author, Request& request) {
    return desk.decide(author, id_in(request, "id"), request.json());
  });
  add("/v1/pareto", [&desk](const Author& author, Request& request) { return desk.make_key(author, request.json()); });
  add("/v1/clients/{id}/key-status", [&desk](const Author& author, Request& request) {
    return desk.decide_key_status(author, id_in(request, "id"), request.json());
  });
}

}  // namespace

void add_campaign_routes(http::Router& router, Services& services, reports::CampaignReports& reports,
                         records::CampaignDesk& desk) {
  add_lead_routes(router, services, desk);
  router.add(
      "GET", "/v1/campaign/{report}", authenticated(services, [&reports](Request& request, const Session& session) {
        return Response::json(reports.report({session.user, session.role}, request.parameter("report"), request.query));
      }));
  router.add("GET", "/v1/calendar", authenticated(services, [&services](Request&, const Session& session) {
               const auto made = services.store.accounts().calendar_feed_made(session.user);
               return Response::json({{"made_at", made ? Json(*made) : Json(nullptr)}});
             }));
  router.add("POST", "/v1/calendar", authenticated(services, [&services](Request&, const Session& session) {
               return make_feed(services, session);
             }));
  router.add("DELETE", "/v1/calendar", authenticated(services, [&services](Request&, const Session& session) {
               services.store.accounts().remove_calendar_feed(session.user);
               return Response::no_content();
             }));
  router.add("GET", std::string(feed_folder) + "{file}",
             [&services, &reports](Request& request) { return feed(services, reports, request); });
}

}  // namespace anketa::server
