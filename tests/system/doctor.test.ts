import { expect, test } from 'vitest'
import type { Check } from '#shared/diagnostics.ts'
import { hudson, serve, tempDir } from './hudson.ts'

test('hudson doctor says the same alone and beside a server, for people and for programs', async () => {
  using dir = tempDir()
  const alone = await hudson(['doctor', '--json', '--data-dir', dir.path])
  expect(alone.code, alone.err).toBe(0)
  const { checks } = JSON.parse(alone.out) as { checks: Check[] }
  expect(checks.find(({ name }) => name === 'database')).toMatchObject({ state: 'ok' })
  await using server = await serve(dir.path)
  const beside = await hudson(['doctor', '--data-dir', dir.path])
  expect(server.ready.port).toBeGreaterThan(0)
  expect(beside.code, beside.err).toBe(0)
  expect(beside.out).toMatch(/^ok +version +Hudson \d/m)
  expect(beside.out).toMatch(/^- +team +On this computer only/m)
  expect((await hudson(['doctor', 'too', '--data-dir', dir.path])).code).toBe(2)
})
