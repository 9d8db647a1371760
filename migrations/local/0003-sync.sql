-- What the sync engine keeps. Rule ids: src/main/sync/SPEC.md.

-- Single values by name: who this client is, how far it has come.
CREATE TABLE sync_state (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- P1: one row per changed row of a local write. `tx` is the first id of its transaction. `base` and `patch` are JSON of the
-- changed columns as they are here. `acked_at`: when a pull confirmed it (L3); until then it is pending.
CREATE TABLE sync_outbox (
  id INTEGER PRIMARY KEY,
  tx INTEGER NOT NULL,
  entity TEXT NOT NULL,
  row_id TEXT NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
  base TEXT NOT NULL,
  patch TEXT NOT NULL,
  seen INTEGER NOT NULL,
  offline INTEGER NOT NULL,
  at TEXT NOT NULL,
  -- The version of the local schema that the payload speaks.
  version INTEGER NOT NULL,
  crc INTEGER NOT NULL,
  acked_at TEXT
) STRICT;
CREATE INDEX sync_outbox_pending ON sync_outbox (entity, row_id) WHERE acked_at IS NULL;
CREATE INDEX sync_outbox_waiting ON sync_outbox (id, tx) WHERE acked_at IS NULL;
CREATE INDEX sync_outbox_acked ON sync_outbox (acked_at) WHERE acked_at IS NOT NULL;

-- L4: what the server holds of rows that have pending mutations; NULL = it has no such row. With a rowid: whole rows kept in the
-- order of their ids would have pages split at every other edit.
CREATE TABLE sync_base (
  entity TEXT NOT NULL,
  row_id TEXT NOT NULL,
  row TEXT,
  PRIMARY KEY (entity, row_id)
) STRICT;

-- F6: deletions that wait for consent. The rows are still here.
CREATE TABLE sync_held (
  entity TEXT NOT NULL,
  row_id TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (entity, row_id)
) STRICT, WITHOUT ROWID;

-- L6: rows of the server that do not fit here.
CREATE TABLE sync_aside (
  entity TEXT NOT NULL,
  row_id TEXT NOT NULL,
  body TEXT NOT NULL,
  problem TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (entity, row_id)
) STRICT, WITHOUT ROWID;

-- Written by the server, shared with the team. `fields`, `mutations`, `resolution` and `image` are JSON.
CREATE TABLE conflicts (
  id TEXT PRIMARY KEY,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  session_id TEXT,
  kind TEXT NOT NULL,
  fields TEXT NOT NULL,
  mutations TEXT NOT NULL,
  client_id TEXT NOT NULL,
  device TEXT NOT NULL,
  parked_at TEXT NOT NULL,
  other_device TEXT NOT NULL,
  other_at TEXT NOT NULL,
  opened_rev INTEGER NOT NULL,
  status TEXT NOT NULL,
  resolution TEXT,
  resolved_by TEXT,
  resolved_at TEXT,
  image TEXT,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conflicts_by_status ON conflicts (status, created_at);
CREATE INDEX conflicts_by_row ON conflicts (entity, entity_id);

CREATE TABLE conflict_log (
  id TEXT PRIMARY KEY,
  entity TEXT NOT NULL,
  entity_id TEXT NOT NULL,
  session_id TEXT,
  decision TEXT NOT NULL,
  detail TEXT,
  fields TEXT NOT NULL,
  image TEXT,
  device TEXT NOT NULL,
  made_at TEXT NOT NULL,
  other_device TEXT NOT NULL,
  other_at TEXT,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX conflict_log_by_time ON conflict_log (created_at);
