import { entities } from '../../../src/main/db/schema.ts'
import { differences, plain } from './compare.ts'
import type { Tables } from './compare.ts'
import { Oracle } from './oracle.ts'
import { NOW } from './oracle-decisions.ts'
import { logLine } from './oracle-judge.ts'
import type { Dispute } from './oracle-state.ts'
import type { ServerEvent } from './events.ts'
import type { Row } from './server.ts'

/** Where the server holds something else than the rules say, a line each. */
export function compareToOracle(events: readonly ServerEvent[], there: Tables): string[] {
  const oracle = new Oracle()
  for (const event of events) oracle.accept(event)
  const { rows, disputes, log } = oracle.state
  const own = new Set<string>(entities)
  const held = new Map([...there].filter(([key]) => own.has(key.split(' ')[0] ?? '')))
  const expected = new Map([...rows].map(([key, row]) => [key, filledIn(row, held.get(key))]))
  return [
    ...differences(['the oracle', 'the server'], expected, held),
    ...unequal(
      'conflict',
      disputes.map(disputeLine),
      [...there].flatMap(([key, row]) => (key.startsWith('conflicts ') ? [conflictLine(row)] : [])),
    ),
    ...unequal(
      'log',
      log,
      [...there].flatMap(([key, row]) => (key.startsWith('conflict_log ') ? [rowLine(row)] : [])),
    ),
  ]
}

/** Times that only the server knows are taken from it. */
function filledIn(row: Row, there: Row | undefined): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === NOW ? there?.[name] : value]))
}

function unequal(what: string, expected: readonly string[], there: readonly string[]): string[] {
  const left = [...there]
  const missing = expected.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  return [
    ...missing.map((line) => `ORACLE: no ${what} ${line}`),
    ...left.map((line) => `ORACLE: a ${what} too much: ${line}`),
  ]
}

function disputeLine({ entity, id, kind, client, openedRev, fields, mutations, open }: Dispute): string {
  const shown = fields.map(({ name, base, parked, standing }) => [name, base, parked, standing])
  return JSON.stringify([entity, id, kind, client, openedRev, open, mutations.length, shown.toSorted(byName)])
}

function conflictLine(row: Row): string {
  const fields = JSON.parse(String(row['fields'])) as {
    name: string
    base: unknown
    parked: unknown
    standing: unknown
  }[]
  const shown = fields.map(({ name, base, parked, standing }) => [
    name,
    plain(name, base),
    plain(name, parked),
    plain(name, standing),
  ])
  const mutations = (JSON.parse(String(row['mutations'])) as unknown[]).length
  const { entity, entity_id: id, kind, client_id: client, opened_rev: rev, status } = row
  return JSON.stringify([entity, id, kind, client, rev, status === 'open', mutations, shown.toSorted(byName)])
}

function byName(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1
}

function rowLine(row: Row): string {
  const names = (JSON.parse(String(row['fields'])) as { name: string }[]).map(({ name }) => name)
  const { entity, entity_id: id, decision, device } = row
  return logLine({ entity: String(entity), id: String(id), decision: String(decision), device: String(device), names })
}
