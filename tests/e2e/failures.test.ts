import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { must } from '#shared/must.ts'
import { launchBrowser } from '../support/launch-browser.ts'
import { hudson, serve, tempDir } from '../system/hudson.ts'
import { doctorAndPage, noticeOf, openComputer, lookedAt } from './failures-stage.ts'
import type { Computer } from './failures-stage.ts'

// Failures of this computer: what a producer sees, what stays, and how it ends.

const on: { browser: Browser | null } = { browser: null }
beforeAll(async () => {
  on.browser = await launchBrowser()
})
afterAll(() => on.browser?.close())

async function computer(): Promise<Computer> {
  const opened = await openComputer(must(on.browser, 'a browser'))
  onTestFinished(() => opened[Symbol.asyncDispose]())
  return opened
}

test('nothing is configured: it starts, and nothing is wrong', async () => {
  const here = await computer()
  await here.start()
  await here.page.getByText('Saved on this computer').waitFor()
  expect(await here.page.locator('.notice').count()).toBe(0)
  await lookedAt(here.page, 'nothing-configured')
  const said = await doctorAndPage(here)
  expect([...said.values()].filter(({ state }) => state === 'error')).toEqual([])
})

describe('a disk that takes nothing', () => {
  test.each([
    ['refused', 'Nothing is saved: Hudson may not write to its data folder', 'may not write to its data folder'],
    ['full', 'Nothing is saved: the disk is full', 'The disk is full'],
  ] as const)('%s: said until it is over, and what was typed stays in its field', async (sickness, title, detail) => {
    const here = await computer()
    await here.start()
    const { id } = await here.call<{ id: string }>('sessions.create', { name: 'Friday' })
    const { page } = here
    await here.go(`/sessions/${id}`)
    const name = page.getByRole('textbox', { name: 'Name of the session' })
    await name.waitFor()
    await here.fail(sickness)
    // More than what is free in a page of the database.
    await expect
      .poll(async () => (await here.server().call('sessions.update', { id, patch: { notes: 'x'.repeat(19_000) } })).ok)
      .toBe(false)
    const notice = noticeOf(page, title)
    await notice.waitFor()
    await name.fill('Friday at nine')
    await page.keyboard.press('Enter')
    if (sickness === 'refused') await page.getByRole('alert').filter({ hasText: 'nothing was saved' }).waitFor()
    expect(await name.inputValue()).toBe('Friday at nine')
    await lookedAt(page, `disk-${sickness}`)
    await notice.getByRole('button', { name: 'Try again now' }).click()
    await notice.waitFor()
    await here.go(`/sessions/${id}/producer`)
    await notice.waitFor()
    await lookedAt(page, `disk-${sickness}-producer`)
    const found = await doctorAndPage(here)
    expect(found.get('disk')).toMatchObject({ state: 'error', detail: expect.stringContaining(detail) })
    await here.go(`/sessions/${id}`)
    await notice.waitFor()
    // It is over: that is found without anybody's doing.
    await here.fail('')
    await notice.waitFor({ state: 'detached' })
    expect((await here.server().call('sessions.update', { id, patch: { notes: 'again' } })).ok).toBe(true)
    if (sickness === 'refused') {
      await expect
        .poll(async () => (await here.call<{ name: string }>('sessions.get', { id })).name)
        .toBe('Friday at nine')
    }
  })
})

test('a local database that is damaged: what was recovered is told by counts, dismissed, and readable again', async () => {
  const here = await computer()
  const { page } = here
  await here.start()
  await here.call('sample.load')
  const before = await here.call<{ total: number }>('products.list')
  await here.end()
  const path = join(here.dir, 'hudson.db')
  const bytes = readFileSync(path)
  bytes.fill(0xa5, 0, 4_096)
  writeFileSync(path, bytes)
  await here.start()
  const notice = noticeOf(page, 'Hudson has repaired its data')
  await notice.waitFor()
  await lookedAt(page, 'database-damaged')
  await notice.getByRole('button', { name: 'What was recovered' }).click()
  const dialog = page.getByRole('dialog')
  const { rows } = await here.call<{ rows: { kept: number } }>('recovery.report')
  expect(rows.kept).toBeGreaterThan(before.total)
  const read = dialog.locator('.report-count').filter({ hasText: 'Entries read' })
  expect(await read.locator('dd').textContent()).toBe(rows.kept.toLocaleString('en'))
  await dialog.getByText('the damaged files are in the folder quarantine/').waitFor()
  await lookedAt(page, 'database-damaged-counts')
  await page.keyboard.press('Escape')
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await notice.waitFor({ state: 'detached' })
  expect((await here.call<{ total: number }>('products.list')).total).toBe(before.total)
  expect((await doctorAndPage(here)).get('database')).toMatchObject({ state: 'ok' })
  await page.getByRole('region', { name: 'The last repair' }).getByText('Entries read').waitFor()
})

test('a stored address that cannot be read: said, everything else works, and it comes back', async () => {
  const here = await computer()
  const { page } = here
  // Nobody listens there.
  const value = 'postgresql://hudson:s3cret-canary@127.0.0.1:1/team'
  await here.start({ HUDSON_SECRETS_PASSPHRASE: 'correct horse battery' })
  await here.call('secrets.set', { name: 'databaseUrl', value })
  await here.end()
  await here.start({ HUDSON_SECRETS_PASSPHRASE: 'another horse altogether' })
  const notice = noticeOf(page, 'A stored password or key cannot be read')
  await notice.getByText('Nothing was removed').waitFor()
  await lookedAt(page, 'secret-unreadable')
  await here.call('sessions.create', { name: 'Friday' })
  expect((await doctorAndPage(here)).get('secrets')).toMatchObject({ state: 'warn' })
  await here.end()
  await here.start({ HUDSON_SECRETS_PASSPHRASE: 'correct horse battery' })
  await page
    .getByText(/Offline/)
    .first()
    .waitFor()
  expect(await notice.count()).toBe(0)
})

describe('a disk of its own', () => {
  test('that is really full: said, nothing lost, and over as soon as there is room', async ({ skip }) => {
    const here = await computer()
    if (!mountSmall(here.dir)) skip(noMount)
    onTestFinished(() => void execFileSync('umount', ['-l', here.dir]))
    await here.start()
    const { id } = await here.call<{ id: string }>('sessions.create', { name: 'Friday' })
    const ballast = join(here.dir, 'ballast')
    // All that there is: what is written ends with the last byte.
    expect(() => writeFileSync(ballast, Buffer.alloc(40_000_000))).toThrow('ENOSPC')
    const notes = 'x'.repeat(19_000)
    const update = (text: string) => here.server().call('sessions.update', { id, patch: { notes: text } })
    const refused = async (): Promise<boolean> => !(await update(`${notes}${Math.random()}`)).ok
    await expect.poll(refused, { interval: 10 }).toBe(true)
    await noticeOf(here.page, 'Nothing is saved: the disk is full').waitFor()
    await here.end()
    // Started anew it may not even have the room to begin with: it says so, or has everything.
    expect(() => writeFileSync(ballast, Buffer.alloc(40_000_000))).toThrow('ENOSPC')
    const { out } = await hudson(['call', 'sessions.list', '--data-dir', here.dir])
    const message = 'The disk is full, so nothing was saved. Free some space, then try again.'
    expect([
      { ok: false, error: { code: 'internal', message } },
      { ok: true, value: { items: [expect.objectContaining({ name: 'Friday' })] } },
    ]).toContainEqual(JSON.parse(out))
    rmSync(ballast)
    await here.start()
    expect(await here.call('sessions.get', { id })).toMatchObject({ name: 'Friday' })
    expect(await update('again')).toMatchObject({ ok: true })
    expect(await here.call('recovery.report')).toBeNull()
  })

  test('that is write-protected when Hudson starts is told in words, by the doctor too, and nothing in it is changed', async ({
    skip,
  }) => {
    using root = tempDir()
    const dir = join(root.path, 'data')
    if (!mountSmall(dir)) skip(noMount)
    const here = await serve(dir)
    await here.end('SIGTERM')
    execFileSync('mount', ['-o', 'remount,ro', dir])
    try {
      const words = /^Hudson may not write to its data folder, so nothing was saved\. Check its permissions/
      const { code, err } = await hudson(['serve', '--data-dir', dir])
      expect(code).toBe(1)
      expect(err.split('\n').find((line) => !line.startsWith('{'))).toMatch(words)
      const doctor = await hudson(['doctor', '--json', '--data-dir', dir])
      const check = { name: 'database', state: 'error', detail: expect.stringMatching(words), ms: 0 }
      expect([doctor.code, JSON.parse(doctor.out)]).toEqual([1, { checks: [check] }])
    } finally {
      execFileSync('umount', [dir])
    }
  })
})

const noMount = 'Only root on Linux may mount a small disk, and this is not.'

/** A disk of its own at this folder; false where that cannot be had. */
function mountSmall(dir: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  mkdirSync(dir, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'none', dir], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
