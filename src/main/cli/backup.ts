import { Backup, RestorePreview } from '#shared/backups.ts'
import type { Reply } from '#shared/reply.ts'
import { unwrap } from '#shared/reply.ts'
import { resolve } from 'node:path'
import * as z from 'zod'

export interface BackupCommand {
  /** As it was typed. */
  readonly file: string
  readonly call: (name: string, input: object) => Promise<Reply>
  readonly print: (line: string) => void
}

/** Copies everything into a file. Throws an AppError that says why where it cannot. */
export async function backUp({ file, call, print }: BackupCommand): Promise<number> {
  const path = resolve(file)
  const { bytes } = Backup.parse(unwrap(await call('backups.create', { path })))
  print(`Backed up to ${path}, ${inMegabytes(bytes)}; checked.`)
  return 0
}

export interface RestoreCommand extends BackupCommand {
  readonly yes: boolean
  readonly removeNewer: boolean
}

/** Says what restoring would change, and does it only where that was asked for. */
export async function restore({ file, call, print, yes, removeNewer }: RestoreCommand): Promise<number> {
  const path = resolve(file)
  const { words, changes } = RestorePreview.parse(unwrap(await call('backups.preview', { path })))
  print(words.join('\n'))
  if (changes.length === 0) return 0
  if (!yes) {
    print('\nNothing was changed. With --yes it is done; with --remove-newer too, what was made since goes.')
    return 1
  }
  const done = Restored.parse(unwrap(await call('backups.restore', { path, removeNewer })))
  print(
    `\nRestored: ${done.restored} came back, ${done.changed} changed, ${done.removed} removed. ` +
      `What was here before is in the backup ${done.before.id}.`,
  )
  return 0
}

const Restored = z.object({ restored: z.int(), changed: z.int(), removed: z.int(), before: Backup })

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
