import { plainRow } from './compare.ts'
import type { Ledger } from './ledger.ts'
import type { Indexed } from './server.ts'
import type { ServerEvent } from './events.ts'

/** What is known of a row's deletion. */
interface Gone {
  readonly rev: number
  readonly by: string | null
}

/**
 * Looks at everything that the server accepts, in its order: keeps the books of what was written there, and tells when a
 * deleted row rises again although nobody who knew of the deletion wanted it back.
 */
export class Watch {
  readonly events: ServerEvent[] = []
  readonly problems: string[] = []
  readonly #ledger: Ledger
  readonly #gone = new Map<string, Gone>()
  #snapshot: { readonly events: number; readonly gone: Map<string, Gone>; readonly ledger: number } | null = null

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  accepted(event: ServerEvent, changed: readonly Indexed[]): void {
    const decides = event.kind === 'resolve' && !this.#isDecided(event.conflict.id)
    this.events.push(event)
    if (event.kind === 'direct') this.#ledger.direct(event.changes)
    // The same decision again was answered alike, and did nothing.
    if (decides) this.#noteDecision(event)
    for (const { entity, id, rev, deleted } of changed) {
      const key = `${entity} ${id}`
      const gone = this.#gone.get(key)
      if (deleted) {
        if (!gone) this.#gone.set(key, { rev, by: clientOf(event) })
        continue
      }
      if (gone && !mayRise(event, key, gone))
        this.problems.push(`RISEN: ${key} at rev ${rev}, deleted at rev ${gone.rev}`)
      this.#gone.delete(key)
    }
  }

  /** The server can go back to this moment. */
  snapshot(): void {
    this.#snapshot = { events: this.events.length, gone: new Map(this.#gone), ledger: this.#ledger.now }
  }

  rewind(): void {
    if (!this.#snapshot) throw new Error('there is no snapshot')
    const { events, gone, ledger } = this.#snapshot
    this.events.splice(events)
    this.#gone.clear()
    for (const [key, value] of gone) this.#gone.set(key, value)
    this.#ledger.rewind(ledger)
  }

  #isDecided(conflictId: string): boolean {
    return this.events.some((event) => event.kind === 'resolve' && event.conflict.id === conflictId)
  }

  /** Whoever decides replaces, or deletes, what they see. */
  #noteDecision({ device, resolution, conflict, seen }: Extract<ServerEvent, { kind: 'resolve' }>): void {
    const { entity, entity_id: id, kind } = conflict
    if (kind === 'delete') {
      if (resolution.choices['deleted'] !== 'parked') return
      for (const one of seen) this.#ledger.decided(device, { ...one, before: plainRow(one.row), after: null })
      return
    }
    const [row] = seen
    if (!row) return
    const fields = JSON.parse(conflict.fields) as { name: string; parked: unknown }[]
    const parked = new Map(fields.map((one) => [one.name, one.parked]))
    const patch = Object.entries(resolution.choices).flatMap(([name, choice]) => {
      if (choice === 'standing') return []
      return [[name, choice === 'parked' ? parked.get(name) : choice.value] as const]
    })
    const before = plainRow(row.row)
    this.#ledger.decided(device, { entity, id, before, after: { ...before, ...Object.fromEntries(patch) } })
  }
}

/** Who deletes by it: with a push, or with a decision. */
function clientOf(event: ServerEvent): string | null {
  if (event.kind === 'push') return event.clientId
  return event.kind === 'resolve' ? event.resolution.clientId : null
}

/** Whether whoever brought the row back knew that it was deleted. */
function mayRise(event: ServerEvent, key: string, gone: Gone): boolean {
  if (event.kind === 'push') {
    return event.mutations.some(
      ({ entity, rowId, op, seen }) =>
        op === 'insert' && `${entity} ${rowId}` === key && (seen >= gone.rev || gone.by === event.clientId),
    )
  }
  return event.kind === 'direct' || (event.kind === 'resolve' && event.conflict.kind === 'delete')
}
