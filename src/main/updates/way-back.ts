import { existsSync } from 'node:fs'
import type { KeptPackage, UpdateRecordState } from './update-record.ts'

export type WayBack =
  | { readonly kind: 'back'; readonly to: KeptPackage; readonly backup: string | null; readonly needsBackup: boolean }
  | { readonly kind: 'none'; readonly reason: string }

/** After so many starts that did not come to a window, going back is offered. */
export const FAILED_BOOTS = 3

/** Whether this version may go back to the one before it, and what that takes. */
export function wayBack({ previous, installed }: UpdateRecordState, version: string): WayBack {
  if (!previous) return { kind: 'none', reason: 'No earlier version is kept here.' }
  if (installed?.version !== version || !installed.rollbackAllowed.includes(previous.version)) {
    return { kind: 'none', reason: `Version ${version} may not be taken back to ${previous.version}.` }
  }
  if (!existsSync(previous.path)) return { kind: 'none', reason: `The package of ${previous.version} is gone.` }
  const needsBackup = previous.dbSchema < installed.dbSchema
  if (needsBackup && (previous.backup === null || !existsSync(previous.backup))) {
    return {
      kind: 'none',
      reason: `Version ${previous.version} cannot read the data of ${version}, and the backup from before is gone.`,
    }
  }
  return { kind: 'back', to: previous, backup: previous.backup, needsBackup }
}
