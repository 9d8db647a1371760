import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Cents, FileSource, Id, Line, Text, Time } from './fields.ts'
import { ProductStatus } from './library.ts'

export const SessionStatus = z.enum(['draft', 'ready', 'rehearsal', 'live', 'ended', 'archived'])
export type SessionStatus = z.infer<typeof SessionStatus>

/** What a line-up says instead of the catalogue, for one item. A key that is absent is not overridden. */
export const Overrides = z
  .object({
    name: z.string(),
    talkingPointsMd: z.string(),
    priceCents: Cents,
    /** 0 shows no "was" price. */
    compareAtPriceCents: Cents,
  })
  .partial()
export type Overrides = z.infer<typeof Overrides>

export const LineupItem = z.object({
  id: Id,
  sessionId: Id,
  /** What viewers type. Follows the order in a draft, frozen at Go live. */
  number: z.int(),
  productId: Id,
  /** What the host reads: the override, or the catalogue's. Likewise the three below. */
  name: z.string(),
  priceCents: Cents.nullable(),
  compareAtPriceCents: Cents.nullable(),
  talkingPointsMd: z.string(),
  /** The heading that it stands under; neighbours with the same text form one section. */
  section: z.string().nullable(),
  skip: z.boolean(),
  overrides: Overrides,
  /** The producer's own, shown to the host only when the producer shows notes. */
  notes: z.string(),
  /** What the catalogue says, whatever is overridden. */
  catalogue: z.object({
    name: z.string(),
    priceCents: Cents.nullable(),
    compareAtPriceCents: Cents.nullable(),
    talkingPointsMd: z.string(),
    sku: z.string().nullable(),
    pid: z.string().nullable(),
    status: ProductStatus,
    brandName: z.string(),
  }),
  /** Pictures that are here, in order, the primary one first. Relative to the app's own origin. */
  images: z.array(z.object({ src: z.string(), alt: z.string(), width: z.int(), height: z.int() })),
  /** How many pictures the product has, here or not. */
  imageCount: z.int(),
  /** Short text for the sizes in the variants, such as "S–XL"; null where there are none. */
  sizes: z.string().nullable(),
  /** Whether an edit of it waits until the team's database has confirmed it. */
  pending: z.boolean(),
  /** Whether an edit of it met another one, and nobody has decided yet. */
  conflict: z.boolean(),
})
export type LineupItem = z.infer<typeof LineupItem>

export const SessionSummary = z.object({
  id: Id,
  name: z.string(),
  brand: z.object({ id: Id, name: z.string() }).nullable(),
  status: SessionStatus,
  scheduledAt: Time.nullable(),
  itemCount: z.int(),
  /** Up to six pictures of the first items. */
  thumbnails: z.array(z.string()),
  updatedAt: Time,
  /** Whether an edit of it, or of its line-up, waits until the team's database has confirmed it. */
  pending: z.boolean(),
  /** Open conflicts of it and its line-up. */
  conflicts: z.int(),
})
export type SessionSummary = z.infer<typeof SessionSummary>

export const Session = SessionSummary.extend({
  slug: z.string(),
  notes: z.string(),
  /** The discount code of the show, for `{code}` in messages. */
  code: z.string(),
  /** Whether numbers no longer follow the order. */
  numbersFrozen: z.boolean(),
  createdAt: Time,
})
export type Session = z.infer<typeof Session>

export const SessionDetail = Session.extend({ items: z.array(LineupItem) })
export type SessionDetail = z.infer<typeof SessionDetail>

export const SessionPatch = z
  .strictObject({
    name: Line(200),
    brandId: Id.nullable(),
    notes: Text(),
    code: z.string().trim().max(60),
    scheduledAt: Time.nullable(),
    status: z.enum(['draft', 'ready']),
  })
  .partial()
export type SessionPatch = z.infer<typeof SessionPatch>

/** `null` reverts that one override; a key that is absent is left as it is. */
export const OverridesPatch = z
  .strictObject({
    name: Line(300).nullable(),
    talkingPointsMd: Text().nullable(),
    priceCents: Cents.nullable(),
    compareAtPriceCents: Cents.nullable(),
  })
  .partial()

export const LineupPatch = z
  .strictObject({
    section: Line(120).nullable(),
    skip: z.boolean(),
    notes: Text(5_000),
    overrides: OverridesPatch,
  })
  .partial()
export type LineupPatch = z.infer<typeof LineupPatch>

const ById = z.strictObject({ id: Id })
const Undo = z.object({ undoId: z.string() })
const Ids = z.array(Id).min(1).max(1_000)

/** What a line-up can be written as. */
export const LineupFormat = z.enum(['csv', 'xlsx'])

/** A table in a file: `content` is the text of a CSV file, the others may be a workbook (XLSX) too. */
const TableSource = { ...FileSource, content: z.string().optional() }

/** What a column of a file may be to a line-up. */
export const LineupField = z.enum([
  'itemId',
  'number',
  'section',
  'skip',
  'sku',
  'pid',
  'productId',
  'name',
  'price',
  'was',
  'points',
  'notes',
])
export type LineupField = z.infer<typeof LineupField>

/** Which column each field is read from, counted from 0. A field that is absent is not read. */
export const LineupMapping = z.partialRecord(LineupField, z.int().min(0).max(16_383))
export type LineupMapping = z.infer<typeof LineupMapping>

const LineText = z.object({ line: z.int(), text: z.string() })

export const LineupImportReport = z.object({
  dryRun: z.boolean(),
  added: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** No product of the catalogue answers to these. */
  missing: z.array(LineText),
  /** Left out: a line before means the same item, or (where rows are only appended) it is in the line-up already. */
  duplicates: z.array(LineText),
  /** Lines left out because of what stands in that field; null where the line itself cannot be read. */
  problems: z.array(z.object({ line: z.int(), field: LineupField.nullable(), reason: z.string() })),
  /** The first items that are added or change, and which fields do. */
  sample: z.array(
    z.object({ line: z.int(), name: z.string(), action: z.enum(['add', 'update']), changes: z.array(LineupField) }),
  ),
  /** The step to undo; null where nothing was written. */
  undoId: z.string().nullable(),
})
export type LineupImportReport = z.infer<typeof LineupImportReport>

/** One entry of an undo stack: what it did, in words ("Move 3 items"). */
export const HistoryStep = z.object({ id: z.string(), label: z.string() })

/**
 * `session:ID` for a line-up and its session's own fields, `sessions` for the list, `products` for the catalogue, `backups` for
 * restores.
 */
const Scope = z.string().regex(/^(sessions|products|backups|session:[0-9a-f-]{36})$/)
const HistoryState = z.object({ undo: z.array(HistoryStep), redo: z.array(HistoryStep) })
export type HistoryState = z.infer<typeof HistoryState>

export const sessions = {
  'sessions.list': query(
    z.strictObject({ search: z.string().max(200).optional(), status: SessionStatus.optional() }),
    /** Newest change first. Archived ones only when asked for. */
    z.object({ items: z.array(SessionSummary) }),
  ),
  'sessions.get': query(ById, SessionDetail),
  'sessions.create': command(
    z.strictObject({
      name: Line(200),
      brandId: Id.optional(),
      notes: Text().optional(),
      code: z.string().trim().max(60).optional(),
      scheduledAt: Time.nullable().optional(),
      productIds: z.array(Id).max(1_000).optional(),
    }),
    SessionDetail,
  ),
  'sessions.update': command(z.strictObject({ id: Id, patch: SessionPatch }), Session),
  /** "Copy of …": order, sections, overrides and notes come along; numbers are free again. */
  'sessions.duplicate': command(ById, SessionDetail),
  'sessions.archive': command(ById, Session),
  'sessions.unarchive': command(ById, Session),
  'sessions.delete': command(ById, Undo),

  /** `after`: behind that item; null or absent: at the end. Products that are in the line-up already are left out. */
  'lineup.add': command(
    z.strictObject({ sessionId: Id, productIds: Ids, after: Id.nullable().optional() }),
    z.object({ added: z.array(Id), duplicates: z.array(Id) }),
  ),
  'lineup.paste': command(
    z.strictObject({ sessionId: Id, text: z.string().max(200_000), dryRun: z.boolean().optional() }),
    z.object({
      added: z.array(Id),
      missing: z.array(z.string()),
      duplicates: z.array(z.string()),
      /** What was found, in the order of the text; the only list that a dry run fills beside the two above. */
      found: z.array(z.object({ text: z.string(), productId: Id, name: z.string() })),
    }),
  ),
  /** Moves one item or a block (in its line-up order) behind `after`; null = first. */
  'lineup.move': command(
    z.strictObject({
      itemId: Id.optional(),
      itemIds: Ids.optional(),
      after: Id.nullable(),
      section: Line(120).nullable().optional(),
    }),
    z.object({ moved: z.array(Id) }),
  ),
  'lineup.update': command(
    z.strictObject({ itemId: Id.optional(), itemIds: Ids.optional(), patch: LineupPatch }),
    z.object({ items: z.array(LineupItem) }),
  ),
  'lineup.remove': command(z.strictObject({ itemId: Id.optional(), itemIds: Ids.optional() }), Undo),
  /** The line-up as a file, overrides included. What is read back by `lineup.importFile` changes nothing. */
  'lineup.export': query(
    z.strictObject({ sessionId: Id, format: LineupFormat }),
    z.object({ fileName: z.string(), base64: z.base64() }),
  ),
  /** Asks where to save that file, and writes it there; null where nothing was saved. Desktop app only. */
  'lineup.saveExport': command(
    z.strictObject({ sessionId: Id, format: LineupFormat }),
    z.object({ savedAs: z.string().nullable() }),
  ),
  /** What a file holds, and what its columns seem to be. Its first row names them. */
  'lineup.readFile': query(
    z.strictObject({ sessionId: Id, ...TableSource }),
    z.object({
      columns: z.array(z.string()),
      suggested: LineupMapping,
      /** The first 20. */
      rows: z.array(z.array(z.string())),
      total: z.int(),
      /** The name of the sheet that was read; null for a CSV file. */
      sheet: z.string().nullable(),
      /** What had to be assumed to read it. */
      warning: z.string().nullable(),
    }),
  ),
  /**
   * Rows are matched by our item id, then by SKU, TikTok id, product id and exact name. `update` changes items that are in the
   * line-up and adds the others at its end, `append` only adds. An empty cell changes nothing, but a section or note that is
   * empty in a row with our item id is emptied.
   */
  'lineup.importFile': command(
    z.strictObject({
      sessionId: Id,
      ...TableSource,
      mapping: LineupMapping,
      mode: z.enum(['update', 'append']),
      dryRun: z.boolean().optional(),
    }),
    LineupImportReport,
  ),
  /** Gives frozen numbers anew, 1 to n. Refused while the session is live. */
  'lineup.renumber': command(z.strictObject({ sessionId: Id }), Undo),
}

export const history = {
  'history.state': query(z.strictObject({ scope: Scope }), HistoryState),
  /** Undoes the newest step, or the one with `id`. `stale` where a later change stands in the way. */
  'history.undo': command(z.strictObject({ scope: Scope, id: z.string().optional() }), HistoryState),
  'history.redo': command(z.strictObject({ scope: Scope }), HistoryState),
}
