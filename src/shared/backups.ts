import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Id, Nothing, Time } from './fields.ts'

/** What made a backup. */
export const BackupKind = z.enum(['daily', 'manual', 'before-live', 'before-restore', 'before-migration'])
export type BackupKind = z.infer<typeof BackupKind>

export const Backup = z.object({
  /** Its file name in the folder `backups`, without the ending. */
  id: z.string(),
  kind: BackupKind,
  at: Time,
  bytes: z.int(),
})
export type Backup = z.infer<typeof Backup>
