// Accounts in memory, for tests of the rules above the store.
#pragma once

#include <map>
#include <mutex>
#include <set>

#include "shared/problem/problem.hpp"
#include "sync-server/auth/account_store.hpp"

namespace anketa::server::test {

class MemoryAccounts final : public AccountStore {
 public:
  std::map<Uuid, Account> all;
  std::map<Uuid, Device> all_devices;
  std::map<Uuid, TokenFamily> families;
  std::set<Uuid> forked;
  std::map<Uuid, std::pair<std::string, Instant>> feeds;

  std::optional<Account> account_by_login(std::string_view login) override {
    for (const auto& [id, account] : all)
      if (account.login == login) return account;
    return std::nullopt;
  }
  std::optional<Account> account(const Uuid& user) override { return find(all, user); }
  std::vector<Account> accounts() override {
    std::vector<Account> out;
    for (const auto& [id, account] : all) out.push_back(account);
    return out;
  }
  void add_account(const Account& account) override {
    if (account_by_login(account.login)) throw ProblemError(ProblemCode::AlreadyExists, {{"name", account.login}});
    all[account.user] = account;
  }
  void update_account(const Account& account) override { all.at(account.user) = account; }
  std::optional<Device> device(const Uuid& id) override { return find(all_devices, id); }
  std::vector<Device> devices(const Uuid& user) override {
    std::vector<Device> out;
    for (const auto& [id, device] : all_devices)
      if (device.user == user) out.push_back(device);
    return out;
  }
  void revoke_device(const Uuid& id, const std::string& by, Instant at) override {
    auto& device = all_devices.at(id);
    device.revoked = true;
    device.revoked_by = by;
    device.revoked_at = at;
    close_families(id);
  }
  void hand_over(const Uuid& id, Instant at) override { all_devices.at(id).handed_over_at = at; }
  bool is_forked(const Uuid& device) override { return forked.contains(device); }
  void open_family(const Device& device, const TokenFamily& family) override {
    all_devices[device.id] = device;
    close_families(device.id);
    families[family.id] = family;
  }
  std::optional<TokenFamily> family(const Uuid& id) override { return find(families, id); }
  void advance_family(const Uuid& id, std::int64_t used, Instant expires_at, const Seen& seen) override {
    auto& family = families.at(id);
    if (family.used >= used) return;
    family.used = used;
    family.expires_at = expires_at;
    auto& device = all_devices.at(family.device);
    device.last_seen = seen.at;
    if (!seen.program.empty()) device.program = seen.program;
  }
  void revoke_family(const Uuid& id) override { families.at(id).revoked = true; }
  void put_calendar_feed(const Uuid& user, const std::string& digest, Instant at) override {
    feeds[user] = {digest, at};
  }
  void remove_calendar_feed(const Uuid& user) override { feeds.erase(user); }
  std::optional<Uuid> calendar_feed_owner(const std::string& digest) override {
    for (const auto& [user, feed] : feeds)
      if (feed.first == digest) return user;
    return std::nullopt;
  }
  std::optional<Instant> calendar_feed_made(const Uuid& user) override {
    const auto found = feeds.find(user);
    return found == feeds.end() ? std::nullopt : std::optional(found->second.second);
  }
  std::optional<Standing> standing(const Uuid& user, const Uuid& device) override {
    const auto account = find(all, user);
    const auto known = find(all_devices, device);
    if (!account || !known || known->user != user) return std::nullopt;
    return Standing{account->role, account->active, known->revoked};
  }

 private:
  template <typename T>
  static std::optional<T> find(const std::map<Uuid, T>& in, const Uuid& id) {
    const auto found = in.find(id);
    return found == in.end() ? std::nullopt : std::optional(found->second);
  }
  void close_families(const Uuid& device) {
    for (auto& [id, family] : families)
      if (family.device == device) family.revoked = true;
  }
};

}  // namespace anketa::server::test
