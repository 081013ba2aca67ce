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

}  // namespace anketa::server
