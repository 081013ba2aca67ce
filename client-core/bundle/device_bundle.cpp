#include "client-core/bundle/device_bundle.hpp"

#include "client-core/api/parts.hpp"
#include "client-core/store/erasure.hpp"
#include "client-core/store/key_table.hpp"
#include "client-core/store/settle.hpp"
#include "shared/bundle/bundle.hpp"
#include "shared/protocol/limits.hpp"

namespace anketa::client {
namespace {

struct Keys {
  bundle::KeySet own;
  protocol::PublicKeys server;
};

Keys need_keys(ClientStore& store) {
  const KeyTable table(store.database());
  auto own = table.own();
  auto server = table.server();
  if (!own || !server) throw ProblemError(ProblemCode::BundleNoKeys);
  return {bundle::keys_from(std::move(own->sign_secret), std::move(own->box_secret)), std::move(*server)};
}

/// The outbox as requests, one a line. Files take no part in the chain of nonces.
std::string requests_of(ClientStore& store, std::uint64_t& mutations) {
  const auto device = store.device().get();
  protocol::SyncRequest request;
  request.device = device.id;
  request.epoch = device.epoch;
  request.cursor = device.cursor;
  request.honoured = device.honoured;
  request.limit = protocol::max_page;
  request.ladder = store.ladder().all();
  std::string payload;
  std::uint64_t upto = 0;
  for (bool more = true; more;) {
    auto batch = store.outbox().next_batch(upto, protocol::max_mutations, protocol::batch_bytes);
    more = !batch.mutations.empty();
    if (!more && !payload.empty()) break;
    upto = batch.upto;
    mutations += batch.mutations.size();
    request.mutations = std::move(batch.mutations);
    payload += protocol::encode(request) + "\n";
    request.ladder.reset();
  }
  return payload;
}

/// Where a device stood when it exported what an answer answers.
struct Place {
  std::string epoch;
  std::string cursor;
  /// Hashes of the edits it sent, by id.
  Json edits;
};

Place place_of(std::string_view line) {
  const auto json = parse_json(line);
  const auto from = json.is_object() ? json.find("from") : json.end();
  if (from == json.end()) throw ProblemError(ProblemCode::BundleDamaged);
  return {string_or_empty(*from, "epoch"), string_or_empty(*from, "cursor"), json.value("edits", Json::object())};
}

/// Results of edits that say something else here are those of another copy of the device, or of its later self before
/// it was set back: a sync by network sorts that out, and until then the edits are not settled.
void leave_out_others(ClientStore& store, const Json& edits, std::vector<protocol::MutationResult>& results) {
  const auto others = [&](const protocol::MutationResult& result) {
    const auto sent = string_or_empty(edits, result.id.text().c_str());
    const auto own = store.outbox().find(result.id);
    return own && !sent.empty() && hex(mutation_hash(own->text)) != sent;
  };
  results.erase(std::remove_if(results.begin(), results.end(), others), results.end());
}

void take(ClientStore& store, const std::vector<std::string_view>& lines, Imported& imported,
          std::vector<Uuid>& changed) {
  const auto device = store.device().get();
  const auto from = place_of(lines.front());
  imported.overtaken = device.epoch != from.epoch || device.cursor != from.cursor;
  AnswerSettler settler(store);
  bool complete = false;
  for (auto line = lines.begin() + 1; line != lines.end(); ++line) {
    auto view = protocol::view_answer(*line);
    leave_out_others(store, from.edits, view.head.results);
    // Results of another history say nothing of this one.
    if (imported.overtaken && view.head.epoch != device.epoch) continue;
    ++imported.summary.rounds;
    if (imported.overtaken)
      settler.settle_results(view.head.results, imported.summary, changed);
    else
      settler.settle(view, imported.summary, changed);
    complete = view.head.complete;
  }
  settler.purge_hidden();
  if (imported.overtaken || !complete) return;
  settler.purge_revoked();
  store.device().set_last_sync(store.environment().now());
}

/// Sealed durably before anybody can hold the file; but a disk that takes nothing any more is what the file is for.
bool commit_if_it_can(Atomic& atomic) {
  try {
    atomic.commit();
    return true;
  } catch (const sqlite::SqliteError&) {
    return false;
  }
}

}  // namespace

void ensure_keys(Client& client) {
  auto& store = client.parts().store;
  guarded([&] {
    KeyTable table(store.database());
    if (table.own()) return;
    auto keys = bundle::make_keys(store.environment());
    table.set_own({std::move(keys.sign_secret), std::move(keys.box_secret), std::move(keys.shown)});
  });
}

Exported export_bundle(Client& client) {
  auto& store = client.parts().store;
  return guarded([&] {
    client.parts().need_account();
    const auto keys = need_keys(store);
    Atomic atomic(store.database());
    store.outbox().unwait();
    store.outbox().seal();
    Exported exported;
    const auto payload = requests_of(store, exported.mutations);
    const auto device = store.device().get().id;
    exported.file = bundle::seal(bundle::Kind::Push, device, payload, keys.own, keys.server.box, store.environment());
    exported.sealed = commit_if_it_can(atomic);
    return exported;
  });
}

Imported import_answer(Client& client, std::string_view file) {
  auto& parts = client.parts();
  auto& store = parts.store;
  Imported imported;
  std::vector<Uuid> changed;
  guarded([&] {
    const auto keys = need_keys(store);
    const auto header = bundle::read_header(file);
    if (header.kind != bundle::Kind::Answer || header.recipient != bundle::fingerprint(keys.own.shown.box))
      throw ProblemError(ProblemCode::BundleOtherDevice);
    const auto payload = bundle::open(file, keys.own, keys.server.sign);
    const auto lines = bundle::lines(payload);
    if (lines.empty()) throw ProblemError(ProblemCode::BundleDamaged);
    Atomic atomic(store.database());
    take(store, lines, imported, changed);
    atomic.commit();
    scrub_if_due(store);
  });
  if (parts.listener && !changed.empty()) parts.listener({Change::Source::Sync, std::move(changed)});
  return imported;
}

}  // namespace anketa::client
