import type { Feature } from './contract.ts'
import type { KeyId } from './key-table.ts'
import type { LiveState, PatchOperation } from './live.ts'
import type { Reply } from './reply.ts'

/** `client:desktop` tells what changed; `session:ID` follows one session's live state. */
export type Topic = 'client:desktop' | `session:${string}`

/** What a subscriber hears. */
export type BridgeEvent =
  /** Every query of that feature is out of date. */
  | { readonly event: 'changed'; readonly feature: Feature }
  /** The whole live state: on joining, and again after a gap. */
  | { readonly event: 'state'; readonly seq: number; readonly state: LiveState }
  | { readonly event: 'state_delta'; readonly seq: number; readonly patch: readonly PatchOperation[] }
  /** Whether the connection to the core stands. On `true` after `false`, everything may be out of date. */
  | { readonly event: 'connected'; readonly connected: boolean }
  /** The native menu wants what that key does. To one window of the desktop app alone. */
  | { readonly event: 'command'; readonly id: KeyId }
  /** A path of the app is to be shown, as if its link had been followed. To one window of the desktop app alone. */
  | { readonly event: 'open'; readonly path: string }

/** All that a page has of the core: the preload's three methods, or the same over the channel. */
export interface Bridge {
  call(name: string, input: unknown): Promise<Reply>
  /** Returns the way to stop. */
  subscribe(topic: Topic, listener: (event: BridgeEvent) => void): () => void
  /** The path of a dropped file, or '' where there is none (a browser): then upload it. */
  pathOf(file: object): string
}
