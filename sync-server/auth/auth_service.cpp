#include "sync-server/auth/auth_service.hpp"

#include "shared/problem/problem.hpp"
#include "sync-server/auth/base64url.hpp"

namespace anketa::server {

AuthService::AuthService(AccountStore& store, Environment& environment, TokenSigner signer, const ScryptCost& cost)
    : store_(store),
      environment_(environment),
      signer_(std::move(signer)),
      decoy_hash_(hash_password(base64url(new_token_key(environment)), environment, cost)) {}

LoggedIn AuthService::log_in(const LoginRequest& request) {
  const auto login = normalise_login(request.login);
  const auto now = environment_.now();
  limiter_.begin(login, request.address, now);
  auto account = store_.account_by_login(login);
  const bool right = verify_password(request.password, account ? account->password_hash : decoy_hash_);
  if (!account || !right || !account->active) throw ProblemError(ProblemCode::BadCredentials);
  limiter_.succeeded(login, request.address);

  Device device{
      request.device.value_or(Uuid::v7(environment_)), account->user, request.device_name, now, now, false, {}};
  if (const auto known = store_.device(device.id)) {
    // A revoked device may log in: with the session it gets it can do nothing but hand its unsent work over.
    if (known->user != account->user) throw ProblemError(ProblemCode::Forbidden, {}, "device.id");
    device.registered_at = known->registered_at;
    device.revoked = known->revoked;
  }
  device.keys = request.keys;
  device.program = request.program;
  const TokenFamily family{Uuid::v7(environment_), device.id, account->user, 0, now, now + refresh_life, false};
  store_.open_family(device, family);
  auto tokens = issue(*account, family, 1, now);
  return {std::move(tokens), std::move(*account)};
}

LoggedIn AuthService::refresh(std::string_view refresh_token, const std::optional<Uuid>& as_device,
                              const std::string& program) {
  const auto claims = signer_.refresh(refresh_token);
  const auto family = claims ? store_.family(claims->family) : std::nullopt;
  if (!family) throw ProblemError(ProblemCode::TokenInvalid);
  const auto device = store_.device(family->device);
  if (!device || device->revoked) throw ProblemError(ProblemCode::DeviceRevoked);
  auto account = store_.account(family->user);
  if (family->revoked || !account || !account->active) throw ProblemError(ProblemCode::TokenInvalid);
  const auto now = environment_.now();
  if (now >= family->expires_at) throw ProblemError(ProblemCode::TokenExpired);
  if (claims->generation < family->used) {
    store_.revoke_family(family->id);
    throw ProblemError(ProblemCode::TokenInvalid);
  }
  if (claims->generation > family->used)
    store_.advance_family(family->id, claims->generation, now + refresh_life, {now, program});
  if (as_device && *as_device != device->id) return register_copy(*device, std::move(*account), *as_device, now);
  auto tokens = issue(*account, *family, claims->generation + 1, now);
  return {std::move(tokens), std::move(*account)};
}

LoggedIn AuthService::register_copy(const Device& device, Account account, const Uuid& id, Instant now) {
  const auto known = store_.device(id);
  const bool again = known && known->forked_from == device.id && !known->revoked;
  if (known ? !again : !store_.is_forked(device.id)) throw ProblemError(ProblemCode::Forbidden, {}, "device");
  Device copy{id, device.user, device.name, known ? known->registered_at : now, now, false, device.id, device.keys};
  copy.program = device.program;
  const TokenFamily family{Uuid::v7(environment_), id, device.user, 0, now, now + refresh_life, false};
  store_.open_family(copy, family);
  auto tokens = issue(account, family, 1, now);
  return {std::move(tokens), std::move(account)};
}

Session AuthService::revoked_device(std::string_view refresh_token) {
  const auto claims = signer_.refresh(refresh_token);
  const auto family = claims ? store_.family(claims->family) : std::nullopt;
  const auto device = family ? store_.device(family->device) : std::nullopt;
  const auto account = family ? store_.account(family->user) : std::nullopt;
  if (!device || !account) throw ProblemError(ProblemCode::TokenInvalid);
  if (!device->revoked) throw ProblemError(ProblemCode::Forbidden, {}, "device");
  return {account->user, device->id, account->role, family->id};
}

void AuthService::log_out(std::string_view refresh_token) {
  const auto claims = signer_.refresh(refresh_token);
  if (claims && store_.family(claims->family)) store_.revoke_family(claims->family);
}

void AuthService::log_out(const Session& session) {
  store_.revoke_family(session.family);
}

Session AuthService::authenticate(std::string_view access_token) {
  if (access_token.empty()) throw ProblemError(ProblemCode::NotLoggedIn);
  const auto claims = signer_.access(access_token);
  if (!claims) throw ProblemError(ProblemCode::TokenInvalid);
  if (environment_.now() >= claims->expires_at) throw ProblemError(ProblemCode::TokenExpired);
  const auto standing = store_.standing(claims->user, claims->device);
  if (!standing || !standing->account_active) throw ProblemError(ProblemCode::TokenInvalid);
  if (standing->device_revoked) throw ProblemError(ProblemCode::DeviceRevoked);
  // The role as it is now: a change takes effect at once, not when the token ends.
  return {claims->user, claims->device, standing->role, claims->family};
}

Tokens AuthService::issue(const Account& account, const TokenFamily& family, std::int64_t next, Instant now) const {
  const auto expires = now + access_life;
  return {signer_.sign(AccessClaims{account.user, family.device, family.id, account.role, expires}), expires,
          signer_.sign(RefreshClaims{family.id, next})};
}

}  // namespace anketa::server
