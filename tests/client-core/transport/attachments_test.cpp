// Attachments between two laptops and the real server over TLS.
#include <catch2/catch_test_macros.hpp>

#include "client-core/transport/live.hpp"
#include "tests/client-core/transport/real_server.hpp"

using namespace anketa;
using namespace anketa::client;
using namespace anketa::client::test;

namespace {

std::string noise(std::size_t size, std::uint32_t state = 1) {
  std::string bytes(size, '\0');
  for (auto& c : bytes) c = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
  return bytes;
}

/// A real transport that breaks on demand.
class Breaking final : public Transport {
 public:
  explicit Breaking(const BeastOptions& options) : real_(beast_transport(options)) {}

  Outcome exchange(const SendRequest& request, const std::function<void()>& meanwhile,
                   const CancelToken& cancel) override {
    const auto number = ++seen[request.method];
    if (request.method == break_method && number == break_at && !answer_lost) return broken();
    auto outcome = real_->exchange(request, meanwhile, cancel);
    if (request.method == break_method && number >= break_at && answer_lost) return broken();
    return outcome;
  }
  void wait(std::int64_t, const CancelToken&) override {}
  WireBytes bytes() const override { return real_->bytes(); }

  std::map<std::string, int> seen;
  std::string break_method;
  int break_at = 0;
  bool answer_lost = false;

 private:
  static Outcome broken() { return TransportFailed{{ProblemCode::CertificateUntrusted, {}, {}}}; }
  std::unique_ptr<Transport> real_;
};

struct World {
  RealServer server;
  Laptop one, other;
  std::unique_ptr<Breaking> line, second;
  Uuid client;

  World() {
    server.start();
    line = std::make_unique<Breaking>(server.options());
    second = std::make_unique<Breaking>(server.options());
    one.log_in(server, *line);
    other.log_in(server, *second);
    client = one.client->create("client", {}, {{"name", "ООО «Ромашка»"}});
  }
  Uuid attach(const std::string& content) {
    return one.client->attach(client, {"договор.pdf", "application/pdf", {}, content});
  }
  Summary sync() { return run_sync_with_attachments(*one.client, *line); }
  AttachmentContent state(Laptop& laptop) { return laptop.client->attachments(client).at(0).content; }
};

}  // namespace

TEST_CASE("A file attached without a network is on the other laptop after both have synced") {
  World world;
  const auto content = noise(5 << 20);
  const auto id = world.attach(content);
  CHECK(world.state(world.one) == AttachmentContent::ToUpload);
  CHECK(world.one.client->attachment_content(id) == content);
  CHECK(world.one.client->status().attachments_to_upload == 1);
  CHECK(world.sync().attachments == 1);
  CHECK(world.state(world.one) == AttachmentContent::Here);
  run_sync(*world.other.client, *world.second);
  REQUIRE(world.state(world.other) == AttachmentContent::Elsewhere);
  CHECK(problem_of([&] { world.other.client->attachment_content(id); }).code == ProblemCode::ContentMissing);
  run(*world.other.client->download_attachment(id), *world.second);
  CHECK((world.other.client->attachment_content(id) == content));
  CHECK(world.state(world.other) == AttachmentContent::Here);
}

TEST_CASE("A record may come before its content: then it is said that it has not arrived") {
  World world;
  const auto id = world.attach(noise(1'000));
  run_sync(*world.one.client, *world.line);
  run_sync(*world.other.client, *world.second);
  CHECK(problem_of([&] { run(*world.other.client->download_attachment(id), *world.second); }).code ==
        ProblemCode::ContentMissing);
}

TEST_CASE("An upload that broke off goes on where it stopped, also after the program was started anew") {
  World world;
  const auto content = noise(7 << 20);
  const auto id = world.attach(content);
  world.line->break_method = "PATCH";
  world.line->break_at = 3;
  CHECK(problem_of([&] { world.sync(); }).code == ProblemCode::CertificateUntrusted);
  CHECK(world.state(world.one) == AttachmentContent::ToUpload);
  world.one.client.reset();
  world.one.client = Client::open({world.one.folder.file("client.db"), {}, false, {}}, world.one.environment);
  world.line = std::make_unique<Breaking>(world.server.options());
  CHECK(world.sync().attachments == 1);
  // Four parts of two megabytes, two of them sent before.
  CHECK(world.line->seen["PATCH"] == 2);
  CHECK(world.line->seen["POST"] == 1);
  run_sync(*world.other.client, *world.second);
  run(*world.other.client->download_attachment(id), *world.second);
  CHECK((world.other.client->attachment_content(id) == content));
}

TEST_CASE("An upload whose last answer was lost is not sent again") {
  World world;
  world.attach(noise(1'000));
  world.line->break_method = "PATCH";
  world.line->break_at = 1;
  world.line->answer_lost = true;
  CHECK(problem_of([&] { world.sync(); }).code == ProblemCode::CertificateUntrusted);
  CHECK(world.sync().attachments == 1);
  CHECK(world.line->seen["PATCH"] == 1);
}

TEST_CASE("A download that broke off goes on where it stopped") {
  World world;
  const auto content = noise(3'500'000);
  const auto id = world.attach(content);
  world.sync();
  run_sync(*world.other.client, *world.second);
  world.second->break_method = "GET";
  world.second->break_at = 3;
  CHECK(problem_of([&] { run(*world.other.client->download_attachment(id), *world.second); }).code ==
        ProblemCode::CertificateUntrusted);
  CHECK(world.state(world.other) == AttachmentContent::Arriving);
  run(*world.other.client->download_attachment(id), *world.second);
  CHECK((world.other.client->attachment_content(id) == content));
  CHECK(world.second->seen["GET"] == 5);
}

TEST_CASE("What the server does not take stays, with the reason, and the others go on") {
  World world;
  world.attach(noise(9 << 20));
  world.attach(noise(1'000, 2));
  const auto summary = world.sync();
  CHECK(summary.attachments == 1);
  CHECK(summary.attachments_refused == 1);
  const auto views = world.one.client->attachments(world.client);
  REQUIRE(views.at(0).problem);
  CHECK(views.at(0).problem->code == ProblemCode::TooLarge);
  CHECK(views.at(0).content == AttachmentContent::ToUpload);
  CHECK(views.at(1).content == AttachmentContent::Here);
}

TEST_CASE("The same file on two laptops travels up once") {
  World world;
  const auto content = noise(2'000'000);
  world.attach(content);
  world.sync();
  run_sync(*world.other.client, *world.second);
  world.other.client->attach(world.client, {"тот же.pdf", {}, {}, content});
  CHECK(run_sync_with_attachments(*world.other.client, *world.second).attachments == 1);
  CHECK(world.second->seen["PATCH"] == 0);
}

TEST_CASE("The content of an attachment that was removed leaves the device with the next sync") {
  World world;
  const auto id = world.attach(noise(1'000));
  world.attach("");
  world.sync();
  world.one.client->remove(id);
  world.sync();
  const auto left = world.one.client->attachments(world.client);
  REQUIRE(left.size() == 1);
  CHECK(world.one.client->attachment_content(left[0].record.view.id).empty());
  const auto again = world.attach(noise(1'000));
  CHECK(world.sync().attachments == 1);
  CHECK(world.one.client->attachment_content(again).size() == 1'000);
}

TEST_CASE("An empty file is an attachment like any other") {
  World world;
  const auto id = world.attach("");
  CHECK(world.sync().attachments == 1);
  run_sync(*world.other.client, *world.second);
  run(*world.other.client->download_attachment(id), *world.second);
  CHECK(world.other.client->attachment_content(id).empty());
}
