#include "sync-server/bundle/bundle_import.hpp"

#include "shared/bundle/bundle.hpp"
#include "shared/protocol/answer_view.hpp"
#include "shared/protocol/limits.hpp"
#include "shared/record/mutation.hpp"

namespace anketa::server {
namespace {

/// An answer that comes near the bound of a file ends between two pages; the next exchange goes on from there.
constexpr std::size_t enough_bytes = bundle::max_bytes - 2 * protocol::max_request_bytes;

/// What each edit of the file says, so that a device which was set back since can tell whose result it holds.
Json edits_of(const std::vector<std::string_view>& lines) {
  Json edits = Json::object();
  for (const auto& line : lines)
    for (const auto& mutation : protocol::decode_request(line).mutations)
      edits[string_or_empty(mutation, "id")] = hex(mutation_hash(canonical(mutation)));
  return edits;
}

}  // namespace

BundleImport::BundleImport(Store& store, SyncService& sync, Environment& environment, bundle::KeySet keys)
    : store_(store), sync_(sync), environment_(environment), keys_(std::move(keys)) {}

Device BundleImport::need_device(const Uuid& id) {
  auto device = store_.accounts().device(id);
  if (!device || !device->keys) throw ProblemError(ProblemCode::BundleNoKeys);
  if (device->revoked) throw ProblemError(ProblemCode::DeviceRevoked);
  return std::move(*device);
}

BundleImported BundleImport::import(std::string_view file) {
  const auto header = bundle::read_header(file);
  if (header.kind != bundle::Kind::Push || header.recipient != bundle::fingerprint(keys_.shown.box))
    throw ProblemError(ProblemCode::BundleOtherServer);
  const auto device = need_device(header.device);
  const auto payload = bundle::open(file, keys_, device.keys->sign);
  const auto account = store_.accounts().account(device.user);
  if (!account || !account->active) throw ProblemError(ProblemCode::Forbidden, {}, "account");

  BundleImported imported{*account, device.id, {}, {}};
  const auto lines = bundle::lines(payload);
  if (lines.empty()) throw ProblemError(ProblemCode::BundleDamaged);
  const auto first = parse_json(lines.front(), {bundle::max_bytes, protocol::max_depth});
  const Json from{{"epoch", string_or_empty(first, "epoch")}, {"cursor", string_or_empty(first, "cursor")}};
  std::string answers = canonical({{"from", from}, {"edits", edits_of(lines)}});
  const Author author{account->user, device.id, account->role};
  for (auto& answer : sync_.exchange_file(author, lines, enough_bytes)) {
    auto head = protocol::view_answer(answer).head;
    imported.results.insert(imported.results.end(), head.results.begin(), head.results.end());
    answers += "\n" + answer;
  }
  imported.answer = bundle::seal(bundle::Kind::Answer, device.id, answers, keys_, device.keys->box, environment_);
  return imported;
}

}  // namespace anketa::server
