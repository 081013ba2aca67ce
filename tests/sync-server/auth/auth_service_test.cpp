#include "sync-server/auth/auth_service.hpp"

#include <catch2/catch_test_macros.hpp>

#include "shared/problem/problem.hpp"
#include "sync-server/auth/password.hpp"
#include "tests/support/test_environment.hpp"
#include "tests/sync-server/auth/memory_accounts.hpp"

using namespace anketa;
using namespace anketa::server;
using namespace anketa::server::test;
using anketa::test::TestEnvironment;

namespace {

constexpr Instant minute = 60'000;

/// Cheap hashes: what is tested here is not scrypt.
constexpr ScryptCost cheap{4, 1, 1};

ProblemCode problem_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Count;
}

struct World {
  TestEnvironment environment;
  MemoryAccounts store;
  std::string key = new_token_key(environment);
  AuthService auth{store, environment, TokenSigner(key)};
  Uuid anna = Uuid::v7(environment);
  Uuid phone = Uuid::v7(environment);

  World() {
    store.add_account({anna, "anna", "Анна Ковалёва", Role::Rep, hash_password("correct horse", environment, cheap)});
  }
  LoggedIn log_in(const std::string& password = "correct horse", const std::string& address = "10.0.0.1") {
    return auth.log_in({" Anna ", password, phone, "Phone", address});
  }
};

}  // namespace

TEST_CASE("A log-in registers the device and its access token tells who asks") {
  World world;
  const auto in = world.log_in();
  CHECK(in.account.name == "Анна Ковалёва");
  const auto session = world.auth.authenticate(in.tokens.access);
  CHECK(session.user == world.anna);
  CHECK(session.device == world.phone);
  CHECK(session.role == Role::Rep);
  CHECK(world.store.all_devices.at(world.phone).registered_at == world.environment.now());
}

TEST_CASE("Unknown log-in, wrong password and closed account are not told apart") {
  World world;
  CHECK(problem_of([&] { world.log_in("wrong horse"); }) == ProblemCode::BadCredentials);
  CHECK(problem_of([&] {
          world.auth.log_in({"nobody", "correct horse", world.phone, "", "x"});
        }) == ProblemCode::BadCredentials);
  world.store.all.at(world.anna).active = false;
  CHECK(problem_of([&] { world.log_in(); }) == ProblemCode::BadCredentials);
  CHECK(world.store.all_devices.empty());
}

TEST_CASE("An access token ends after a quarter of an hour") {
  World world;
  const auto access = world.log_in().tokens.access;
  world.environment.advance(15 * minute - 1);
  CHECK_NOTHROW(world.auth.authenticate(access));
  world.environment.advance(1);
  CHECK(problem_of([&] { world.auth.authenticate(access); }) == ProblemCode::TokenExpired);
}

TEST_CASE("A token is refused when missing, altered, of another kind or another server") {
  World world;
  const auto tokens = world.log_in().tokens;
  auto altered = tokens.access;
  altered[10] = altered[10] == 'A' ? 'B' : 'A';
  World other;
  for (const auto& token : {altered, tokens.refresh, std::string("a1."), std::string("rubbish"), tokens.access + "A",
                            tokens.access.substr(0, tokens.access.size() - 1)})
    CHECK(problem_of([&] { world.auth.authenticate(token); }) == ProblemCode::TokenInvalid);
  CHECK(problem_of([&] { world.auth.authenticate(""); }) == ProblemCode::NotLoggedIn);
  CHECK(problem_of([&] { world.auth.refresh(tokens.access); }) == ProblemCode::TokenInvalid);
  const TokenSigner stranger(new_token_key(world.environment));
  const auto forged = stranger.sign(AccessClaims{world.anna, world.phone, {}, Role::Admin, 1LL << 50});
  CHECK(problem_of([&] { world.auth.authenticate(forged); }) == ProblemCode::TokenInvalid);
}

TEST_CASE("A role counts as it is now, not as it was at log-in") {
  World world;
  const auto access = world.log_in().tokens.access;
  world.store.all.at(world.anna).role = Role::Lead;
  CHECK(world.auth.authenticate(access).role == Role::Lead);
  world.store.all.at(world.anna).active = false;
  CHECK(problem_of([&] { world.auth.authenticate(access); }) == ProblemCode::TokenInvalid);
}

TEST_CASE("Refresh tokens rotate; the old one holds until the new one is first used") {
  World world;
  const auto first = world.log_in().tokens.refresh;
  const auto second = world.auth.refresh(first).tokens.refresh;
  CHECK(second != first);
  // The answer was lost: the device asks again and gets the same token.
  CHECK(world.auth.refresh(first).tokens.refresh == second);
  const auto third = world.auth.refresh(second).tokens.refresh;
  CHECK_NOTHROW(world.auth.refresh(third));
}

TEST_CASE("What version a device's program has is known from its last word") {
  World world;
  const auto program = [&] { return world.store.all_devices.at(world.phone).program; };
  LoginRequest request{"anna", "correct horse", world.phone, "Phone", "10.0.0.1"};
  request.program = "0.1.0";
  const auto first = world.auth.log_in(request).tokens.refresh;
  CHECK(program() == "0.1.0");
  const auto second = world.auth.refresh(first, {}, "0.2.0").tokens.refresh;
  CHECK(program() == "0.2.0");
  // An older program says nothing; what was known stays.
  world.auth.refresh(second);
  CHECK(program() == "0.2.0");
}

TEST_CASE("Reuse of an older refresh token closes the family, for thief and owner alike") {
  World world;
  const auto first = world.log_in().tokens.refresh;
  const auto second = world.auth.refresh(first).tokens.refresh;
  const auto third = world.auth.refresh(second).tokens.refresh;
  CHECK(problem_of([&] { world.auth.refresh(first); }) == ProblemCode::TokenInvalid);
  CHECK(problem_of([&] { world.auth.refresh(third); }) == ProblemCode::TokenInvalid);
  CHECK_NOTHROW(world.log_in());
}

TEST_CASE("A server restored from a backup takes a device's newer refresh token") {
  World world;
  const auto first = world.log_in().tokens.refresh;
  const auto backup = world.store.families;
  auto token = first;
  for (int i = 0; i < 4; ++i) token = world.auth.refresh(token).tokens.refresh;
  world.store.families = backup;
  const auto next = world.auth.refresh(token).tokens.refresh;
  CHECK_NOTHROW(world.auth.refresh(next));
}

TEST_CASE("A refresh token ends after ninety days without use, and every use begins them anew") {
  World world;
  auto token = world.log_in().tokens.refresh;
  world.environment.advance(refresh_life - 1);
  token = world.auth.refresh(token).tokens.refresh;
  world.environment.advance(refresh_life - 1);
  token = world.auth.refresh(token).tokens.refresh;
  world.environment.advance(refresh_life);
  CHECK(problem_of([&] { world.auth.refresh(token); }) == ProblemCode::TokenExpired);
}

TEST_CASE("A log-in on the same device closes its earlier family") {
  World world;
  const auto first = world.log_in().tokens.refresh;
  const auto second = world.log_in().tokens.refresh;
  CHECK(problem_of([&] { world.auth.refresh(first); }) == ProblemCode::TokenInvalid);
  CHECK_NOTHROW(world.auth.refresh(second));
}

TEST_CASE("A revoked device can neither sync nor refresh; a log-in serves it to hand its work over, and no more") {
  World world;
  auto tokens = world.log_in().tokens;
  world.store.revoke_device(world.phone, {}, 0);
  for (int log_in = 0; log_in < 2; ++log_in) {
    CHECK(problem_of([&] { world.auth.authenticate(tokens.access); }) == ProblemCode::DeviceRevoked);
    CHECK(problem_of([&] { world.auth.refresh(tokens.refresh); }) == ProblemCode::DeviceRevoked);
    CHECK(world.auth.revoked_device(tokens.refresh).device == world.phone);
    // Where its session was lost it has nothing else to show.
    tokens = world.log_in().tokens;
  }
  CHECK(world.store.all_devices.at(world.phone).revoked);
}

TEST_CASE("A device of another account is not taken over") {
  World world;
  world.log_in();
  const auto boris = Uuid::v7(world.environment);
  world.store.add_account(
      {boris, "boris", "Борис", Role::Lead, hash_password("battery staple", world.environment, cheap)});
  CHECK(problem_of([&] {
          world.auth.log_in({"boris", "battery staple", world.phone, "", "x"});
        }) == ProblemCode::Forbidden);
  CHECK(world.store.all_devices.at(world.phone).user == world.anna);
}

TEST_CASE("Log-out closes the family") {
  World world;
  const auto tokens = world.log_in().tokens;
  world.auth.log_out(world.auth.authenticate(tokens.access));
  CHECK(problem_of([&] { world.auth.refresh(tokens.refresh); }) == ProblemCode::TokenInvalid);
  const auto again = world.log_in().tokens;
  world.auth.log_out("rubbish");
  world.auth.log_out(again.refresh);
  CHECK(problem_of([&] { world.auth.refresh(again.refresh); }) == ProblemCode::TokenInvalid);
}

TEST_CASE("A browser logs in without a device of its own") {
  World world;
  const auto one = world.auth.log_in({"anna", "correct horse", std::nullopt, "", "10.0.0.1"}).tokens;
  const auto two = world.auth.log_in({"anna", "correct horse", std::nullopt, "", "10.0.0.1"}).tokens;
  CHECK_NOTHROW(world.auth.refresh(one.refresh));
  CHECK_FALSE(world.auth.authenticate(one.access).device == world.auth.authenticate(two.access).device);
}

TEST_CASE("Guessing is slowed down per account and address, and nobody is locked out from elsewhere") {
  World world;
  for (int i = 0; i < LoginLimiter::free_per_account; ++i)
    CHECK(problem_of([&] { world.log_in("wrong horse"); }) == ProblemCode::BadCredentials);
  CHECK(problem_of([&] { world.log_in(); }) == ProblemCode::TooManyRequests);
  CHECK_NOTHROW(world.log_in("correct horse", "10.0.0.2"));
  world.environment.advance(LoginLimiter::first_wait);
  CHECK(problem_of([&] { world.log_in("wrong horse"); }) == ProblemCode::BadCredentials);
  world.environment.advance(LoginLimiter::first_wait);
  CHECK(problem_of([&] { world.log_in(); }) == ProblemCode::TooManyRequests);
  world.environment.advance(LoginLimiter::first_wait);
  CHECK_NOTHROW(world.log_in());
  CHECK(problem_of([&] { world.log_in("wrong horse"); }) == ProblemCode::BadCredentials);
}

TEST_CASE("An address that guesses at many accounts is slowed down, and the counts stay bounded") {
  LoginLimiter limiter;
  for (int i = 0; i < LoginLimiter::free_per_address; ++i) limiter.begin("name" + std::to_string(i), "10.0.0.9", 0);
  CHECK(problem_of([&] { limiter.begin("another", "10.0.0.9", 1); }) == ProblemCode::TooManyRequests);
  CHECK_NOTHROW(limiter.begin("another", "10.0.0.8", 1));
  for (std::size_t i = 0; i < 2 * LoginLimiter::most_counts; ++i) limiter.begin("anna", "10.1." + std::to_string(i), 2);
  CHECK(problem_of([&] { limiter.begin("another", "10.0.0.9", 3); }) == ProblemCode::TooManyRequests);
}

TEST_CASE("A password hash holds its parameters and matches its password alone") {
  TestEnvironment environment;
  const auto hash = hash_password("длинный пароль", environment);
  CHECK(hash.starts_with("$scrypt$ln=15,r=8,p=1$"));
  CHECK(verify_password("длинный пароль", hash));
  CHECK_FALSE(verify_password("длинный парол", hash));
  CHECK(hash_password("длинный пароль", environment, cheap) != hash_password("длинный пароль", environment, cheap));
  for (const std::string bad : {"", "plain", "$scrypt$ln=99,r=8,p=1$AA$AA", "$scrypt$ln=4,r=1,p=1$AA"})
    CHECK_FALSE(verify_password("x", bad));
}

TEST_CASE("A password too short or absurdly long is refused") {
  TestEnvironment environment;
  CHECK(problem_of([&] { hash_password("семьбук", environment); }) == ProblemCode::InvalidValue);
  CHECK_NOTHROW(hash_password("восемьбу", environment, cheap));
  CHECK(problem_of([&] { hash_password(std::string(5000, 'x'), environment); }) == ProblemCode::InvalidValue);
}

TEST_CASE("Log-ins are compared without regard to case and blanks, in Russian too") {
  CHECK(normalise_login("  Anna.K ") == "anna.k");
  CHECK(normalise_login("ЁЛКИНА Рая") == "ёлкина рая");
  CHECK(normalise_login("абвгдеёжпрстуфя") == "абвгдеёжпрстуфя");
}
