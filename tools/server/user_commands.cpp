// Accounts.
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/services/people.hpp"
#include "sync-server/store/store.hpp"
#include "tools/server/commands.hpp"
#include "tools/server/terminal.hpp"
#include "tools/terminal/terminal.hpp"

namespace anketa::server::program {
namespace {

class Accounts {
 public:
  explicit Accounts(const Setup& setup) : store_(open_sqlite_store({setup.config.data, 1, false}, environment)) {}

  AccountStore& all() { return store_->accounts(); }
  Account need(const std::string& login) {
    if (auto account = all().account_by_login(normalise_login(login))) return *account;
    throw ProblemError(ProblemCode::RecordNotFound, {}, login);
  }

  /// A field of the person's record that accounts do not hold (R8).
  void set_share(const Uuid& user, const std::string& share) {
    store_->write_and_wait([&](Writer& writer) { server::set_share(writer, user, share, environment.now()); });
  }
  std::map<Uuid, PersonFacts> facts_of_all() {
    std::map<Uuid, PersonFacts> facts;
    store_->read([&](Reader& reader) { facts = facts_of_people(reader); });
    return facts;
  }

  SystemEnvironment environment;

 private:
  std::unique_ptr<Store> store_;
};

Json to_json(const Account& account) {
  return {{"id", account.user.text()},
          {"login", account.login},
          {"name", account.name},
          {"role", id(account.role)},
          {"active", account.active}};
}

Json described(const Account& account, const PersonFacts& facts) {
  auto json = to_json(account);
  json["share"] = facts.share.empty() ? Json() : Json(facts.share);
  json["clients_owned"] = facts.owned;
  return json;
}

Role need_role(const std::string& typed) {
  const auto role = parse_role(typed);
  if (!role) throw ProblemError(ProblemCode::InvalidValue, {{"value", typed}}, "--role");
  return *role;
}

void report(const Setup& setup, const Account& account, const char* key) {
  if (setup.json)
    std::cout << to_json(account).dump() << "\n";
  else
    std::cout << text::get(setup.language, std::string("server.did.") + key,
                           {{"login", account.login}, {"name", account.name}})
              << "\n";
}

}  // namespace

void user_add(const Setup& setup, const NewUser& user, const std::string& password_file) {
  const auto role = need_role(user.role);
  if (!user.share.empty()) check_share(user.share);
  Accounts accounts(setup);
  Account account;
  account.user = Uuid::v7(accounts.environment);
  account.login = normalise_login(user.login);
  account.name = user.name.empty() ? user.login : user.name;
  account.role = role;
  if (account.login.empty()) throw ProblemError(ProblemCode::InvalidValue, {{"value", user.login}}, "login");
  if (accounts.all().account_by_login(account.login))
    throw ProblemError(ProblemCode::AlreadyExists, {{"name", account.login}});
  account.password_hash = hash_password(take_password(password_file, setup.language), accounts.environment);
  accounts.all().add_account(account);
  if (!user.share.empty()) accounts.set_share(account.user, user.share);
  report(setup, account, "user_added");
}

void user_list(const Setup& setup) {
  Accounts accounts(setup);
  const auto all = accounts.all().accounts();
  auto facts = accounts.facts_of_all();
  if (setup.json) {
    Json list = Json::array();
    for (const auto& account : all) list.push_back(described(account, facts[account.user]));
    std::cout << list.dump() << "\n";
    return;
  }
  const auto word = [&](const std::string& key) { return text::get(setup.language, "server." + key); };
  cli::Table table({word("table.login"), word("table.role"), word("table.share"), word("table.clients"),
                    word("table.active"), word("table.name")});
  table.align_right(3);
  for (const auto& account : all) {
    const auto& person = facts[account.user];
    table.row({account.login, word("role." + std::string(id(account.role))),
               account.role == Role::Rep ? word(person.share == "full" ? "share.full" : "share.part") : "",
               person.owned > 0 ? std::to_string(person.owned) : "", word(account.active ? "yes" : "no"),
               cli::harmless(account.name)});
  }
  table.print(cli::Terminal());
}

void user_passwd(const Setup& setup, const std::string& login, const std::string& password_file) {
  Accounts accounts(setup);
  auto account = accounts.need(login);
  account.password_hash = hash_password(take_password(password_file, setup.language), accounts.environment);
  accounts.all().update_account(account);
  report(setup, account, "password_changed");
}

void user_change(const Setup& setup, const UserChange& change) {
  if (change.name.empty() && change.role.empty() && change.share.empty())
    throw ProblemError(ProblemCode::UsageInvalid, {{"reason", "server.nothing_to_change"}});
  if (!change.share.empty()) check_share(change.share);
  Accounts accounts(setup);
  auto account = accounts.need(change.login);
  if (!change.name.empty()) account.name = change.name;
  if (!change.role.empty()) account.role = need_role(change.role);
  if (!change.name.empty() || !change.role.empty()) accounts.all().update_account(account);
  if (!change.share.empty()) accounts.set_share(account.user, change.share);
  report(setup, account, "user_changed");
}

void user_close(const Setup& setup, const std::string& login) {
  Accounts accounts(setup);
  auto account = accounts.need(login);
  account.active = false;
  accounts.all().update_account(account);
  report(setup, account, "user_closed");
  // A client always has somebody who answers for it (R37), and he does not any more.
  const auto owned = accounts.facts_of_all()[account.user].owned;
  if (owned > 0)
    std::cerr << text::get(setup.language, "server.clients_left", {{"count", std::to_string(owned)}}) << "\n";
}

void user_reopen(const Setup& setup, const std::string& login) {
  Accounts accounts(setup);
  auto account = accounts.need(login);
  account.active = true;
  accounts.all().update_account(account);
  report(setup, account, "user_reopened");
}

}  // namespace anketa::server::program
