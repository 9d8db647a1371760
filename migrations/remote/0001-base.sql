-- The team's database: the domain tables, and what makes every change of them findable in the order of its commit.
-- Plain PostgreSQL 15 to 18, no extension, no superuser. Rule ids: src/main/sync/SPEC.md.

-- Roles belong to the whole server: another of its databases may have made it, or be making it right now.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hudson_app') THEN CREATE ROLE hudson_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

CREATE TABLE brands (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  slug text NOT NULL DEFAULT '',
  notes text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE products (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  brand_id uuid NOT NULL REFERENCES brands (id) DEFERRABLE INITIALLY IMMEDIATE,
  name text NOT NULL,
  handle text,
  description_html text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'draft', 'archived')),
  -- What the buyer pays now, and the struck-through "was".
  price_cents integer,
  compare_at_price_cents integer,
  sku text,
  pid text,
  shopify_id text,
  tags jsonb NOT NULL DEFAULT '[]',
  talking_points_md text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT 'manual' CHECK (source IN ('manual', 'shopify', 'sample')),
  -- JSON as text: what Shopify last said, byte for byte.
  shopify_values text,
  overridden jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX products_by_brand ON products (brand_id);

CREATE TABLE product_variants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  title text NOT NULL DEFAULT '',
  sku text,
  barcode text,
  price_cents integer,
  compare_at_price_cents integer,
  options jsonb NOT NULL DEFAULT '[]',
  position integer NOT NULL DEFAULT 1,
  stock integer,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX product_variants_by_product ON product_variants (product_id);

CREATE TABLE product_images (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  source_url text,
  origin text NOT NULL DEFAULT 'person' CHECK (origin IN ('shopify', 'person', 'sample')),
  alt text NOT NULL DEFAULT '',
  alt_by_person boolean NOT NULL DEFAULT false,
  position integer NOT NULL DEFAULT 1,
  is_primary boolean NOT NULL DEFAULT false,
  thumbhash text,
  colour text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX product_images_by_product ON product_images (product_id);

CREATE TABLE sessions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  brand_id uuid REFERENCES brands (id) ON DELETE SET NULL DEFERRABLE INITIALLY IMMEDIATE,
  name text NOT NULL,
  slug text NOT NULL DEFAULT '',
  notes text NOT NULL DEFAULT '',
  code text NOT NULL DEFAULT '',
  status text NOT NULL DEFAULT 'draft'
    CHECK (status IN ('draft', 'ready', 'rehearsal', 'live', 'ended', 'archived')),
  status_before_archive text,
  scheduled_at timestamptz(3),
  numbers_frozen_at timestamptz(3),
  highest_number integer,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX sessions_by_brand ON sessions (brand_id);

CREATE TABLE session_products (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  -- The app never deletes a product that a line-up uses (R6). Whoever does it by hand means it.
  product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  order_key text COLLATE "C" NOT NULL,
  number integer,
  section text,
  skip boolean NOT NULL DEFAULT false,
  notes text NOT NULL DEFAULT '',
  override_name text,
  override_talking_points_md text,
  override_price_cents integer,
  override_compare_at_price_cents integer,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX session_products_in_order ON session_products (session_id, order_key, id);
CREATE INDEX session_products_by_product ON session_products (product_id);

CREATE TABLE session_states (
  id uuid PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  mode text NOT NULL DEFAULT 'off' CHECK (mode IN ('off', 'rehearsal', 'live')),
  current_item_id uuid,
  image_index integer NOT NULL DEFAULT 0,
  -- JSON as text, as the app wrote it: card, message, timer, history.
  card text,
  next_item_id uuid,
  blank boolean NOT NULL DEFAULT false,
  notes_shown boolean NOT NULL DEFAULT false,
  image_full boolean NOT NULL DEFAULT false,
  guard boolean NOT NULL DEFAULT false,
  message text,
  timer text NOT NULL,
  history text NOT NULL DEFAULT '[]',
  started_at timestamptz(3),
  item_started_at timestamptz(3),
  status_before text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE talking_points (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE DEFERRABLE INITIALLY IMMEDIATE,
  text text NOT NULL,
  author_kind text NOT NULL DEFAULT 'person' CHECK (author_kind IN ('person', 'model')),
  author_name text NOT NULL DEFAULT '',
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX talking_points_by_product ON talking_points (product_id, created_at);

CREATE TABLE message_presets (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  text text NOT NULL,
  color text NOT NULL DEFAULT 'amber',
  clear_after_seconds integer,
  order_key text COLLATE "C" NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- What two desktops did to one thing and a person has to decide. `fields`: [{name, base, parked, standing}], names of
-- columns; `parked` is what `client_id` wanted, `standing` what the server held then. `mutations`: what waits for the
-- decision of a `delete` conflict. `opened_rev` tells edits that were made without knowledge of it. `image`: the row, where it
-- is gone.
CREATE TABLE conflicts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  entity text NOT NULL,
  entity_id uuid NOT NULL,
  session_id uuid,
  kind text NOT NULL CHECK (kind IN ('field', 'delete', 'order', 'live')),
  fields jsonb NOT NULL DEFAULT '[]',
  mutations jsonb NOT NULL DEFAULT '[]',
  client_id uuid NOT NULL,
  device text NOT NULL,
  parked_at timestamptz(3) NOT NULL,
  other_device text NOT NULL,
  other_at timestamptz(3) NOT NULL,
  opened_rev bigint NOT NULL,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'resolved')),
  resolution jsonb,
  resolved_by text,
  resolved_at timestamptz(3),
  image jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX conflicts_open ON conflicts (entity, entity_id) WHERE status = 'open';

-- What was decided without asking. `fields`: [{name, base, mine, theirs, kept}]; `image`: a whole row that is gone, with what
-- fell with it as `parts`: [{e, i, p}].
CREATE TABLE conflict_log (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  entity text NOT NULL,
  entity_id uuid NOT NULL,
  session_id uuid,
  decision text NOT NULL,
  detail text,
  fields jsonb NOT NULL DEFAULT '[]',
  image jsonb,
  device text NOT NULL,
  made_at timestamptz(3) NOT NULL,
  other_device text NOT NULL,
  other_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX conflict_log_by_row ON conflict_log (entity, entity_id);

-- S1: one row. `schema_version` counts additive changes; a client below `min_client_schema` neither pushes nor pulls.
CREATE TABLE sync_clock (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  rev bigint NOT NULL,
  token uuid NOT NULL,
  database_id uuid NOT NULL,
  schema_version integer NOT NULL,
  min_client_schema integer NOT NULL
);

-- S4
CREATE TABLE sync_revs (
  rev bigint PRIMARY KEY,
  token uuid NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO sync_revs (rev, token) VALUES (0, gen_random_uuid());
INSERT INTO sync_clock (rev, token, database_id, schema_version, min_client_schema)
  SELECT rev, token, gen_random_uuid(), 1, 1 FROM sync_revs;

-- S2. `rev` is the place in what clients pull; `changed_rev`, `changed_by` and `changed_at` tell of the row's last change, the
-- `foreign` ones of the last by somebody else than `changed_by`. Both are below `rev` where the row was only sent again.
-- Everybody gets a row of which `echo_rev` is new, also who changed it (L2).
CREATE TABLE sync_index (
  entity text NOT NULL,
  id uuid NOT NULL,
  rev bigint NOT NULL,
  row_version bigint NOT NULL DEFAULT 1,
  deleted boolean NOT NULL DEFAULT false,
  changed_rev bigint NOT NULL,
  changed_by uuid,
  changed_at timestamptz(3) NOT NULL DEFAULT now(),
  mutation_id bigint,
  foreign_rev bigint NOT NULL DEFAULT 0,
  foreign_by uuid,
  foreign_at timestamptz(3),
  echo_rev bigint NOT NULL DEFAULT 0,
  -- The last image of a deleted row.
  image jsonb,
  -- The id first: it tells rows apart at once.
  PRIMARY KEY (id, entity)
);
CREATE INDEX sync_index_by_rev ON sync_index (rev);

CREATE TABLE sync_clients (
  client_id uuid PRIMARY KEY,
  incarnation uuid NOT NULL,
  -- The one by which the server came to know it.
  first_incarnation uuid NOT NULL,
  last_mutation_id bigint NOT NULL DEFAULT 0,
  -- The client's checksum of that mutation: a copy of its database that counted on by itself has another one (I1).
  last_check bigint,
  device text NOT NULL,
  app_version text NOT NULL,
  schema_version integer NOT NULL,
  first_seen timestamptz NOT NULL DEFAULT now(),
  last_seen timestamptz NOT NULL DEFAULT now()
);

-- Verdicts other than "applied as it was". They outlive every offline time that the token history allows for.
CREATE TABLE sync_results (
  client_id uuid NOT NULL REFERENCES sync_clients (client_id) ON DELETE CASCADE,
  mutation_id bigint NOT NULL,
  verdict jsonb NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client_id, mutation_id)
);
