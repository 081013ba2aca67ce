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

inline constexpr std::array<Mutant, 34> mutants{{
    {"acknowledged_forgotten", "a device forgets acknowledged edits that no backup covers", 0},
    {"answered_before_durable", "the server answers before its commit is on the disk", 0},
    {"base_from_cursor", "what an author saw is taken from his cursor, not from what his edit says", 0},
    {"classes_ignored", "records are sent with every class of fields", 0},
    {"clock_decides", "the later clock wins a cell", 0},
    {"conflict_side_dropped", "the side of a conflict that is not in effect is dropped", 0},
    {"cursor_before_rows", "the cursor is stored before the rows of its page", 0},
    {"deduplicated_by_counter", "a mutation counts as known by its device and counter", 0},
    {"deduplicated_without_hash", "a mutation counts as known by its id, whatever it says", 0},
    {"deletion_beats_edit", "a record is deleted over an edit its deleter had not seen", 0},
    {"device_not_synced", "a device's commits return before they are on its disk", 0},
    {"edit_of_deleted_lost", "an edit of a record somebody else has deleted does not bring it back", 0},
    {"epoch_ignored", "a restored server takes cursors of its former history", 0},
    {"item_removal_beats_edit", "a list item is removed over an edit its remover had not seen", 0},
    {"joining_drops_edit", "an edit that joins an open mutation takes another cell's place in it", 0},
    {"joins_sealed", "an edit joins a mutation that may have been sent", 0},
    {"lower_seq_committed_later", "the cursor passes a place in history that is not filled yet", 0},
    {"merged_record_not_sent", "an author is not sent what his edit was merged with", 0},
    {"nonce_not_rotated", "a device keeps its nonce after an answer, and so has no history of its own", 0},
    {"not_backfilled", "what a taker may see from now on is not sent for the past", 0},
    {"not_pushed_after_restore", "devices do not push again what a restored server has lost", 0},
    {"outbox_cleared_on_send", "an edit counts as delivered once it is sent", 0},
    {"page_splits_group", "a full page ends in the midst of an atomic group", 0},
    {"page_skips_row", "the row at the end of a full page is left out", 0},
    {"parked_blocks_others", "a refused edit holds the others up", 0},
    {"partial_group_applied", "of an atomic group, what can be applied is", 0},
    {"pull_overwrites_edit", "a pull takes the place of an edit that is not pushed", 0},
    {"purge_before_push", "a revoked client's rows go with edits that are not pushed", 0},
    {"remove_beats_add", "removing an element of a set beats an add that was not seen", 0},
    {"revoke_ignored", "a device keeps what it may not see any more", 0},
    {"text_of_last_writer", "the last writer's long text replaces what others wrote", 0},
    {"typed_over_unseen_value", "an edit replaces a value its author had not seen", 0},
    {"unseen_side_closed", "settling a conflict closes sides that came later", 0},
    {"version_not_raised", "a record changes without a new version", 0},
}};

}  // namespace anketa::simulation
