#include "sync-server/handlers/user_handlers.hpp"

#include <map>

#include "sync-server/auth/password.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Responder;
using http::Response;

/// What records know of a person beyond the log-in.
struct Facts {
  Json share = nullptr;
  std::int64_t owned = 0, helped = 0;
};

std::map<Uuid, Facts> facts_of_all(Services& services) {
  std::map<Uuid, Facts> all;
  services.store.read([&](Reader& reader) {
    reader.select("SELECT id, share FROM p_user", {}, [&](const Row& row) {
      if (!row.is_null(1)) all[row.id(0).value()].share = std::string(row.text(1));
    });
    reader.select("SELECT person, role, count(*) FROM p_assignment GROUP BY person, role", {}, [&](const Row& row) {
      auto& facts = all[row.id(0).value()];
      (row.text(1) == "owner" ? facts.owned : facts.helped) = row.integer(2);
    });
  });
  return all;
}

Json user_json(Services& services, const Account& account, const Facts& facts) {
  const auto devices = services.store.accounts().devices(account.user);
  Instant last_seen = 0;
  std::int64_t in_use = 0;
  for (const auto& device : devices) {
    last_seen = std::max(last_seen, device.last_seen);
    if (!device.revoked) ++in_use;
  }
  return {{"id", account.user.text()},
          {"login", account.login},
          {"name", account.name},
          {"role", id(account.role)},
          {"active", account.active},
          {"share", facts.share},
          {"clients_owned", facts.owned},
          {"clients_helped", facts.helped},
          {"devices", in_use},
          {"last_seen", last_seen > 0 ? Json(last_seen) : Json(nullptr)}};
}

Json users(Services& services) {
  const auto facts = facts_of_all(services);
  Json all = Json::array();
  for (const auto& account : services.store.accounts().accounts()) {
    const auto found = facts.find(account.user);
    all.push_back(user_json(services, account, found == facts.end() ? Facts{} : found->second));
  }
  return {{"items", std::move(all)}};
}

/// Takes over what the request names; a password is hashed, which takes its time.
void apply(Services& services, const Json& wanted, Account& account) {
  if (wanted.contains("name")) account.name = string_or_empty(wanted, "name");
  if (account.name.empty()) throw ProblemError(ProblemCode::RequiredMissing, {{"field", "name"}}, "name");
  if (wanted.contains("role")) {
    const auto role = parse_role(string_or_empty(wanted, "role"));
    if (!role) throw ProblemError(ProblemCode::InvalidValue, {{"value", string_or_empty(wanted, "role")}}, "role");
    account.role = *role;
  }
  if (const auto active = wanted.find("active"); active != wanted.end() && active->is_boolean())
    account.active = active->get<bool>();
  if (wanted.contains("password"))
    account.password_hash = hash_password(string_or_empty(wanted, "password"), services.environment);
}

Json add_user(Services& services, const Json& wanted) {
  Account account;
  account.user = Uuid::v7(services.environment);
  account.login = normalise_login(string_or_empty(wanted, "login"));
  if (account.login.empty()) throw ProblemError(ProblemCode::RequiredMissing, {{"field", "login"}}, "login");
  if (!wanted.contains("password"))
    throw ProblemError(ProblemCode::RequiredMissing, {{"field", "password"}}, "password");
  apply(services, wanted, account);
  services.store.accounts().add_account(account);
  return user_json(services, account, {});
}

Json change_user(Services& services, const Uuid& id, const Session& session, const Json& wanted) {
  auto account = services.store.accounts().account(id);
  if (!account) throw ProblemError(ProblemCode::RecordNotFound, {}, "user");
  apply(services, wanted, *account);
  // Whoever shuts himself out could not let himself in again.
  if (id == session.user && (!account->active || account->role != session.role))
    throw ProblemError(ProblemCode::Forbidden, {}, "user");
  services.store.accounts().update_account(*account);
  const auto facts = facts_of_all(services);
  const auto found = facts.find(id);
  return user_json(services, *account, found == facts.end() ? Facts{} : found->second);
}

/// Off the workers: hashing a password is slow on purpose.
template <typename Work>
http::Handler by_admin(Services& services, const Work& work) {
  return authenticated(services, SessionHandler([&services, work](const Request& request, const Session& session,
                                                                  const Responder& respond) {
                         require_role(session, {Role::Admin});
                         services.logins.run([&services, work, request, session, respond] {
                           try {
                             respond(Response::json(work(services, request, session)));
                           } catch (...) {
                             respond(Response::failure(std::current_exception(), request.request_id));
                           }
                         });
                       }));
}

}  // namespace

void add_user_routes(http::Router& router, Services& services) {
  router.add("GET", "/v1/users", authenticated(services, [&services](Request&, const Session& session) {
               require_role(session, {Role::Lead, Role::Admin});
               return Response::json(users(services));
             }));
  router.add("POST", "/v1/users", by_admin(services, [](Services& all, const Request& request, const Session&) {
               auto added = add_user(all, request.json());
               log::info("user.added", {{"user", added.at("id").get<std::string>()}});
               return added;
             }));
  router.add("POST", "/v1/users/{id}",
             by_admin(services, [](Services& all, const Request& request, const Session& session) {
               const auto id = Uuid::parse(request.parameters.find("id")->second);
               if (!id) throw ProblemError(ProblemCode::RecordNotFound, {}, "user");
               auto changed = change_user(all, *id, session, request.json());
               log::info("user.changed", {{"user", id->text()}});
               return changed;
             }));
}

}  // namespace anketa::server
