#include "client-core/store/schema_versions.hpp"

#include <array>

namespace anketa::client {
namespace {

// content: bodies, apart from the small rows that change at every acknowledgement, so that confirming ten thousand
// records rewrites kilobytes and not the records themselves.
// record.server and record.view name rows of content; view is NULL where no own edit is pending: then the user sees the
// server's state. server is NULL while the server has not seen the record.
// record.server_hash and record.view_hash are protocol::hash64 of these bodies, record.sum is protocol::record_sum of
// what the server has, where it counts: then the triggers keep its total (high * 2^32 + low, mod 2^64) without reading
// rows. record.key is never used again: retained mutations name it after the record has gone. outbox.state: see
// OutboxState. Texts are apart for the same reason as bodies.
constexpr std::string_view version_1 = R"sql(
CREATE TABLE device(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id BLOB NOT NULL,
  generation INTEGER NOT NULL,
  counter INTEGER NOT NULL DEFAULT 0,
  clock INTEGER NOT NULL DEFAULT 0,
  nonce TEXT NOT NULL DEFAULT '',
  next_nonce TEXT NOT NULL,
  epoch TEXT NOT NULL DEFAULT '',
  cursor TEXT NOT NULL DEFAULT '',
  backup_seq INTEGER NOT NULL DEFAULT 0,
  rewound INTEGER NOT NULL DEFAULT 0,
  fork_id BLOB,
  told INTEGER NOT NULL DEFAULT 0,
  honoured INTEGER NOT NULL DEFAULT 0,
  unmatched TEXT NOT NULL DEFAULT '',
  last_sync INTEGER
);
CREATE TABLE ladder(
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  salt INTEGER NOT NULL,
  PRIMARY KEY(epoch, seq)
) WITHOUT ROWID;
CREATE TABLE account(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  user BLOB NOT NULL,
  login TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  server TEXT NOT NULL,
  access TEXT NOT NULL,
  refresh TEXT NOT NULL
);
CREATE TABLE content(
  key INTEGER PRIMARY KEY,
  by BLOB NOT NULL,
  deleted INTEGER NOT NULL,
  body TEXT NOT NULL,
  cells TEXT NOT NULL,
  removed TEXT NOT NULL
);
CREATE TABLE record(
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id BLOB NOT NULL UNIQUE,
  collection TEXT NOT NULL,
  scope BLOB NOT NULL,
  version INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  pending INTEGER NOT NULL,
  hidden INTEGER NOT NULL DEFAULT 0,
  stale INTEGER NOT NULL DEFAULT 0,
  server INTEGER,
  view INTEGER,
  server_hash INTEGER,
  view_hash INTEGER,
  sum INTEGER
);
CREATE TABLE content_total(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL
);
INSERT INTO content_total VALUES(1, 0, 0, 0);
CREATE TRIGGER total_of_new AFTER INSERT ON record WHEN new.sum IS NOT NULL BEGIN
  UPDATE content_total SET count = count + 1, low = low + (new.sum & 4294967295),
    high = high + ((new.sum >> 32) & 4294967295);
END;
CREATE TRIGGER total_of_gone AFTER DELETE ON record WHEN old.sum IS NOT NULL BEGIN
  UPDATE content_total SET count = count - 1, low = low - (old.sum & 4294967295),
    high = high - ((old.sum >> 32) & 4294967295);
END;
CREATE TRIGGER total_of_changed AFTER UPDATE OF sum ON record WHEN old.sum IS NOT new.sum BEGIN
  UPDATE content_total SET count = count + (new.sum IS NOT NULL) - (old.sum IS NOT NULL),
    low = low + (coalesce(new.sum, 0) & 4294967295) - (coalesce(old.sum, 0) & 4294967295),
    high = high + ((coalesce(new.sum, 0) >> 32) & 4294967295) - ((coalesce(old.sum, 0) >> 32) & 4294967295);
END;
CREATE INDEX record_by_collection ON record(collection);
CREATE INDEX record_by_scope ON record(scope);
CREATE INDEX record_hidden ON record(hidden) WHERE hidden = 1;
CREATE INDEX record_stale ON record(stale) WHERE stale = 1;
CREATE TABLE outbox(
  counter INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  record INTEGER NOT NULL,
  state INTEGER NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0,
  group_id BLOB,
  problem TEXT
);
CREATE INDEX outbox_unsent ON outbox(state) WHERE state < 2;
CREATE INDEX outbox_of_record ON outbox(record) WHERE state < 4;
CREATE TABLE outbox_text(
  counter INTEGER PRIMARY KEY,
  text TEXT NOT NULL
);
CREATE TABLE grant_in_force(
  scope BLOB PRIMARY KEY,
  role TEXT NOT NULL,
  classes TEXT NOT NULL,
  since INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE revoked_scope(scope BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5(
  words, content='', contentless_delete=1, prefix='3', tokenize='unicode61 remove_diacritics 0'
);
)sql";

// Contents of attachments in chunks of one size, the last one shorter. blob.state: see BlobState.
constexpr std::string_view version_2 = R"sql(
CREATE TABLE blob(
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  scope BLOB NOT NULL,
  sha256 TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  held INTEGER NOT NULL,
  state INTEGER NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  upload TEXT NOT NULL DEFAULT '',
  problem TEXT,
  UNIQUE (scope, sha256)
);
CREATE INDEX blob_to_upload ON blob(state) WHERE state = 0;
CREATE TABLE blob_chunk(
  blob INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (blob, number)
);
)sql";

// Keys of sync by file; whether an erasure still asks for the file to be written anew.
constexpr std::string_view version_3 = R"sql(
CREATE TABLE own_key(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sign_secret BLOB NOT NULL,
  box_secret BLOB NOT NULL,
  sign BLOB NOT NULL,
  box BLOB NOT NULL
);
CREATE TABLE due_scrub(one INTEGER PRIMARY KEY CHECK (one = 1));
CREATE TABLE server_key(
  one INTEGER PRIMARY KEY CHECK (one = 1),
  sign BLOB NOT NULL,
  box BLOB NOT NULL
);
)sql";

constexpr std::array<sqlite::Migration, 3> all{{{1, version_1}, {2, version_2}, {3, version_3}}};

}  // namespace

std::span<const sqlite::Migration> migrations() {
  return all;
}

}  // namespace anketa::client
