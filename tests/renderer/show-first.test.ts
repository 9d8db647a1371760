import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { showFirst } from '../../src/renderer/show-first.ts'

const all = ['sessions', 'sessions.list', {}] as const
const drafts = ['sessions', 'sessions.list', { status: 'draft' }] as const
const other = ['sessions', 'sessions.get', { id: 'a' }] as const

function client(): QueryClient {
  const queries = new QueryClient()
  queries.setQueryData(all, ['a', 'b'])
  queries.setQueryData(drafts, ['a'])
  queries.setQueryData(other, ['a'])
  return queries
}

const withoutA = (items: string[]): string[] => items.filter((one) => one !== 'a')

test('every list shows it before the answer is here, and nothing else changes', async () => {
  const queries = client()
  const send = (): Promise<unknown[]> =>
    Promise.resolve([all, drafts, other].map((queryKey) => queries.getQueryData(queryKey)))
  expect(await showFirst(queries, { name: 'sessions.list', change: withoutA, send })).toEqual([['b'], [], ['a']])
  expect(queries.getQueryData(all)).toEqual(['b'])
  // The truth is read as soon as somebody looks.
  expect(queries.getQueryState(all)?.isInvalidated).toBe(true)
  expect(queries.getQueryState(other)?.isInvalidated).toBe(false)
})

test('what is refused is as it was, and the refusal is told', async () => {
  const queries = client()
  const send = (): Promise<never> => Promise.reject(new Error('It is live'))
  await expect(showFirst(queries, { name: 'sessions.list', change: withoutA, send })).rejects.toThrow('It is live')
  expect(queries.getQueryData(all)).toEqual(['a', 'b'])
  expect(queries.getQueryData(drafts)).toEqual(['a'])
  expect(queries.getQueryState(all)?.isInvalidated).toBe(true)
})

test('a read that was under way does not bring back what was before', async () => {
  const queries = client()
  const old = Promise.withResolvers<string[]>()
  const read = queries.fetchQuery({ queryKey: all, queryFn: () => old.promise }).catch(() => undefined)
  await showFirst(queries, { name: 'sessions.list', change: withoutA, send: () => Promise.resolve() })
  old.resolve(['a', 'b'])
  await read
  expect(queries.getQueryData(all)).toEqual(['b'])
})
