// Sync by file on the device: its outbox into a file for the server, and the server's answer out of one.
//
// Model: a file holds the same requests that a sync would send. Exporting seals what is open, as a first attempt to
// send does; nothing else changes, so the same work may go out again by file or by network, and counts once. An answer
// goes on from where the device stood when it exported: the device takes all of it if it stands there still. Where it
// has gone on meanwhile, it takes the results only; what the answer holds of records it has or gets by its next sync.
// Thread safety: as the Client's.
#pragma once

#include <string>
#include <string_view>

#include "anketa/client.hpp"

namespace anketa::client {

/// Makes the device's keys, where it has none, so that the log-in that follows registers them. Throws ProblemError.
void ensure_keys(Client& client);

struct Exported {
  std::string file;
  std::uint64_t mutations = 0;
  /// False where the disk takes nothing any more: then what is edited later may go on in a mutation that is in the
  /// file, under one id, and the server keeps both, as it does those of two copies of a device.
  bool sealed = true;
};
/// Throws ProblemError: NotLoggedIn, BundleNoKeys where no log-in has told the server's keys yet, TooLarge.
Exported export_bundle(Client& client);

struct Imported {
  Summary summary;
  /// The device had gone on since it exported.
  bool overtaken = false;
};
/// Throws ProblemError, having changed nothing: BundleDamaged, BundleNewer, BundleOtherDevice, BundleNoKeys, BadAnswer,
/// DiskFull.
Imported import_answer(Client& client, std::string_view file);

}  // namespace anketa::client
