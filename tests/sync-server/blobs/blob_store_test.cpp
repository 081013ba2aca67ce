#include "sync-server/blobs/blob_store.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "shared/problem/problem.hpp"
#include "shared/record/sha256.hpp"
#include "sync-server/blobs/blob_folder.hpp"
#include "sync-server/system/files.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_environment.hpp"

using namespace anketa;
using namespace anketa::server;

namespace {

constexpr Instant hour = 3'600'000;

struct World {
  test::TestEnvironment environment;
  test::TemporaryFolder folder;
  BlobLimits limits{1'000, 2'000, hour};
  std::unique_ptr<BlobStore> store = open();
  Uuid user = Uuid::v7(environment), device = Uuid::v7(environment), scope = Uuid::v7(environment);

  std::unique_ptr<BlobStore> open() { return std::make_unique<BlobStore>(folder.path().string(), limits, environment); }
  Upload announce(const std::string& content, const Scope& into) {
    Upload upload;
    upload.user = user;
    upload.device = device;
    upload.scope = into;
    upload.sha256 = hex(sha256(content));
    upload.length = content.size();
    return store->begin(upload);
  }
  Upload append(const Upload& upload, std::uint64_t offset, std::string_view bytes) {
    return store->append(upload.id, user, device, {offset, bytes, offset, true, {}});
  }
  std::string put(const std::string& content, const Scope& into) {
    append(announce(content, into), 0, content);
    return hex(sha256(content));
  }
};

ProblemCode code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const ProblemError& error) {
    return error.problem().code;
  }
  return ProblemCode::Count;
}

}  // namespace

TEST_CASE("An upload goes on after a restart where it stopped, and ends as a content named by its hash") {
  World world;
  const std::string content(700, 'a');
  const auto upload = world.announce(content, world.scope);
  CHECK(world.append(upload, 0, content.substr(0, 300)).offset == 300);
  world.store = world.open();
  CHECK(world.store->find_upload(upload.id, world.user, world.device).offset == 300);
  CHECK(code_of([&] { world.append(upload, 0, content.substr(0, 300)); }) == ProblemCode::OffsetMismatch);
  CHECK(world.append(upload, 300, content.substr(300)).complete());
  const auto blob = world.store->find(world.scope, upload.sha256);
  REQUIRE(blob);
  CHECK(read_file(blob->path) == content);
  CHECK(code_of([&] { world.store->find_upload(upload.id, world.user, world.device); }) == ProblemCode::NotFound);
}

TEST_CASE("An upload of which all had arrived when the server was killed is finished once it is asked for") {
  World world;
  const std::string content(700, 'a');
  const bool torn = GENERATE(false, true);
  const auto upload = world.announce(content, world.scope);
  const auto path = blob_folder(world.folder.path().string()) + "/uploads/" + upload.id.text();
  std::ofstream(path, std::ios::binary) << (torn ? std::string(700, '\0') : content);
  world.store = world.open();
  if (torn) {
    CHECK(code_of([&] { world.store->find_upload(upload.id, world.user, world.device); }) == ProblemCode::NotFound);
    CHECK(world.store->used_by(world.user) == 0);
  } else {
    CHECK(world.store->find_upload(upload.id, world.user, world.device).complete());
    CHECK(world.store->used_by(world.user) == 700);
  }
  CHECK(world.store->find(world.scope, upload.sha256).has_value() == !torn);
}

TEST_CASE("A content other than announced is refused and leaves nothing") {
  World world;
  const auto upload = world.announce(std::string(10, 'a'), world.scope);
  CHECK(code_of([&] { world.append(upload, 0, std::string(11, 'a')); }) == ProblemCode::TooLarge);
  CHECK(code_of([&] { world.append(upload, 0, std::string(10, 'b')); }) == ProblemCode::ChecksumMismatch);
  CHECK_FALSE(world.store->find(world.scope, upload.sha256));
  CHECK(code_of([&] { world.store->find_upload(upload.id, world.user, world.device); }) == ProblemCode::NotFound);
  CHECK(world.store->used_by(world.user) == 0);
}

TEST_CASE("A part with a wrong checksum is taken back, the upload stays") {
  World world;
  const std::string content(100, 'a');
  const auto upload = world.announce(content, world.scope);
  world.append(upload, 0, content.substr(0, 40));
  const auto digest = sha256(std::string(60, 'b'));
  Part part{40, std::string_view(content).substr(40, 20), 40, true,
            PartChecksum{"sha256", {digest.begin(), digest.end()}}};
  CHECK(code_of([&] { world.store->append(upload.id, world.user, world.device, part); }) ==
        ProblemCode::ChecksumMismatch);
  CHECK(world.store->find_upload(upload.id, world.user, world.device).offset == 40);
  const auto right = sha256(content.substr(40));
  part.bytes = std::string_view(content).substr(40);
  part.checksum->digest = {right.begin(), right.end()};
  CHECK(world.store->append(upload.id, world.user, world.device, part).complete());
}

TEST_CASE("A content is there once within a scope, and not at all in another") {
  World world;
  const std::string content(500, 'a');
  const auto sha = world.put(content, world.scope);
  world.put(content, world.scope);
  CHECK(world.store->used_by(world.user) == 500);
  const auto other = Uuid::v7(world.environment);
  CHECK_FALSE(world.store->find(other, sha));
  world.put(content, other);
  CHECK(world.store->used_by(world.user) == 1'000);
}

TEST_CASE("The quota counts contents and uploads under way, also after a restart") {
  World world;
  world.put(std::string(900, 'a'), world.scope);
  const auto open = world.announce(std::string(900, 'b'), world.scope);
  const auto more = [&] { world.announce(std::string(300, 'c'), world.scope); };
  CHECK(code_of(more) == ProblemCode::QuotaExceeded);
  world.store = world.open();
  CHECK(code_of(more) == ProblemCode::QuotaExceeded);
  CHECK(code_of([&] { world.announce(std::string(1'001, 'd'), world.scope); }) == ProblemCode::TooLarge);
  // What is there already costs nothing.
  CHECK(code_of([&] { world.announce(std::string(900, 'a'), world.scope); }) == ProblemCode::Count);
  world.store->terminate(open.id, world.user, world.device);
  CHECK(code_of(more) == ProblemCode::QuotaExceeded);
  world.environment.advance(2 * hour);
  CHECK(code_of(more) == ProblemCode::Count);
}

TEST_CASE("An upload that nobody goes on with expires; one that goes on lives") {
  World world;
  const std::string content(100, 'a');
  const auto upload = world.announce(content, world.scope);
  world.environment.advance(hour - 1);
  world.append(upload, 0, content.substr(0, 50));
  world.environment.advance(hour - 1);
  CHECK(world.store->find_upload(upload.id, world.user, world.device).offset == 50);
  world.environment.advance(1);
  CHECK(code_of([&] { world.append(upload, 50, content.substr(50)); }) == ProblemCode::NotFound);
  world.store->expire();
  CHECK(std::filesystem::is_empty(world.folder.path() / "blobs" / "uploads"));
  CHECK(world.store->used_by(world.user) == 0);
}

TEST_CASE("An upload is its device's alone") {
  World world;
  const auto upload = world.announce("content", world.scope);
  CHECK(code_of([&] { world.store->find_upload(upload.id, world.user, Uuid::v7(world.environment)); }) ==
        ProblemCode::NotFound);
  CHECK(code_of([&] { world.store->find_upload(upload.id, Uuid::v7(world.environment), world.device); }) ==
        ProblemCode::NotFound);
}

TEST_CASE("Contents are copied to a backup and back, only what is missing, and a damaged one is found") {
  World world;
  const auto sha = world.put(std::string(500, 'a'), world.scope);
  world.put(std::string(400, 'b'), company_scope);
  const auto folder = blob_folder(world.folder.path().string());
  const auto backup = blob_folder_of_backup(world.folder.file("copy.db"));
  CHECK(copy_blobs(real_files(), folder, backup) == 2);
  CHECK(copy_blobs(real_files(), folder, backup) == 0);
  CHECK(damaged_blobs(real_files(), backup).empty());
  std::ofstream(blob_place(folder, world.scope, sha)) << "something else";
  CHECK(damaged_blobs(real_files(), folder) == std::vector<std::string>{blob_place(folder, world.scope, sha)});
  world.store->erase(world.scope, sha);
  CHECK(copy_blobs(real_files(), backup, folder) == 1);
  CHECK(damaged_blobs(real_files(), folder).empty());
  world.store = world.open();
  CHECK(world.store->used_by(world.user) == 900);
}
