import type { ConflictRow } from '../../../src/main/db/schema.ts'
import type { Mutation } from '../../../src/main/sync/mutation.ts'
import type { Resolution } from '../../../src/main/sync/remote.ts'
import type { DirectChange } from './psql.ts'
import type { Row } from './server.ts'

/** What the server accepted, in the order of its revs. `rev` is the one that it gave. */
export type ServerEvent =
  | { readonly kind: 'hello'; readonly clientId: string; readonly device: string; readonly last: number }
  | { readonly kind: 'push'; readonly rev: number; readonly clientId: string; readonly mutations: readonly Mutation[] }
  | { readonly kind: 'direct'; readonly rev: number; readonly changes: readonly DirectChange[] }
  | {
      readonly kind: 'resolve'
      readonly rev: number
      readonly device: string
      readonly resolution: Resolution
      /** As who decided it saw it, with the row that it is about and what belongs to it. */
      readonly conflict: ConflictRow
      readonly seen: readonly Seen[]
    }

/** A row as somebody saw it. */
export interface Seen {
  readonly entity: string
  readonly id: string
  readonly row: Row
}
