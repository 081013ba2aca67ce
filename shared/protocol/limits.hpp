// Every bound of the protocol in one place, each with its reason.
#pragma once

#include <cstddef>

namespace anketa::protocol {

/// Numbered history of the sync protocol (docs/protocol.md tells what each version changed).
/// 1: push and pull in one exchange, opaque cursors, grants and revokes, parked mutations.
inline constexpr int version = 1;
/// Oldest protocol a server still speaks: every one ever shipped.
inline constexpr int oldest_version = 1;

/// Mutations in one request: enough that a round trip costs little beside the work, small enough that the server's
/// memory stays flat (a questionnaire is about 2 KB).
inline constexpr std::size_t max_mutations = 1000;
/// Records in one page of an answer, for the same reason.
inline constexpr int max_page = 2000;
inline constexpr int default_page = 1000;
/// Bytes of mutations the client puts in one request, and of records the server puts in one page.
inline constexpr std::size_t batch_bytes = std::size_t{2} << 20;
/// Bytes of a request after decompression: a full batch of the largest single mutation on top.
inline constexpr std::size_t max_request_bytes = std::size_t{8} << 20;
/// Bytes of one mutation: a questionnaire of several hundred long answers is a tenth of it.
inline constexpr std::size_t max_mutation_bytes = std::size_t{1} << 20;
/// Mutations of one atomic group; a group must fit one request and one page.
inline constexpr int max_group = 200;
/// Points of history in a ladder: one for every doubling of the distance, back to the first mutation ever.
inline constexpr std::size_t max_ladder = 32;
/// Scopes in `sums` (a lead holds every client), records in `want`, and records in the `lists` of one answer.
inline constexpr std::size_t max_sums = 50'000;
inline constexpr std::size_t max_want = 500;
inline constexpr std::size_t max_listed = 20'000;
/// Nesting of a sync message: the envelope's four levels and a record body's own.
inline constexpr int max_depth = 40;
/// Nesting of a record's body, cells of list items included.
inline constexpr int max_body_depth = 24;
/// Members of a path and characters of a path.
inline constexpr std::size_t max_path_bytes = 512;

}  // namespace anketa::protocol
