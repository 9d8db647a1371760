import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Nothing, Time } from './fields.ts'

/** What made a backup. */
export const BackupKind = z.enum([
  'daily',
  'manual',
  'before-live',
  'before-restore',
  'before-migration',
  'before-update',
])
export type BackupKind = z.infer<typeof BackupKind>

export const Backup = z.object({
  /** Its file name in the folder `backups`, without the ending. */
  id: z.string(),
  kind: BackupKind,
  at: Time,
  bytes: z.int(),
})
export type Backup = z.infer<typeof Backup>

/** What a backup can bring back. */
export const RestoredKind = z.enum([
  'brands',
  'products',
  'variants',
  'pictures',
  'sessions',
  'items',
  'points',
  'presets',
])
export type RestoredKind = z.infer<typeof RestoredKind>

/** What restoring would do to the rows of one kind. Of each, the first few by name. */
export const RestoreChanges = z.object({
  kind: RestoredKind,
  /** In the backup, and not here any more. */
  comeBack: z.int(),
  /** Different here; `fields`: in what. */
  change: z.int(),
  /** Here, and not in the backup: made since. They stay, unless `removeNewer` is given. */
  newer: z.int(),
  examples: z.object({
    comeBack: z.array(z.string()),
    change: z.array(z.object({ name: z.string(), fields: z.array(z.string()) })),
    newer: z.array(z.string()),
  }),
})
export type RestoreChanges = z.infer<typeof RestoreChanges>

export const RestorePreview = z.object({
  /** When the backup was made; null where its file does not say. */
  at: Time.nullable(),
  /** Kinds that nothing changes of are left out. */
  changes: z.array(RestoreChanges),
  /** The same for a person to read. */
  words: z.array(z.string()),
})
export type RestorePreview = z.infer<typeof RestorePreview>

/** A backup of this data folder by its id, or the path of one anywhere on this machine. */
const Which = { id: z.string().max(120).optional(), path: z.string().max(4096).optional() }

export const backups = {
  /** Newest first. */
  'backups.list': query(Nothing, z.object({ items: z.array(Backup) })),
  /** With `path`: a copy there instead of in the folder `backups`. A file that is there is never replaced. */
  'backups.create': command(z.strictObject({ path: z.string().min(1).max(4096).optional() }), Backup),
  /** What restoring would change. Changes nothing. */
  'backups.preview': query(z.strictObject(Which), RestorePreview),
  /**
   * Brings rows back to what they were, as edits like any other: they reach the team, and can be undone (`history.undo` with the
   * scope `backups`). Backs up first. Refused while a session is live or in rehearsal.
   */
  'backups.restore': command(
    z.strictObject({ ...Which, removeNewer: z.boolean().optional() }),
    z.object({
      undoId: z.string(),
      restored: z.int(),
      changed: z.int(),
      removed: z.int(),
      /** The backup of what was here before. */
      before: Backup,
    }),
  ),
}
