// The mutants: every way in which the test build can break the product, and the seed that shows it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "tools/simulation/violation.hpp"

namespace anketa::simulation {

struct Mutant {
  std::string_view name;
  std::string_view what;
  /// A seed of 500 steps that catches it, found by running seeds from 1 on; 0: none found yet.
  std::uint64_t seed;
};

inline constexpr std::array<Mutant, 41> mutants{{
    {"acknowledged_forgotten", "a device forgets acknowledged edits that no backup covers", 1},
    {"answered_before_durable", "the server answers before its commit is on the disk", 1},
    {"base_from_cursor", "what an author saw is taken from his cursor, not from what his edit says", 1},
    {"checksum_ignores_version", "a device sums contents without their versions", 1},
    {"classes_ignored", "records are sent with every class of fields", 1},
    {"clock_decides", "the later clock wins a cell", 1},
    {"conflict_side_dropped", "the side of a conflict that is not in effect is dropped", 1},
    {"contents_not_offered", "devices do not give back the contents that a restored server has lost", 128},
    {"cursor_before_rows", "the cursor is stored before the rows of its page", 2},
    {"deduplicated_by_counter", "a mutation counts as known by its device and counter", 2},
    {"deduplicated_without_hash", "a mutation counts as known by its id, whatever it says", 2},
    {"deletion_beats_edit", "a record is deleted over an edit its deleter had not seen", 1},
    {"device_not_synced", "a device's commits return before they are on its disk", 1},
    {"edit_of_deleted_lost", "an edit of a record somebody else has deleted does not bring it back", 2},
    {"epoch_ignored", "a restored server takes cursors of its former history", 1},
    {"erasure_ignored", "a device keeps what was erased", 2},
    {"handed_over_forgotten", "a restore does not bring back what a revoked device handed over", 9},
    {"item_removal_beats_edit", "a list item is removed over an edit its remover had not seen", 2},
    {"joining_drops_edit", "an edit that joins an open mutation takes another cell's place in it", 1},
    {"joins_sealed", "an edit joins a mutation that may have been sent", 1},
    {"ledger_not_replayed", "a restored server forgets what was erased since its backup", 4},
    {"lower_seq_committed_later", "the cursor passes a place in history that is not filled yet", 1},
    {"merged_record_not_sent", "an author is not sent what his edit was merged with", 1},
    {"nonce_not_rotated", "a device keeps its nonce after an answer, and so has no history of its own", 20},
    {"not_backfilled", "what a taker may see from now on is not sent for the past", 1},
    {"not_pushed_after_restore", "devices do not push again what a restored server has lost", 1},
    {"outbox_cleared_on_send", "an edit counts as delivered once it is sent", 1},
    {"page_skips_row", "the row at the end of a full page is left out", 1},
    {"parked_blocks_others", "a refused edit holds the others up", 1},
    {"part_viewer_not_told", "who sees a part of a record does not learn that his edit is not in effect", 46},
    {"partial_group_applied", "of an atomic group, what can be applied is", 30},
    {"pull_overwrites_edit", "a pull takes the place of an edit that is not pushed", 1},
    {"purge_before_push", "a revoked client's rows go with edits that are not pushed", 2},
    {"remove_beats_add", "removing an element of a set beats an add that was not seen", 2},
    {"revoke_ignored", "a device keeps what it may not see any more", 1},
    {"text_of_last_writer", "the last writer's long text replaces what others wrote", 1},
    {"typed_over_unseen_value", "an edit replaces a value its author had not seen", 1},
    {"unseen_side_closed", "settling a conflict closes sides that came later", 1},
    {"version_not_raised", "a record changes without a new version", 1},
    {"waiting_not_woken", "what waited for an edit goes on waiting once it is there", 9},
    {"wiped_before_handover", "a revoked device forgets its work without handing it over", 1},
}};

}  // namespace anketa::simulation
