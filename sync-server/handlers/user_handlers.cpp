#include "sync-server/handlers/user_handlers.hpp"

#include <map>

#include "sync-server/auth/password.hpp"
#include "sync-server/services/people.hpp"
#include "sync-server/system/log.hpp"

namespace anketa::server {
namespace {

using http::Request;
using http::Responder;
using http::Response;

std::map<Uuid, PersonFacts> facts_of_all(Services& services) {
  std::map<Uuid, PersonFacts> all;
  services.store.read([&](Reader& reader) { all = facts_of_people(reader); });
  return all;
}

Json user_json(Services& services, const Account& account, const PersonFacts& facts) {
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
          {"share", facts.share.empty() ? Json(nullptr) : Json(facts.share)},
          {"clients_owned", facts.owned},
          {"clients_helped", facts.helped},
          {"devices", in_use},
          {"last_seen", last_seen > 0 ? Json(last_seen) : Json(nullptr)}};
}

Json described(Services& services, const Account& account) {
  const auto facts = facts_of_all(services);
  const auto found = facts.find(account.user);
  return user_json(services, account, found == facts.end() ? PersonFacts{} : found->second);
}

Json users(Services& services) {
  const auto facts = facts_of_all(services);
  Json all = Json::array();
  for (const auto& account : services.store.accounts().accounts()) {
    const auto found = facts.find(account.user);
    all.push_back(user_json(services, account, found == facts.end() ? PersonFacts{} : found->second));
  }
  return {{"items", std::move(all)}};
}

/// A rep's time for the programme, where the request says it.
void take_share(Services& services, const Uuid& user, const Json& wanted) {
  if (!wanted.contains("share")) return;
  services.store.write_and_wait(
      [&](Writer& writer) { set_share(writer, user, string_or_empty(wanted, "share"), services.environment.now()); });
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
  if (wanted.contains("share")) check_share(string_or_empty(wanted, "share"));
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
  take_share(services, account.user, wanted);
  return described(services, account);
}

Json change_user(Services& services, const Uuid& id, const Session& session, const Json& wanted) {
  auto account = services.store.accounts().account(id);
  if (!account) throw ProblemError(ProblemCode::RecordNotFound, {}, "user");
  apply(services, wanted, *account);
  // Whoever shuts himself out could not let himself in again.
  if (id == session.user && (!account->active || account->role != session.role))
    throw ProblemError(ProblemCode::Forbidden, {}, "user");
  services.store.accounts().update_account(*account);
  take_share(services, id, wanted);
  return described(services, *account);
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
