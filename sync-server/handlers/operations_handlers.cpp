#include "sync-server/handlers/operations_handlers.hpp"

#include "sync-server/system/files.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Response;

bool is_this_machine(const std::string& address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

/// Ready means: the store answers, and nobody is stopping the server.
Response readiness(Services& services) {
  if (!services.ready) throw ProblemError(ProblemCode::Unavailable);
  services.store.read([](Reader& reader) { reader.history(); });
  return Response::text("ready\n");
}

Response metrics(Services& services, const Request& request) {
  if (!services.public_metrics && !is_this_machine(request.peer_address)) throw ProblemError(ProblemCode::Forbidden);
  auto response = Response::text(services.metrics.text());
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return response;
}

Response certificate(const Services& services) {
  if (services.ca_file.empty()) throw ProblemError(ProblemCode::NotFound);
  auto response = Response::text(read_file(services.ca_file));
  response.content_type = "application/x-pem-file";
  return response;
}

}  // namespace

void add_operations_routes(http::Router& router, Services& services) {
  router.add("GET", "/healthz", [](Request&) { return Response::text("ok\n"); });
  router.add("GET", "/readyz", [&services](Request&) { return readiness(services); });
  router.add("GET", "/metrics", [&services](Request& request) { return metrics(services, request); });
  router.add("GET", "/v1/ca.pem", [&services](Request&) { return certificate(services); });
}

}  // namespace anketa::server
