// Accounts.
#include <iostream>

#include "shared/system/system_environment.hpp"
#include "sync-server/auth/password.hpp"
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

void user_add(const Setup& setup, const std::string& login, const std::string& name, const std::string& role,
              const std::string& password_file) {
  const auto parsed = parse_role(role);
  if (!parsed) throw ProblemError(ProblemCode::InvalidValue, {{"value", role}}, "--role");
  Accounts accounts(setup);
  Account account;
  account.user = Uuid::v7(accounts.environment);
  account.login = normalise_login(login);
  account.name = name.empty() ? login : name;
  account.role = *parsed;
  if (account.login.empty()) throw ProblemError(ProblemCode::InvalidValue, {{"value", login}}, "login");
  if (accounts.all().account_by_login(account.login))
    throw ProblemError(ProblemCode::AlreadyExists, {{"name", account.login}});
  account.password_hash = hash_password(take_password(password_file, setup.language), accounts.environment);
  accounts.all().add_account(account);
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
