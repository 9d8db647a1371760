-- The local database. Times are ISO 8601 in UTC, money is integer cents, booleans are 0 or 1, lists and objects are JSON.
-- Business fields carry no UNIQUE constraint: what another desktop made must always be storable here.
-- Foreign keys are deferred: one transaction may bring rows in any order.

CREATE TABLE brands (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  notes TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX brands_by_name ON brands (name COLLATE NOCASE);

CREATE TABLE products (
  -- `key` is this machine's own short row number, for search indexes; `id` is what the team shares.
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  brand_id TEXT NOT NULL REFERENCES brands (id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  handle TEXT,
  description_html TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('active', 'draft', 'archived')),
  -- What the buyer pays now, and the struck-through "was".
  price_cents INTEGER,
  compare_at_price_cents INTEGER,
  sku TEXT,
  pid TEXT,
  shopify_id TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  talking_points_md TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL CHECK (source IN ('manual', 'shopify', 'sample')),
  -- What Shopify last said, by field name; NULL where the product is not from Shopify.
  shopify_values TEXT,
  -- The names of the fields that a person took over from Shopify.
  overridden TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX products_by_name ON products (name COLLATE NOCASE, id);
CREATE INDEX products_by_price ON products (price_cents, id);
CREATE INDEX products_by_updated ON products (updated_at, id);
CREATE INDEX products_by_brand ON products (brand_id);
CREATE INDEX products_by_sku ON products (sku COLLATE NOCASE);
CREATE INDEX products_by_pid ON products (pid);
CREATE INDEX products_by_handle ON products (handle);

CREATE TABLE product_variants (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL REFERENCES products (id) DEFERRABLE INITIALLY DEFERRED,
  title TEXT NOT NULL,
  sku TEXT,
  barcode TEXT,
  price_cents INTEGER,
  compare_at_price_cents INTEGER,
  options TEXT NOT NULL DEFAULT '[]',
  position INTEGER NOT NULL,
  stock INTEGER,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX product_variants_by_product ON product_variants (product_id, position);
CREATE INDEX product_variants_by_sku ON product_variants (sku COLLATE NOCASE);

CREATE TABLE product_images (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL REFERENCES products (id) DEFERRABLE INITIALLY DEFERRED,
  -- The address that the product names; NULL for a picture that a person added from a file.
  source_url TEXT,
  -- Who brought it: a picture of Shopify's goes when Shopify no longer names it.
  origin TEXT NOT NULL CHECK (origin IN ('shopify', 'person', 'sample')),
  alt TEXT NOT NULL DEFAULT '',
  -- 1 once a person wrote the text: imports then leave it alone. Order and primary likewise, by 'images.order' and
  -- 'images.primary' in the product's `overridden`.
  alt_by_person INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL,
  is_primary INTEGER NOT NULL DEFAULT 0,
  thumbhash TEXT,
  colour TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX product_images_by_product ON product_images (product_id, position);
CREATE INDEX product_images_by_source ON product_images (source_url);

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  brand_id TEXT REFERENCES brands (id) DEFERRABLE INITIALLY DEFERRED,
  name TEXT NOT NULL,
  slug TEXT NOT NULL,
  notes TEXT NOT NULL DEFAULT '',
  code TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL CHECK (status IN ('draft', 'ready', 'rehearsal', 'live', 'ended', 'archived')),
  -- The status that comes back when it leaves the archive.
  status_before_archive TEXT,
  scheduled_at TEXT,
  -- When the numbers of its items stopped following the order; NULL while they do.
  numbers_frozen_at TEXT,
  -- The highest number ever given out since then: a number that was seen never comes back as another item. Not undone.
  highest_number INTEGER,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_updated ON sessions (updated_at);

CREATE TABLE session_products (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED,
  product_id TEXT NOT NULL REFERENCES products (id) DEFERRABLE INITIALLY DEFERRED,
  -- Fractional index; compared bytewise, ties by id.
  order_key TEXT NOT NULL,
  -- NULL while the session's numbers follow the order.
  number INTEGER,
  section TEXT,
  skip INTEGER NOT NULL DEFAULT 0,
  notes TEXT NOT NULL DEFAULT '',
  override_name TEXT,
  override_talking_points_md TEXT,
  override_price_cents INTEGER,
  override_compare_at_price_cents INTEGER,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_products_in_order ON session_products (session_id, order_key, id);
CREATE INDEX session_products_by_product ON session_products (product_id);

CREATE TABLE session_states (
  -- The session's id.
  id TEXT PRIMARY KEY REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED,
  mode TEXT NOT NULL CHECK (mode IN ('off', 'rehearsal', 'live')),
  current_item_id TEXT,
  image_index INTEGER NOT NULL DEFAULT 0,
  -- What the host reads: JSON of HostCard, and as `place` the order key under which its item was last seen.
  card TEXT,
  next_item_id TEXT,
  blank INTEGER NOT NULL DEFAULT 0,
  notes_shown INTEGER NOT NULL DEFAULT 0,
  image_full INTEGER NOT NULL DEFAULT 0,
  guard INTEGER NOT NULL DEFAULT 0,
  -- JSON of LiveMessage.
  message TEXT,
  -- JSON of ItemTimer, as it was at its own `at`.
  timer TEXT NOT NULL,
  -- JSON list of the item ids shown before, newest last.
  history TEXT NOT NULL DEFAULT '[]',
  started_at TEXT,
  item_started_at TEXT,
  -- The session's status that comes back when its rehearsal ends; NULL outside of one.
  status_before TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE talking_points (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL REFERENCES products (id) DEFERRABLE INITIALLY DEFERRED,
  text TEXT NOT NULL,
  author_kind TEXT NOT NULL CHECK (author_kind IN ('person', 'model')),
  author_name TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX talking_points_by_product ON talking_points (product_id, created_at);

CREATE TABLE message_presets (
  id TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  color TEXT NOT NULL,
  clear_after_seconds INTEGER,
  order_key TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- From here on: this machine's own, never shared with the team.

CREATE TABLE live_messages (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  text TEXT NOT NULL,
  color TEXT NOT NULL,
  at TEXT NOT NULL,
  clear_at TEXT,
  acknowledged_at TEXT,
  cleared_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX live_messages_by_session ON live_messages (session_id, at);

-- What the data dir holds of a product's picture. A row without its file is fetched again.
CREATE TABLE media_files (
  image_id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'failed')),
  -- Name in the media folder: SHA-256 of the content and its ending.
  file TEXT,
  bytes INTEGER,
  width INTEGER,
  height INTEGER,
  problem TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_files_by_state ON media_files (state, next_try_at);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
