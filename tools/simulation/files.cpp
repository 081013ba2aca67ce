// Sync by file: what a device has to say goes to the server on a stick, in any order and any number of times, and the
// answers come back the same way.
#include "client-core/bundle/device_bundle.hpp"
#include "sync-server/bundle/bundle_import.hpp"
#include "tools/simulation/world.hpp"

namespace anketa::simulation {
namespace {

constexpr Instant day = Instant{24} * 3'600'000;

}  // namespace

void World::carry_file(Device& device) {
  if (!device.running() || device.engine) return;
  std::string file;
  if (!change(device, "write a file for the server", [&](Hand& hand) { file = hand.export_bundle().file; })) return;
  --tally_.edits;
  const auto arrives = [this, carried = CarriedFile{device.index, file}] { file_arrives(carried); };
  after(rng_.between(60'000, 2 * day), arrives);
  if (fate(FaultKind::FileRepeated)) after(rng_.between(60'000, 4 * day), arrives);
}

void World::file_arrives(const CarriedFile& file) {
  if (!server_.running()) return;
  const auto& name = devices_[static_cast<std::size_t>(file.device)]->name;
  try {
    const auto imported =
        server::BundleImport(server_.store(), server_.service(), server_.environment, server_.keys).import(file.bytes);
    tell("the server takes a file of " + name + " with " + std::to_string(imported.results.size()) + " edits");
    const auto arrives = [this, answer = CarriedFile{file.device, imported.answer}] { answer_arrives(answer); };
    after(rng_.between(60'000, 2 * day), arrives);
    if (fate(FaultKind::FileRepeated)) after(rng_.between(60'000, 4 * day), arrives);
  } catch (const ProblemError& error) {
    if (error.problem().code == ProblemCode::Internal && !server_.disk.dead())
      throw Violation(Invariant::Ends, "the server failed on a file: " + std::string(error.what()));
    tell("the server does not take a file of " + name + ": " + error.problem().what(text::Language::English));
  }
  after_server();
}

void World::answer_arrives(const CarriedFile& answer) {
  auto& device = *devices_[static_cast<std::size_t>(answer.device)];
  // Whoever syncs waits for the end of it; whoever has no device at hand gives it up.
  if (!device.running() || device.engine) return;
  if (!change(device, "take the server's answer from a file", [&](Hand& hand) { hand.import_answer(answer.bytes); }))
    return;
  --tally_.edits;
  check_cursor(device);
  check_views(device);
  client::guarded([&] { device.ledger.check(device.store(), in_journal()); });
}

}  // namespace anketa::simulation
