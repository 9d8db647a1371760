import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { seriousProblems } from './builder-stage.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

// Nobody listens there: what shows is what a person sees who is on the road.
const address = 'postgresql://hudson:s3cret-canary@127.0.0.1:1/team'

describe('the team in the settings', () => {
  const on: { stage: SignedIn | null } = { stage: null }
  const stage = (): SignedIn => must(on.stage, 'the stage is set')

  beforeAll(async () => {
    // Not into the keychain of whoever runs this.
    vi.stubEnv('HUDSON_SECRETS_PASSPHRASE', 'correct horse battery')
    on.stage = await signIn()
  })
  afterAll(async () => {
    await on.stage?.[Symbol.asyncDispose]()
    vi.unstubAllEnvs()
  })

  test('an address goes in, is never shown again, and can be taken out', async () => {
    const page = await stage().open('/settings')
    const team = page.getByRole('region', { name: 'Team' })
    await team.getByText('On this computer only.').waitFor()
    const field = team.getByLabel('Address of the database')

    await field.fill('mysql://hudson:s3cret-canary@h/d')
    await team.getByRole('button', { name: 'Join the team' }).click()
    await team.getByText('A PostgreSQL address starts with "postgresql:"').waitFor()
    expect(await field.getAttribute('aria-invalid')).toBe('true')
    expect(await seriousProblems(page)).toEqual([])

    await field.fill(address)
    await page.keyboard.press('Enter')
    await team.getByText('A file that your passphrase opens').waitFor()
    await team.getByText('cannot be reached').waitFor()
    expect(await team.getByLabel('Another address').inputValue()).toBe('')
    expect(await page.content()).not.toContain('s3cret-canary')
    expect(await seriousProblems(page)).toEqual([])
    await page.reload()
    await team.getByText('A file that your passphrase opens').waitFor()

    await team.getByRole('button', { name: 'Leave the team' }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByText('What is here stays here').waitFor()
    // The safe answer has the focus.
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'hidden' })
    expect(await stage().call('secrets.status')).toMatchObject({ databaseUrl: { set: true } })
    await team.getByRole('button', { name: 'Leave the team' }).click()
    await dialog.getByRole('button', { name: 'Leave' }).click()
    await team.getByText('No team database is set up any more.').waitFor()
    expect(await stage().call('secrets.status')).toMatchObject({ databaseUrl: { set: false } })
    // The refused call is no error of the page.
    expect(stage().errors).toEqual([])
    await page.close()
  })
})
