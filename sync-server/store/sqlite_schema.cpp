#include "sync-server/store/sqlite_schema.hpp"

#include "sync-server/store/campaign_projections.hpp"
#include "sync-server/store/case_projections.hpp"
#include "sync-server/store/projections.hpp"
#include "sync-server/store/sqlite_mail.hpp"

namespace anketa::server {
namespace {

constexpr std::string_view core_sql = R"sql(
CREATE TABLE meta (key text PRIMARY KEY, value) WITHOUT ROWID;

-- Every mutation ever taken, in the order of arrival. Never changed but for the result of what waited or was parked.
CREATE TABLE journal (
  position integer PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  seq integer NOT NULL,
  status integer NOT NULL,
  version integer NOT NULL,
  hash blob NOT NULL,
  record uuid NOT NULL,
  scope uuid NOT NULL,
  device uuid NOT NULL,
  person uuid NOT NULL,
  group_id uuid,
  received_at integer NOT NULL,
  conflicts text,
  problem text,
  marks integer NOT NULL,
  text text NOT NULL);
CREATE INDEX journal_record ON journal (record);
CREATE INDEX journal_waiting ON journal (record) WHERE status = 4;
CREATE INDEX journal_waiting_group ON journal (group_id) WHERE status = 4 AND group_id IS NOT NULL;
CREATE INDEX journal_parked ON journal (position) WHERE status = 3;
CREATE INDEX journal_marked ON journal (position) WHERE marks > 0;

-- Where pieces of work ended, with the salt of everything before and the server's time; what atomic groups
-- fill; where epochs began.
CREATE TABLE history_point (seq integer PRIMARY KEY, salt integer NOT NULL, at integer NOT NULL);
CREATE TABLE history_group (first_seq integer PRIMARY KEY, last_seq integer NOT NULL);
CREATE TABLE history_epoch (epoch text PRIMARY KEY, from_seq integer NOT NULL) WITHOUT ROWID;

-- The records as they stand.
CREATE TABLE head (
  row integer PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  collection text NOT NULL,
  scope uuid NOT NULL,
  version integer NOT NULL,
  seq integer NOT NULL,
  deleted integer NOT NULL,
  set_by uuid NOT NULL,
  cells text NOT NULL,
  removed text NOT NULL,
  sum integer NOT NULL,
  body text NOT NULL);
CREATE UNIQUE INDEX head_seq ON head (seq);
CREATE INDEX head_scope ON head (scope, seq);
CREATE INDEX head_tombstone ON head (seq) WHERE deleted = 1;

-- Sums of records as the holders of a class set see them; a sum is high * 2^32 + low, mod 2^64. Scope ff…ff: of all.
CREATE TABLE scope_sum (
  scope uuid NOT NULL,
  mask integer NOT NULL,
  count integer NOT NULL,
  low integer NOT NULL,
  high integer NOT NULL,
  PRIMARY KEY (scope, mask)) WITHOUT ROWID;
-- Class sets beside the full one that somebody holds, and the records as their holders count them.
CREATE TABLE class_mask (mask integer PRIMARY KEY);
CREATE TABLE class_view (
  mask integer NOT NULL,
  record uuid NOT NULL,
  scope uuid NOT NULL,
  version integer NOT NULL,
  seq integer NOT NULL,
  sum integer NOT NULL,
  seen integer NOT NULL,
  PRIMARY KEY (mask, record)) WITHOUT ROWID;
CREATE INDEX class_view_scope ON class_view (mask, scope);

CREATE TABLE device_state (
  device uuid PRIMARY KEY,
  epoch text NOT NULL,
  generation integer NOT NULL,
  older_nonce text NOT NULL,
  nonce text NOT NULL,
  next_nonce text NOT NULL,
  honoured integer NOT NULL,
  forks integer NOT NULL,
  forked_at integer NOT NULL);
CREATE TABLE mutation_alias (
  device uuid NOT NULL, mutation uuid NOT NULL, kept uuid NOT NULL, PRIMARY KEY (device, mutation)) WITHOUT ROWID;

CREATE TABLE access_grant (
  person uuid NOT NULL,
  scope uuid NOT NULL,
  role text NOT NULL,
  classes text NOT NULL,
  from_seq integer NOT NULL,
  to_seq integer NOT NULL);
CREATE INDEX access_grant_person ON access_grant (person, scope);

CREATE TABLE account (
  person uuid PRIMARY KEY,
  login text NOT NULL UNIQUE,
  name text NOT NULL,
  role text NOT NULL,
  password_hash text NOT NULL,
  active integer NOT NULL);
CREATE TABLE device (
  id uuid PRIMARY KEY,
  person uuid NOT NULL,
  name text NOT NULL,
  registered_at integer NOT NULL,
  last_seen integer NOT NULL,
  revoked integer NOT NULL,
  forked_from uuid);
CREATE INDEX device_person ON device (person);
CREATE TABLE token_family (
  id uuid PRIMARY KEY,
  device uuid NOT NULL,
  person uuid NOT NULL,
  used integer NOT NULL,
  opened_at integer NOT NULL,
  expires_at integer NOT NULL,
  revoked integer NOT NULL);
CREATE INDEX token_family_device ON token_family (device);
)sql";

/// Keys of sync by file.
constexpr std::string_view keys_sql = R"sql(
ALTER TABLE device ADD COLUMN sign_key blob;
ALTER TABLE device ADD COLUMN box_key blob;
)sql";

/// Who had what erased, and the mutations that held it; and what became of revoked devices.
constexpr std::string_view erasure_sql = R"sql(
CREATE TABLE erasure (
  row integer PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  at integer NOT NULL,
  by_whom text NOT NULL,
  why text NOT NULL,
  record uuid NOT NULL,
  collection text NOT NULL,
  paths text NOT NULL);
CREATE INDEX erasure_record ON erasure (record);
CREATE TABLE erased_mutation (
  mutation uuid NOT NULL, erasure uuid NOT NULL, hash blob NOT NULL, PRIMARY KEY (mutation, erasure)) WITHOUT ROWID;
CREATE INDEX erased_mutation_erasure ON erased_mutation (erasure);
ALTER TABLE device ADD COLUMN revoked_at integer NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN revoked_by text NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN handed_over_at integer NOT NULL DEFAULT 0;
)sql";

/// What the projections of campaigns take from records that were there before them.
constexpr std::string_view campaign_fill_sql = R"sql(
UPDATE p_client SET income_year = (SELECT body ->> '$.income_year' FROM head WHERE head.id = p_client.id);
INSERT INTO p_interaction (id, client, person, kind, day, informal, offer_made)
  SELECT id, scope, unhex(body ->> '$.user', '-'), body ->> '$.kind', body ->> '$.date', body ->> '$.informal',
    body ->> '$.offer_made' FROM head WHERE collection = 'interaction' AND deleted = 0;
)sql";

/// Addresses under which phones read their calendars (AccountStore::put_calendar_feed).
constexpr std::string_view calendar_sql = R"sql(
CREATE TABLE calendar_feed (person uuid PRIMARY KEY, digest blob NOT NULL UNIQUE, made_at integer NOT NULL);
)sql";

/// What the register takes from cases that were there before it.
constexpr std::string_view case_fill_sql = R"sql(
UPDATE p_case SET contact = (SELECT body ->> '$.confirming_contact' FROM head WHERE head.id = p_case.id),
  confirmed_by = (SELECT body ->> '$.confirmed_by' FROM head WHERE head.id = p_case.id);
)sql";

/// Versions of the programs on devices.
constexpr std::string_view program_sql = "ALTER TABLE device ADD COLUMN program text NOT NULL DEFAULT ''";

/// Chains of mutations are followed without reading them.
constexpr std::string_view chain_sql = R"sql(
ALTER TABLE journal ADD COLUMN prev uuid;
UPDATE journal SET prev = unhex(text ->> '$.prev', '-') WHERE text ->> '$.prev' IS NOT NULL;
DROP INDEX journal_waiting;
CREATE INDEX journal_waiting ON journal (record, prev) WHERE status = 4;
)sql";

}  // namespace

const std::vector<sqlite::Migration>& sqlite_migrations() {
  static const std::string first = std::string(core_sql) + std::string(projection_schema_sql());
  static const std::string campaign =
      std::string(campaign_projection_sql()) + std::string(campaign_fill_sql) + std::string(calendar_sql);
  static const std::string quality =
      std::string(case_projection_sql()) + std::string(case_fill_sql) + std::string(mail_schema_sql());
  static const std::vector<sqlite::Migration> all{{1, first},   {2, keys_sql},    {3, erasure_sql}, {4, campaign},
                                                  {5, quality}, {6, program_sql}, {7, chain_sql}};
  return all;
}

}  // namespace anketa::server
