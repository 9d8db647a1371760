import type { Conflict } from '#shared/conflicts.ts'
import { v7 as uuid } from 'uuid'

/** A conflict about the name and the notes of an item, as it comes over the wire. */
export function conflictOf(changes: Partial<Conflict> = {}): Conflict {
  return {
    id: uuid(),
    status: 'open',
    entity: 'session_products',
    entityId: uuid(),
    sessionId: '019a0000-0000-7000-8000-000000000001',
    sessionName: 'Friday',
    title: 'Gold hoop',
    text: 'You and Anna changed the name and notes of "Gold hoop".',
    kind: 'field',
    fields: [
      { name: 'overrides.name', base: null, mine: 'Golden hoop', theirs: 'Hoops of gold' },
      { name: 'notes', base: 'before', mine: 'mine', theirs: 'hers' },
    ],
    mine: { device: 'Ben', at: '2026-11-22T10:00:00.000Z' },
    theirs: { device: 'Anna', at: '2026-11-22T10:01:00.000Z' },
    mineIsMe: true,
    standing: 'theirs',
    canKeepBoth: true,
    openedAt: '2026-11-22T10:02:00.000Z',
    resolvedBy: null,
    resolvedAt: null,
    version: 'one',
    ...changes,
  }
}
