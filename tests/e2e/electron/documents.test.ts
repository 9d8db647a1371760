import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { must } from '#shared/must.ts'
import type { Reply } from '#shared/reply.ts'
import { runApp } from '../../support/electron-runtime/run-app.ts'
import type { RunningApp } from '../../support/electron-runtime/run-app.ts'

// What the desktop app saves where the user says: the run sheet as PDF, and line-ups as files.

const dataDir = mkdtempSync(join(tmpdir(), 'hudson-documents-'))
const running: { app: RunningApp | null; session: string; items: number } = { app: null, session: '', items: 0 }
const app = (): RunningApp => must(running.app, 'a running app')

const eventually = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 30_000, interval: 50 })
const call = (name: string, input: object = {}): Promise<unknown> =>
  app().evaluate(0, `window.hudson.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`)

/** Calls, and answers the dialog that this opens. */
async function callAndChoose(name: string, input: object, place: string | null): Promise<Reply> {
  const reply = call(name, { sessionId: running.session, ...input })
  await eventually(async () => expect(await app().dialogs()).toMatchObject([{ kind: 'save' }]))
  await app().answerDialog(place)
  return (await reply) as Reply
}

async function start(): Promise<void> {
  running.app = runApp(dataDir, { args: ['--demo'] })
  await eventually(async () => expect((await app().windows())[0]?.visible, app().said()).toBe(true))
}

beforeAll(async () => {
  await start()
  const { value } = (await call('sessions.list')) as { value: { items: { id: string; itemCount: number }[] } }
  const longest = must(value.items.toSorted((a, b) => b.itemCount - a.itemCount)[0], 'a session')
  running.session = longest.id
  running.items = longest.itemCount
})
afterAll(async () => {
  running.app?.kill()
  await running.app?.ended
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
})

it('saves the run sheet as a PDF, drawn in a window that nobody sees and that goes with it', async () => {
  const path = join(dataDir, 'sheet.pdf')
  const seen = new Set<boolean>()
  const watching = setInterval(() => {
    app()
      .windows()
      .then((windows) => windows.slice(1).forEach(({ visible }) => seen.add(visible)))
      .catch(() => {})
  }, 50)
  const reply = await callAndChoose('runSheet.savePdf', { size: 'compact' }, path).finally(() =>
    clearInterval(watching),
  )
  expect(reply).toEqual({ ok: true, value: { savedAs: 'sheet.pdf' } })
  const pdf = readFileSync(path, 'latin1')
  expect(pdf.startsWith('%PDF-')).toBe(true)
  expect(pdf.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
  // The pictures are on it: it waited for them.
  expect(pdf.match(/\/Subtype \/Image\b/g)?.length).toBeGreaterThan(running.items / 2)
  expect([...seen]).toEqual([false])
  await eventually(async () => expect(await app().windows()).toHaveLength(1))
})

it('opens no window and writes nothing where the user thinks better of it', async () => {
  const reply = await callAndChoose('runSheet.savePdf', { size: 'large' }, null)
  expect(reply).toEqual({ ok: true, value: { savedAs: null } })
  expect(await app().windows()).toHaveLength(1)
})

it('saves a line-up as a file', async () => {
  const path = join(dataDir, 'line-up.csv')
  expect(await callAndChoose('lineup.saveExport', { format: 'csv' }, path)).toEqual({
    ok: true,
    value: { savedAs: 'line-up.csv' },
  })
  expect(readFileSync(path, 'utf8')).toContain('Item id,Number,Section')
})

it('says so where it cannot be written', async () => {
  const reply = await callAndChoose('lineup.saveExport', { format: 'xlsx' }, join(dataDir, 'nowhere', 'line-up.xlsx'))
  expect(reply).toMatchObject({ ok: false, error: { code: 'conflict' } })
})
