import { describe, expect, test } from 'vitest'
import { conflicts, disputed, log, open } from './show.ts'
import { expectSame, meet, remove, resolve, set } from './team.ts'

const shown = { name: 'Anna', notes: 'Anna' }

describe('a decision', () => {
  test('[R13] takes each field as it was chosen, closes the conflict for all, and is in the log', async () => {
    const { a, b, session, conflict } = await disputed()
    const choices = { name: 'parked', notes: { value: 'Both' } } as const
    expect(await resolve(a, conflict, { choices, shown })).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(b.row('sessions', session)).toMatchObject({ name: 'Ben', notes: 'Both' })
    expect(conflicts(b)).toMatchObject([{ status: 'resolved', resolved_by: 'Anna', resolution: choices }])
    expect(log(b)).toMatchObject([
      {
        decision: 'resolved',
        fields: [
          { name: 'name', mine: 'Ben', theirs: 'Anna', kept: 'parked' },
          { name: 'notes', kept: { value: 'Both' } },
        ],
      },
    ])
  })

  test('[R13] leaves what stands where that is chosen', async () => {
    const { a, b, session, conflict } = await disputed()
    expect(await resolve(b, conflict, { choices: { name: 'standing', notes: 'parked' }, shown })).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ name: 'Anna', notes: 'Ben' })
  })

  test('[R13] on what has changed since it was shown is stale, and changes nothing', async () => {
    const { a, b, session, conflict, sql } = await disputed()
    set(b, 'sessions', { id: session, notes: 'Changed since' })
    await b.sync()
    expect(await resolve(a, conflict, { choices: { name: 'parked', notes: 'parked' }, shown })).toBe('stale')
    await meet(a, b)
    expect(a.row('sessions', session)).toMatchObject({ name: 'Anna', notes: 'Changed since' })
    expect(open(a)).toHaveLength(1)
    // Other fields do not make it stale.
    await sql(`UPDATE sessions SET code = 'X', updated_at = now()`)
    const again = { ...shown, notes: 'Changed since' }
    expect(await resolve(a, conflict, { choices: { name: 'parked', notes: 'standing' }, shown: again })).toBe(
      'resolved',
    )
  })

  test('[R13] repeated is done already; another one afterwards is stale', async () => {
    const { a, b, session, conflict } = await disputed()
    const decision = { choices: { name: 'parked', notes: 'parked' }, shown } as const
    expect(await resolve(a, conflict, decision)).toBe('resolved')
    expect(await resolve(a, conflict, decision)).toBe('resolved')
    const other = { choices: { name: 'standing', notes: 'standing' }, shown } as const
    expect(await resolve(b, conflict, other)).toBe('stale')
    await meet(a, b)
    expect(a.row('sessions', session)).toMatchObject({ name: 'Ben', notes: 'Ben' })
    expect(log(a).filter(({ decision: what }) => what === 'resolved')).toHaveLength(1)
  })

  test('[R13] of a row that is gone meanwhile only closes it; of no conflict, there is none', async () => {
    const { a, b, session, conflict } = await disputed()
    remove(a, 'sessions', session)
    await meet(a, b)
    const decision = { choices: { name: 'parked', notes: 'parked' }, shown } as const
    expect(await resolve(a, conflict, decision)).toBe('resolved')
    await meet(a, b)
    expectSame(a, b)
    expect(a.all('sessions')).toEqual([])
    expect(open(a)).toEqual([])
    expect(await resolve(a, { id: session }, { choices: {}, shown: {} })).toBe('gone')
  })

  test('[R13] while an edit of the field waits on another desktop: that is judged by what stands then', async () => {
    const { a, b, session, conflict } = await disputed()
    set(b, 'sessions', { id: session, name: 'Ben, before he hears of it' })
    const decision = { choices: { name: 'parked', notes: 'standing' }, shown } as const
    expect(await resolve(a, conflict, decision)).toBe('resolved')
    await meet(b, a)
    expectSame(a, b)
    expect(a.row('sessions', session)).toMatchObject({ name: 'Ben' })
    expect(open(a)).toMatchObject([
      { fields: [{ name: 'name', parked: 'Ben, before he hears of it', standing: 'Ben' }] },
    ])
  })
})
