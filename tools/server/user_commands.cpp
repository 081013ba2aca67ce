// Accounts.
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/auth/password.hpp"
#include "sync-server/store/own_record.hpp"
#include "sync-server/store/store.hpp"
#include "tools/server/commands.hpp"
#include "tools/server/terminal.hpp"

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
    store_->write_and_wait([&](Writer& writer) {
      put_own_record(writer, "user", user, company_scope, {{"share", share}}, "share " + share, environment.now());
    });
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
  const auto role = parse_role(user.role);
  if (!role) throw ProblemError(ProblemCode::InvalidValue, {{"value", user.role}}, "--role");
  if (!user.share.empty() && user.share != "part" && user.share != "full")
    throw ProblemError(ProblemCode::InvalidValue, {{"value", user.share}}, "--share");
  Accounts accounts(setup);
  Account account;
  account.user = Uuid::v7(accounts.environment);
  account.login = normalise_login(user.login);
  account.name = user.name.empty() ? user.login : user.name;
  account.role = *role;
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
  if (setup.json) {
    Json list = Json::array();
    for (const auto& account : all) list.push_back(to_json(account));
    std::cout << list.dump() << "\n";
    return;
  }
  const auto word = [&](const char* key) { return text::get(setup.language, std::string("server.") + key); };
  std::cout << word("table.login") << "\t" << word("table.role") << "\t" << word("table.active") << "\t"
            << word("table.name") << "\n";
  for (const auto& account : all)
    std::cout << account.login << "\t" << id(account.role) << "\t" << word(account.active ? "yes" : "no") << "\t"
              << account.name << "\n";
}

void user_passwd(const Setup& setup, const std::string& login, const std::string& password_file) {
  Accounts accounts(setup);
  auto account = accounts.need(login);
  account.password_hash = hash_password(take_password(password_file, setup.language), accounts.environment);
  accounts.all().update_account(account);
  report(setup, account, "password_changed");
}

void user_close(const Setup& setup, const std::string& login) {
  Accounts accounts(setup);
  auto account = accounts.need(login);
  account.active = false;
  accounts.all().update_account(account);
  report(setup, account, "user_closed");
}

}  // namespace anketa::server::program
