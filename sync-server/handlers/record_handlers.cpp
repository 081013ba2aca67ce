#include "sync-server/handlers/record_handlers.hpp"

#include "shared/protocol/limits.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;
using records::RecordService;

/// Everybody of ours, as colleagues know them.
Json people(Services& services) {
  Json all = Json::array();
  services.store.read([&](Reader& reader) {
    for (const auto& head : reader.heads_of("user", company_scope)) {
      if (head.deleted) continue;
      const auto body = parse_head(head).body;
      all.push_back({{"id", head.id.text()},
                     {"name", string_or_empty(body, "name")},
                     {"role", string_or_empty(body, "role")},
                     {"share", body.contains("share") ? body.at("share") : Json(nullptr)},
                     {"active", body.value("active", true)}});
    }
  });
  return {{"items", std::move(all)}};
}

/// A route whose work takes the author and the request.
template <typename Work>
void add(http::Router& router, Services& services, const char* method, const char* pattern, const Work& work) {
  router.add(method, pattern,
             authenticated(services,
                           [work](Request& request, const Session& session) {
                             return Response::json(work(author_of(session), request));
                           }),
             {protocol::max_mutation_bytes});
}

}  // namespace

void add_record_routes(http::Router& router, Services& services, RecordService& records) {
  add(router, services, "GET", "/v1/people", [&services](const Author&, Request&) { return people(services); });
  add(router, services, "GET", "/v1/schema", [](const Author&, Request&) { return schema::describe(); });
  add(router, services, "GET", "/v1/clients/{id}",
      [&records](const Author& viewer, Request& request) { return records.client(viewer, id_in(request)); });
  add(router, services, "GET", "/v1/records/{id}",
      [&records](const Author& viewer, Request& request) { return records.record(viewer, id_in(request)); });
  add(router, services, "GET", "/v1/records/{id}/history",
      [&records](const Author& viewer, Request& request) { return records.history(viewer, id_in(request)); });
  add(router, services, "GET", "/v1/conflicts",
      [&records](const Author& viewer, Request& request) { return records.conflicts(viewer, request.query); });
  add(router, services, "GET", "/v1/parked",
      [&records](const Author& viewer, Request& request) { return records.parked(viewer, request.language()); });
  add(router, services, "GET", "/v1/audit",
      [&records](const Author& viewer, Request& request) { return records.audit(viewer, request.query); });
  add(router, services, "POST", "/v1/conflicts/{id}/resolve", [&records](const Author& author, Request& request) {
    return records.resolve(author, id_in(request), request.json());
  });
  add(router, services, "POST", "/v1/parked/{id}/accept",
      [&records](const Author& author, Request& request) { return records.accept(author, id_in(request)); });
  add(router, services, "POST", "/v1/edits",
      [&records](const Author& author, Request& request) { return records.edit(author, request.json()); });
  router.add("POST", "/v1/clients/{id}/owner",
             authenticated(services, [&records](Request& request, const Session& session) {
               require_role(session, {Role::Lead});
               return Response::json(records.hand_over(author_of(session), id_in(request), request.json()));
             }));
  router.add("GET", "/v1/backup", authenticated(services, [&records](Request&, const Session& session) {
               require_role(session, {Role::Lead, Role::Admin});
               return Response::json(records.backup());
             }));
}

}  // namespace anketa::server
