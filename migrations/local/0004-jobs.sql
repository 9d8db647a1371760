-- Long work that survives an end of the app, and what waits for a person's review. All of it this machine's own.

CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'partial', 'failed', 'cancelled')),
  -- JSON, as the kind wants it; `checkpoint`: where it goes on after an end of the app.
  input TEXT NOT NULL,
  checkpoint TEXT,
  done INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  -- 0 while it is not known.
  total INTEGER NOT NULL DEFAULT 0,
  -- JSON: what came of it, by name.
  counts TEXT NOT NULL DEFAULT '{}',
  -- Why it waits or failed, in words for people.
  problem TEXT,
  -- Tries since it last came further.
  attempts INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT,
  created_at TEXT NOT NULL,
  started_at TEXT,
  ended_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX jobs_by_state ON jobs (state, kind);

-- The things that a job works through one by one, where it does; of a job that counts pages, only what failed.
CREATE TABLE job_items (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  item TEXT NOT NULL,
  position INTEGER NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  problem TEXT,
  PRIMARY KEY (job_id, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_items_by_state ON job_items (job_id, state, position);

-- Talking points that a model wrote and nobody has looked at yet. `flags` is JSON: claims that the product's data does not bear.
CREATE TABLE point_proposals (
  id TEXT PRIMARY KEY,
  product_id TEXT NOT NULL,
  job_id TEXT NOT NULL,
  text TEXT NOT NULL,
  model TEXT NOT NULL,
  flags TEXT NOT NULL DEFAULT '[]',
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX point_proposals_by_product ON point_proposals (product_id);

-- What changed in each product by a run of the Shopify sync, for its report. `changes` is JSON: [{name, before, after}].
CREATE TABLE shopify_changes (
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  product_id TEXT NOT NULL,
  name TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('created', 'updated', 'archived', 'held')),
  changes TEXT NOT NULL,
  PRIMARY KEY (job_id, product_id)
) STRICT, WITHOUT ROWID;

-- Shopify's ids are looked up page by page.
CREATE INDEX products_by_shopify_id ON products (shopify_id) WHERE shopify_id IS NOT NULL;
