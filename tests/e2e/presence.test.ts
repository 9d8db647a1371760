import { hostname } from 'node:os'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { teamOf } from '../system/sync-team.ts'
import { seriousProblems } from './builder-stage.ts'
import { picture } from './picture.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

async function desktop(...args: string[]): Promise<SignedIn> {
  const hudson = await signIn(...args)
  onTestFinished(() => hudson[Symbol.asyncDispose]())
  await hudson.call('sync.now')
  return hudson
}

test('who edits the same item elsewhere is named at its row and above its fields, as long as they do', async () => {
  const { url } = await teamOf()
  vi.stubEnv('HUDSON_DATABASE_URL', url)
  const anna = await desktop('--demo')
  const ben = await desktop()
  const { items } = await anna.call<{ items: { id: string; itemCount: number }[] }>('sessions.list')
  const session = must(items.toSorted((one, other) => other.itemCount - one.itemCount)[0], 'a session')
  const hers = await anna.open(`/sessions/${session.id}`)
  const his = await ben.open(`/sessions/${session.id}`)
  await hers.locator('.line').nth(1).click()
  await hers.getByLabel('Notes').last().focus()
  // Both computers of this test have one name.
  const row = his.locator('.line').nth(1)
  await row.getByRole('img', { name: `${hostname()} is editing here` }).waitFor()
  await row.click()
  await his.getByText(`${hostname()} is editing this too.`, { exact: false }).waitFor()
  await picture(his, 'presence')
  expect(await seriousProblems(his)).toEqual([])
  expect(await his.locator('.line').nth(0).locator('.presence').count()).toBe(0)
  await hers.getByRole('link', { name: 'Sessions' }).first().click()
  await row.locator('.presence').waitFor({ state: 'detached' })
})
