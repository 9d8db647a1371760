import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entities } from '../../src/main/db/schema.ts'
import type { Entity } from '../../src/main/db/schema.ts'
import type { Change } from '../../src/main/db/write.ts'
import { differing, rebase, settle } from '../../src/main/sync/merge.ts'
import type { Row, Verdict } from '../../src/main/sync/merge.ts'
import { checksum, planMutations } from '../../src/main/sync/mutation.ts'
import type { Draft, Fields, Mutation } from '../../src/main/sync/mutation.ts'

const names = ['a', 'b', 'c', 'd'] as const
const value = fc.constantFrom<unknown>(null, 0, 1, '', 'x', 'y')
const row: fc.Arbitrary<Row> = fc.record({ id: fc.constant('r'), a: value, b: value, c: value, d: value })
const patch: fc.Arbitrary<Fields> = fc.dictionary(fc.constantFrom(...names), value, {
  minKeys: 1,
  noNullPrototype: true,
})

function update(fields: Fields, base: Fields = {}): Draft {
  return { entity: 'brands', rowId: 'r', op: 'update', base, patch: fields }
}
const insertOf = (image: Row): Draft => ({ entity: 'brands', rowId: 'r', op: 'insert', base: {}, patch: image })
const deletion: Draft = { entity: 'brands', rowId: 'r', op: 'delete', base: {}, patch: {} }

/** What a person can do to one row, one edit after the other. */
const edits: fc.Arbitrary<Draft[]> = fc
  .array(
    fc.oneof(
      patch.map((fields) => update(fields)),
      fc.constant(deletion),
      row.map(insertOf),
    ),
    { maxLength: 6 },
  )
  .map((drafts) => {
    let there = true
    return drafts.filter(({ op }) => {
      if (op === 'insert' ? there : !there) return false
      there = op !== 'delete'
      return true
    })
  })

/** The row after some edits, as a person sees it. */
function played(from: Row | null, drafts: readonly Draft[]): Row | null {
  return drafts.reduce<Row | null>(
    (now, { op, patch: fields }) => (op === 'delete' ? null : { ...now, ...fields }),
    from,
  )
}

describe('rebase', () => {
  test('[L4] without pending edits the row is what the server has', () => {
    fc.assert(
      fc.property(fc.option(row), fc.option(row), (base, shown) => {
        expect(rebase(base, [], shown)).toEqual(base)
      }),
    )
  })

  test('[L4] on the base that the edits were made on, it is what the person sees', () => {
    fc.assert(
      fc.property(row, edits, (base, drafts) => {
        const shown = played(base, drafts)
        expect(rebase(base, drafts, shown)).toEqual(shown)
      }),
    )
  })

  test('[L4] a field that a pending edit wrote keeps its last value, every other one is what the server has', () => {
    fc.assert(
      fc.property(row, fc.array(patch, { minLength: 1, maxLength: 4 }), row, (base, patches, shown) => {
        const result = rebase(
          base,
          patches.map((one) => update(one)),
          shown,
        )
        const written = Object.assign({}, ...patches) as Fields
        for (const name of names) expect(result?.[name]).toBe(name in written ? written[name] : base[name])
      }),
    )
  })

  test('[L4] a row that others deleted stays as it is shown while an edit of it waits', () => {
    fc.assert(
      fc.property(row, fc.array(patch, { minLength: 1, maxLength: 4 }), (before, patches) => {
        const drafts = patches.map((one) => update(one))
        const shown = played(before, drafts)
        expect(rebase(null, drafts, shown)).toEqual(shown)
        expect(rebase(null, drafts, null)).toBeNull()
      }),
    )
  })

  test('[L4] a pending deletion wins over whatever comes; what is made anew after it stays', () => {
    fc.assert(
      fc.property(fc.option(row), edits, row, (base, before, anew) => {
        expect(rebase(base, [...before, deletion], null)).toBeNull()
        expect(rebase(base, [...before, deletion, insertOf(anew)], anew)).toEqual(anew)
      }),
    )
  })

  test('[L4] repeating it changes nothing', () => {
    fc.assert(
      fc.property(fc.option(row), edits, fc.option(row), (base, drafts, shown) => {
        const once = rebase(base, drafts, shown)
        expect(rebase(base, drafts, once)).toEqual(once)
      }),
    )
  })
})

describe('settle', () => {
  const verdicts: fc.Arbitrary<Verdict | undefined> = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom<Verdict>({ n: 1, v: 'rejected', not: '*' }, { n: 1, v: 'kept', not: [] }),
    fc.subarray([...names]).map((not): Verdict => ({ n: 1, v: 'conflict', not })),
  )

  test('[L3] an edit that was applied as it was leaves what is shown as it is', () => {
    fc.assert(
      fc.property(row, edits, edits, (base, confirmed, waiting) => {
        // Edits of one person on one row go on from each other.
        const first = played(base, confirmed)
        fc.pre(first !== null || waiting[0]?.op === 'insert' || waiting.length === 0)
        const shown = played(first, waiting)
        const settled = confirmed.reduce<Row | null>((now, draft) => settle(now, draft, undefined), base)
        expect(settled).toEqual(first)
        expect(rebase(settled, waiting, shown)).toEqual(shown)
      }),
    )
  })

  test('[P4] of what was refused as a whole the base knows nothing', () => {
    fc.assert(
      fc.property(fc.option(row), edits, (base, drafts) => {
        for (const draft of drafts) expect(settle(base, draft, { n: 1, v: 'rejected', not: '*' })).toEqual(base)
      }),
    )
  })

  test('[R2] fields that were not written keep what the server has, the others take the edit', () => {
    fc.assert(
      fc.property(row, patch, fc.subarray([...names]), (base, fields, not) => {
        const settled = settle(base, update(fields), { n: 1, v: 'conflict', not })
        for (const name of names) {
          expect(settled?.[name]).toBe(name in fields && !not.includes(name) ? fields[name] : base[name])
        }
      }),
    )
  })

  test('[L4] never brings back a row that the server does not have', () => {
    fc.assert(
      fc.property(patch, verdicts, (fields, verdict) => {
        expect(settle(null, update(fields), verdict)).toBeNull()
        expect(settle(null, deletion, verdict)).toBeNull()
      }),
    )
  })
})

describe('differing', () => {
  test('is exactly what has to be written', () => {
    fc.assert(
      fc.property(row, row, (from, to) => {
        const changed = differing(from, to)
        expect({ ...from, ...changed }).toEqual(to)
        for (const [name, now] of Object.entries(changed)) expect(now).not.toBe(from[name])
        expect(differing(to, to)).toEqual({})
      }),
    )
  })
})

/** What a part names as its whole. */
const wholes: Readonly<Partial<Record<Entity, readonly [Entity, string]>>> = {
  product_variants: ['products', 'product_id'],
  product_images: ['products', 'product_id'],
  talking_points: ['products', 'product_id'],
  session_products: ['sessions', 'session_id'],
  session_states: ['sessions', 'id'],
}

describe('planMutations', () => {
  const id = fc.constantFrom('1', '2', '3')
  const change: fc.Arbitrary<Change> = fc
    .record({
      entity: fc.constantFrom(...entities),
      id,
      kind: fc.constantFrom('insert', 'update', 'delete'),
      of: id,
      fields: fc.dictionary(fc.constantFrom('name', 'notes', 'key'), value, { noNullPrototype: true }),
    })
    .map(({ entity, id: own, kind, of, fields }) => {
      const image = { id: own, name: 'n', notes: '', key: 7, product_id: of, session_id: of, brand_id: of }
      return {
        entity,
        id: own,
        before: kind === 'insert' ? null : image,
        after: kind === 'delete' ? null : { ...image, ...fields },
      }
    })
  const changes = fc.uniqueArray(change, { maxLength: 20, selector: (one) => `${one.entity} ${one.id}` })
  const names2 = (one: { entity: string; rowId: string }): string => `${one.entity} ${one.rowId}`

  test('[P6] every change is told once, but for parts that fall with their whole', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const told = planMutations(list).map(names2)
        expect(new Set(told).size).toBe(told.length)
        const removed = new Set(list.filter(({ after }) => after === null).map((one) => `${one.entity} ${one.id}`))
        for (const one of list) {
          const whole = wholes[one.entity]
          const falls =
            one.after === null && whole !== undefined && removed.has(`${whole[0]} ${String(one.before?.[whole[1]])}`)
          expect(told.includes(`${one.entity} ${one.id}`), JSON.stringify(one)).toBe(!falls)
        }
      }),
    )
  })

  test('[P1] in an order that the server can follow: wholes are there before their parts, and go after them', () => {
    fc.assert(
      fc.property(changes, (list) => {
        const drafts = planMutations(list)
        const at = new Map(drafts.map((one, index) => [names2(one), index]))
        const images = new Map(list.map((one) => [`${one.entity} ${one.id}`, one.after ?? one.before]))
        expect(drafts.length).toBeLessThanOrEqual(list.length)
        for (const draft of drafts) {
          const links: [Entity, unknown][] = []
          const image = images.get(names2(draft))
          const whole = wholes[draft.entity]
          if (whole) links.push([whole[0], image?.[whole[1]]])
          if (draft.entity === 'session_products') links.push(['products', image?.['product_id']])
          if (draft.entity === 'products' || draft.entity === 'sessions') links.push(['brands', image?.['brand_id']])
          for (const [entity, of] of links) {
            const other = drafts[at.get(`${entity} ${String(of)}`) ?? -1]
            if (!other) continue
            if (other.op === 'insert') expect(at.get(names2(other))).toBeLessThan(at.get(names2(draft)) ?? -1)
            if (other.op === 'delete') expect(at.get(names2(other))).toBeGreaterThan(at.get(names2(draft)) ?? Infinity)
          }
        }
      }),
    )
  })

  test('[P1] an edit holds the changed fields only, their values before, and nothing of this machine', () => {
    fc.assert(
      fc.property(changes, (list) => {
        for (const draft of planMutations(list)) {
          const source = list.find((one) => one.entity === draft.entity && one.id === draft.rowId)
          expect('key' in draft.patch || 'key' in draft.base).toBe(false)
          expect(draft.op).toBe(source?.before == null ? 'insert' : source.after === null ? 'delete' : 'update')
          if (draft.op !== 'update') continue
          expect(Object.keys(draft.base)).toEqual(Object.keys(draft.patch))
          expect({ ...source?.before, ...draft.patch, key: 0 }).toEqual({ ...source?.after, key: 0 })
          for (const [name, before] of Object.entries(draft.base)) {
            expect(before).toBe(source?.before?.[name])
            if (draft.entity !== 'session_states') expect(draft.patch[name]).not.toBe(before)
          }
        }
      }),
    )
  })
})

describe('checksum', () => {
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    id: fc.nat(),
    tx: fc.nat(),
    entity: fc.constantFrom(...entities),
    rowId: fc.uuid(),
    op: fc.constantFrom('insert', 'update', 'delete'),
    base: patch,
    patch,
    seen: fc.nat(),
    offline: fc.boolean(),
    at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    version: fc.nat(9),
  })

  test('[D2] is the same for the same content after a round through the disk, and tells every part of it', () => {
    fc.assert(
      fc.property(mutation, mutation, (one, other) => {
        expect(checksum(JSON.parse(JSON.stringify(one)) as Mutation)).toBe(checksum(one))
        for (const name of Object.keys(one) as (keyof Mutation)[]) {
          const changed = { ...one, [name]: other[name] }
          if (JSON.stringify(changed) !== JSON.stringify(one)) expect(checksum(changed), name).not.toBe(checksum(one))
        }
      }),
    )
  })
})
