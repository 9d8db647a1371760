import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test, vi } from 'vitest'
import { fakeSentry } from '../crashes/support.ts'
import { serve, tempDir } from './hudson.ts'

interface Crashes {
  readonly items: readonly { readonly title: string; readonly state: string }[]
  readonly waiting: number
}

/** From now on, every `hudson` writes down which of our built files it loads. */
function recordLoads(dir: string): () => string {
  const record = join(dir, 'loaded.txt')
  const hook = join(dir, 'hook.mjs')
  writeFileSync(
    hook,
    `import { appendFileSync } from 'node:fs'
    import { registerHooks } from 'node:module'
    registerHooks({
      load: (url, context, next) => {
        if (/\\/main\\//.test(url)) appendFileSync(${JSON.stringify(record)}, url + '\\n')
        return next(url, context)
      },
    })`,
  )
  vi.stubEnv('NODE_OPTIONS', `--import ${pathToFileURL(hook).href}`)
  onTestFinished(() => void vi.unstubAllEnvs())
  return () => (existsSync(record) ? readFileSync(record, 'utf8') : '')
}

test('before somebody agrees, the code that sends is not loaded and no connection is made; after, a report leaves', async () => {
  using dir = tempDir()
  const loaded = recordLoads(dir.path)
  const sentry = await fakeSentry()
  vi.stubEnv('HUDSON_CRASH_DSN', sentry.dsn)
  await using server = await serve(join(dir.path, 'data'))
  const value = async <T>(name: string, input: object = {}): Promise<T> => {
    const reply = await server.call(name, input)
    if (!reply.ok) throw new Error(reply.error.message)
    return reply.value as T
  }
  const broke = (message: string) => value('crashes.note', { name: 'TypeError', message, stack: `at ${message}` })
  await broke('before')
  await value('crashes.preview')
  await value('diagnostics.bundlePreview')
  expect(await value<Crashes>('crashes.list')).toMatchObject({ items: [{ state: 'kept' }], waiting: 0 })
  expect(loaded()).toMatch(/headless/)
  expect(loaded()).not.toMatch(/sentry-sender/)
  expect(sentry.connections()).toBe(0)

  await value('settings.update', { patch: { privacy: { crashReports: 'on' } } })
  await broke('after')
  await vi.waitFor(
    async () => {
      const { items } = await value<Crashes>('crashes.list')
      expect(items.map(({ title, state }) => `${title} ${state}`)).toEqual([
        'TypeError: after sent',
        'TypeError: before kept',
      ])
    },
    { timeout: 20_000, interval: 50 },
  )
  expect(loaded()).toMatch(/sentry-sender/)
  expect(sentry.envelopes).toHaveLength(1)
  expect(sentry.envelopes[0]?.lines[2]).toContain('"after"')
})
