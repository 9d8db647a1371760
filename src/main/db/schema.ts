/** A row of each table of the local database, as SQLite holds it. The source is `migrations/local`; a test compares them. */
export interface Schema {
  brands: BrandRow
  products: ProductRow
  product_variants: VariantRow
  product_images: ImageRow
  sessions: SessionRow
  session_products: LineupRow
  session_states: StateRow
  talking_points: TalkingPointRow
  message_presets: PresetRow
  conflicts: ConflictRow
  conflict_log: ConflictLogRow
  sync_state: { name: string; value: string }
  sync_outbox: OutboxRow
  sync_base: { entity: string; row_id: string; row: string | null }
  sync_held: { entity: string; row_id: string; at: string }
  sync_aside: { entity: string; row_id: string; body: string; problem: string; at: string }
  live_messages: LiveMessageRow
  media_files: MediaFileRow
  settings: { name: string; value: string }
  jobs: JobRow
  job_items: { job_id: string; item: string; position: number; label: string; state: string; problem: string | null }
  point_proposals: ProposalRow
  shopify_changes: { job_id: string; product_id: string; name: string; action: string; changes: string }
}

/** The tables that the team shares: every write to them passes the one writer (write.ts). */
export const entities = [
  'brands',
  'products',
  'product_variants',
  'product_images',
  'sessions',
  'session_products',
  'session_states',
  'talking_points',
  'message_presets',
] as const
export type Entity = (typeof entities)[number]

/** What the server writes and every desktop gets: those, and what it decided or left to decide. Wholes before their parts. */
export const synced = [...entities, 'conflicts', 'conflict_log'] as const
export type Synced = (typeof synced)[number]

/** SQLite's boolean. */
export type Flag = 0 | 1

interface Stamped {
  id: string
  created_at: string
  updated_at: string
}

export interface BrandRow extends Stamped {
  name: string
  slug: string
  notes: string
}

export interface ProductRow extends Stamped {
  /** Row number on this machine; given by SQLite on insert. */
  key?: number
  brand_id: string
  name: string
  handle: string | null
  description_html: string
  status: 'active' | 'draft' | 'archived'
  price_cents: number | null
  compare_at_price_cents: number | null
  sku: string | null
  pid: string | null
  shopify_id: string | null
  tags: string
  talking_points_md: string
  source: 'manual' | 'shopify' | 'sample'
  shopify_values: string | null
  overridden: string
}

export interface VariantRow extends Stamped {
  product_id: string
  title: string
  sku: string | null
  barcode: string | null
  price_cents: number | null
  compare_at_price_cents: number | null
  options: string
  position: number
  stock: number | null
}

export interface ImageRow extends Stamped {
  product_id: string
  source_url: string | null
  origin: 'shopify' | 'person' | 'sample'
  alt: string
  alt_by_person: Flag
  position: number
  is_primary: Flag
  thumbhash: string | null
  colour: string | null
}

export interface SessionRow extends Stamped {
  brand_id: string | null
  name: string
  slug: string
  notes: string
  code: string
  status: 'draft' | 'ready' | 'rehearsal' | 'live' | 'ended' | 'archived'
  status_before_archive: string | null
  scheduled_at: string | null
  numbers_frozen_at: string | null
  highest_number: number | null
}

export interface LineupRow extends Stamped {
  session_id: string
  product_id: string
  order_key: string
  number: number | null
  section: string | null
  skip: Flag
  notes: string
  override_name: string | null
  override_talking_points_md: string | null
  override_price_cents: number | null
  override_compare_at_price_cents: number | null
}

export interface StateRow extends Stamped {
  mode: 'off' | 'rehearsal' | 'live'
  current_item_id: string | null
  image_index: number
  card: string | null
  next_item_id: string | null
  blank: Flag
  notes_shown: Flag
  image_full: Flag
  guard: Flag
  message: string | null
  timer: string
  history: string
  started_at: string | null
  item_started_at: string | null
  status_before: string | null
}

export interface TalkingPointRow {
  id: string
  product_id: string
  text: string
  author_kind: 'person' | 'model'
  author_name: string
  created_at: string
}

export interface PresetRow extends Stamped {
  text: string
  color: string
  clear_after_seconds: number | null
  order_key: string
}

export interface LiveMessageRow {
  id: string
  session_id: string
  text: string
  color: string
  at: string
  clear_at: string | null
  acknowledged_at: string | null
  cleared_at: string | null
}

export interface MediaFileRow {
  image_id: string
  state: 'waiting' | 'ready' | 'failed'
  file: string | null
  bytes: number | null
  width: number | null
  height: number | null
  problem: string | null
  attempts: number
  next_try_at: string | null
  updated_at: string
  /** When a page last loaded the file. */
  used_at: string | null
  /** Since when the file is away to save space. */
  evicted_at: string | null
}

export interface ConflictRow {
  id: string
  entity: string
  entity_id: string
  session_id: string | null
  kind: 'field' | 'delete' | 'order' | 'live'
  fields: string
  mutations: string
  client_id: string
  device: string
  parked_at: string
  other_device: string
  other_at: string
  opened_rev: number
  status: 'open' | 'resolved'
  resolution: string | null
  resolved_by: string | null
  resolved_at: string | null
  image: string | null
  created_at: string
}

export interface ConflictLogRow {
  id: string
  entity: string
  entity_id: string
  session_id: string | null
  decision: string
  detail: string | null
  fields: string
  image: string | null
  device: string
  made_at: string
  other_device: string
  other_at: string | null
  created_at: string
}

export interface OutboxRow {
  id: number
  tx: number
  entity: Entity
  row_id: string
  op: 'insert' | 'update' | 'delete'
  base: string
  patch: string
  seen: number
  offline: Flag
  at: string
  version: number
  crc: number
  acked_at: string | null
}

export interface JobRow {
  id: string
  kind: 'shopify.sync' | 'points.generate'
  state: 'queued' | 'running' | 'done' | 'partial' | 'failed' | 'cancelled'
  input: string
  checkpoint: string | null
  done: number
  failed: number
  total: number
  counts: string
  problem: string | null
  attempts: number
  next_try_at: string | null
  created_at: string
  started_at: string | null
  ended_at: string | null
}

export interface ProposalRow {
  id: string
  product_id: string
  job_id: string
  text: string
  model: string
  flags: string
  created_at: string
}
