#include "sync-server/handlers/services.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view scheme = "Bearer ";

}  // namespace

http::Handler authenticated(Services& services, SessionHandler handler) {
  return [&services, handler = std::move(handler)](http::Request request, http::Responder respond) {
    const auto header = request.header("authorization");
    const auto token = header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view();
    const auto session = services.auth.authenticate(token);
    handler(std::move(request), session, std::move(respond));
  };
}

void require_role(const Session& session, std::initializer_list<Role> roles) {
  for (const auto role : roles)
    if (role == session.role) return;
  throw ProblemError(ProblemCode::Forbidden);
}

Author author_of(const Session& session) {
  return {session.user, session.device, session.role};
}

Uuid id_in(const http::Request& request, std::string_view name) {
  const std::string text(request.parameter(name));
  const auto id = Uuid::parse(text);
  if (!id) throw ProblemError(ProblemCode::RecordNotFound, {}, text);
  return *id;
}

}  // namespace anketa::server
