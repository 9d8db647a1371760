import type { Mutation } from '../../../src/main/sync/mutation.ts'
import { plainRow } from './compare.ts'
import type { ServerEvent } from './events.ts'
import { Decisions } from './oracle-decisions.ts'
import { Judge } from './oracle-judge.ts'
import type { Edit } from './oracle-judge.ts'
import { OracleState, Refused } from './oracle-state.ts'

// The rules R1 to R13 of SPEC.md once more, in plain words and without a database: what the server must hold after everything
// that it accepted, one after the other. It shares no code with what it checks.

export class Oracle {
  readonly state = new OracleState()
  readonly #judge = new Judge(this.state)
  readonly #decisions = new Decisions(this.state, this.#judge)

  accept(event: ServerEvent): void {
    const { state } = this
    state.begin()
    switch (event.kind) {
      case 'hello':
        state.devices.set(event.clientId, event.device)
        if (!state.judged.has(event.clientId)) state.judged.set(event.clientId, event.last)
        return
      case 'push':
        this.#as(event.clientId, event.rev)
        return this.#push(event.clientId, event.mutations)
      case 'direct':
        this.#as(null, event.rev)
        for (const { entity, id, after } of event.changes) {
          if (after) state.put(entity, plainRow(after))
          else state.remove(entity, id)
        }
        return
      case 'resolve':
        this.#as(event.resolution.clientId, event.rev)
        return this.#decisions.resolve(event)
    }
  }

  #as(client: string | null, rev: number): void {
    this.state.by = client
    this.state.rev = rev
  }

  #push(client: string, mutations: readonly Mutation[]): void {
    const { state } = this
    const judged = state.judged.get(client) ?? 0
    // P2
    const fresh = mutations.filter(({ id }) => id > judged)
    for (const mutation of fresh) {
      const m: Edit = { ...mutation, client, base: plainRow(mutation.base), patch: plainRow(mutation.patch) }
      state.begin()
      try {
        this.#judge.judge(m)
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        // P4
        state.takeBack()
        this.#judge.log(m, 'rejected', Object.keys(m.patch))
      }
    }
    this.#judge.renumber({ client }, fresh)
    state.judged.set(client, Math.max(judged, mutations.at(-1)?.id ?? 0))
  }
}
