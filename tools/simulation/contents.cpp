// Contents of attachments on their way: uploads that break off and go on, downloads, and what has to be where at the
// end.
#include "shared/record/sha256.hpp"
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

/// So small that an upload takes several requests.
constexpr std::uint64_t part_bytes = 900;

}  // namespace

void World::note_content(std::string content) {
  auto sha256 = hex(anketa::sha256(content));
  contents_.emplace(std::move(sha256), std::move(content));
}

void World::start_upload(Device& device) {
  if (!device.running() || device.engine || device.client().status().attachments_to_upload == 0) return;
  tell(device.name + " uploads files");
  client::Instructions first;
  auto engine = device.hand().upload({2, part_bytes}, first);
  begin(device, Doing::Uploading, std::move(engine), std::move(first));
}

void World::start_download(Device& device, const Uuid& attachment) {
  if (!device.running() || device.engine || !logged_in(device)) return;
  tell(device.name + " fetches a file");
  device.fetched = attachment;
  client::Instructions first;
  auto engine = device.hand().download(attachment, first);
  begin(device, Doing::Downloading, std::move(engine), std::move(first));
}

/// What came is what was attached.
void World::check_fetched(Device& device) {
  const auto record = device.client().get(device.fetched);
  if (!record) return;
  const auto content = device.client().attachment_content(device.fetched);
  if (hex(sha256(content)) != string_or_empty(record->view.body, "sha256"))
    throw Violation(Invariant::KeptForEver, device.name + " was given another file than it asked for");
}

/// Every content that is attached is at the server, or waits on the device that has it with the reason why it does.
void World::check_contents() {
  server_.store().read([&](server::Reader& reader) {
    for (const auto& head : reader.heads_of("attachment", std::nullopt)) {
      const auto sha256 = string_or_empty(Json::parse(head.body), "sha256");
      if (head.deleted || server_.program().blobs().find(head.scope, sha256)) continue;
      bool kept = false, held = false;
      for (const auto& device : devices_)
        client::guarded([&] {
          const auto blob = device->store().blobs().find(head.scope, sha256);
          if (!blob || blob->state == client::BlobState::Arriving) return;
          kept = kept || (blob->state == client::BlobState::ToUpload && blob->problem);
          held = held || device->role == Role::Rep;
        });
      // With a device that was set back or wiped its contents go that had not been uploaded; of what a restored server
      // has lost those come back that somebody holds who may attach them.
      if (kept || contents_may_be_lost_ || (contents_may_be_lost_with_disk_ && !held)) continue;
      throw Violation(Invariant::KeptForEver, "the content of attachment " + head.id.text() + " is nowhere");
    }
  });
}

}  // namespace anketa::simulation
