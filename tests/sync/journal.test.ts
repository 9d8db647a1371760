import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { JournalFile, readJournal } from '../../src/main/sync/journal.ts'
import type { Mutation } from '../../src/main/sync/mutation.ts'

function folder(): Disposable & { readonly path: string } {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-journal-'))
  return { path: join(dir, 'hudson.journal'), [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }) }
}

function mutation(id: number, name = `name ${id}`): Mutation {
  const patch = { name, tags: '["ü \ud800"]' }
  const common = { entity: 'brands', rowId: `row ${id}`, op: 'update', base: { name: null } } as const
  return { id, tx: id, ...common, patch, seen: 7, offline: false, at: '2026-11-22T10:00:00.000Z', version: 3 }
}

const ids = (path: string): number[] => readJournal(path).mutations.map(({ id }) => id)

test('[D1] what was appended is read back, whatever its text', () => {
  using here = folder()
  using journal = new JournalFile(here.path)
  journal.append([mutation(1), mutation(2, 'line\nbreak "quoted" \u2028')])()
  expect(journal.read()).toEqual({
    mutations: [mutation(1), mutation(2, 'line\nbreak "quoted" \u2028')],
    confirmed: 0,
    damaged: 0,
  })
  expect(journal.count).toBe(2)
})

test('[D1] a line that a crash cut short is not damage, and does not swallow the next one', () => {
  using here = folder()
  {
    using journal = new JournalFile(here.path)
    journal.append([mutation(1)])()
  }
  const [, line = ''] = readFileSync(here.path, 'utf8').split('\n')
  appendFileSync(here.path, line.slice(0, 40))
  expect(readJournal(here.path)).toMatchObject({ mutations: [{ id: 1 }], damaged: 0 })
  using journal = new JournalFile(here.path)
  journal.append([mutation(2)])()
  expect(ids(here.path)).toEqual([1, 2])
})

test('[D1] a whole line without its line break counts', () => {
  using here = folder()
  new JournalFile(here.path).append([mutation(1), mutation(2)])()
  writeFileSync(here.path, readFileSync(here.path, 'utf8').trimEnd())
  expect(ids(here.path)).toEqual([1, 2])
})

test('[D2] a damaged line is counted and not used; a damaged line break costs neither of its lines', () => {
  using here = folder()
  new JournalFile(here.path).append([1, 2, 3, 4].map((id) => mutation(id)))()
  const text = readFileSync(here.path, 'utf8')
  const second = text.indexOf('name 2')
  const broken = `${text.slice(0, second)}N${text.slice(second + 1)}`
  writeFileSync(here.path, broken)
  expect(readJournal(here.path)).toMatchObject({ mutations: [{ id: 1 }, { id: 3 }, { id: 4 }], damaged: 1 })
  const end = text.indexOf('\n', second)
  writeFileSync(here.path, `${text.slice(0, end)}x${text.slice(end + 1)}`)
  expect(ids(here.path)).toEqual([1, 2, 3, 4])
})

test('[D1] what was confirmed does not wait any more; a note that is damaged is only a line less', () => {
  using here = folder()
  using journal = new JournalFile(here.path)
  journal.append([1, 2, 3].map((id) => mutation(id)))()
  journal.confirm(2)
  expect(ids(here.path)).toEqual([3])
  writeFileSync(here.path, readFileSync(here.path, 'utf8').replace('"confirmed":2', '"confirmed":3'))
  expect(readJournal(here.path)).toMatchObject({ mutations: [{ id: 1 }, { id: 2 }, { id: 3 }], damaged: 1 })
})

test('[D1] written anew it holds just that, and goes on from there', () => {
  using here = folder()
  using journal = new JournalFile(here.path)
  journal.append([1, 2, 3].map((id) => mutation(id)))()
  journal.confirm(3)
  journal.rewrite([mutation(2), mutation(3)])
  journal.append([mutation(4)])()
  expect([ids(here.path), journal.count]).toEqual([[2, 3, 4], 3])
  expect(journal.size).toBe(Buffer.byteLength(readFileSync(here.path, 'utf8').trimEnd()) + 1)
  journal.rewrite([])
  expect([readFileSync(here.path, 'utf8').trim(), journal.size]).toEqual(['', 0])
  journal.append([mutation(5)])()
  expect(ids(here.path)).toEqual([5])
})

test('[D1] a line that a crash cut short in the room that was filled ahead is not damage', () => {
  using here = folder()
  {
    using journal = new JournalFile(here.path)
    journal.append([mutation(1), mutation(2)])()
  }
  const text = readFileSync(here.path, 'utf8')
  const end = text.trimEnd().length
  writeFileSync(here.path, `${text.slice(0, end - 30)}${text.slice(end)}`)
  expect(readJournal(here.path)).toMatchObject({ mutations: [{ id: 1 }], damaged: 0 })
  using journal = new JournalFile(here.path)
  journal.append([mutation(3)])()
  expect(ids(here.path)).toEqual([1, 3])
})

test('[D1] it goes on behind what it holds, also when that outgrows the room that was filled ahead', () => {
  using here = folder()
  const long = 'x'.repeat(100_000)
  for (let id = 1; id <= 6; id++) {
    using journal = new JournalFile(here.path)
    journal.append([mutation(id, long)])()
  }
  expect(ids(here.path)).toEqual([1, 2, 3, 4, 5, 6])
})
