import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { localSchema } from '../support/local-schema.ts'
import { runApp } from '../support/electron-runtime/run-app.ts'
import type { RunningApp } from '../support/electron-runtime/run-app.ts'
import { seal } from '../../src/main/updates/envelope.ts'
import type { Manifest } from '../../src/main/updates/manifest.ts'
import { startReleaseServer } from '../updates/release-server.ts'
import { keyPair, sha512 } from '../updates/update-rig.ts'
import { tempDir } from '../system/hudson.ts'
import { seriousProblems } from './builder-stage.ts'
import { freePort, goTo } from './electron/hosts.ts'

// A copy of Hudson that runs from an "AppImage" in a temporary folder: to beta by the settings, installed, a version that does
// not start, and back, with everything that was there.

const beta = '1.2.0-beta.1'
const DAY_MS = 24 * 3600 * 1000

test('to beta, which does not start, and back to the version before, with all data', async () => {
  await using stack = new AsyncDisposableStack()
  const folder = stack.use(tempDir()).path
  const server = stack.use(await startReleaseServer())
  const keys = keyPair()
  const [dataDir, resources, appImage, log] = ['data', 'resources', 'Hudson.AppImage', 'started.log'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string]
  // The next version is to work on the same data.
  const dataDirArgument = `--data-dir=${dataDir}`
  for (const dir of [dataDir, resources]) mkdirSync(dir)
  const packageOf = (version: string): Buffer => Buffer.from(`#!/bin/sh\necho ${version} $1 >> '${log}'\n`)
  writeFileSync(appImage, packageOf('1.1.0'))
  chmodSync(appImage, 0o755)
  writeFileSync(
    join(resources, 'app-update.yml'),
    'provider: generic\nurl: https://nowhere.invalid\nupdaterCacheDirName: hudson-updater\n',
  )

  const publish = (channel: 'stable' | 'beta', version: string): void => {
    const artifact = packageOf(version)
    const name = `Hudson-${version}.AppImage`
    const files = [{ name, kind: 'AppImage' as const, size: artifact.length, sha512: sha512(artifact) }]
    const [issuedAt, expiresAt] = [-DAY_MS, 30 * DAY_MS].map((ms) => new Date(Date.now() + ms).toISOString()) as [
      string,
      string,
    ]
    const manifest: Manifest = {
      schema: 1,
      product: 'hudson-desktop',
      channel,
      platform: 'linux',
      arch: process.arch as 'x64',
      version,
      sequence: 1,
      issuedAt,
      expiresAt,
      minFromVersion: '1.0.0',
      dbSchema: localSchema,
      files,
      rollout: { seed: 'a', percent: 100 },
      rollbackAllowed: ['1.1.0'],
      notes: '- Pictures load **earlier**\n- A calmer line-up',
    }
    server.files.set(`/${channel}/linux-${process.arch}.release`, seal(manifest, [keys.privateKey]))
    server.files.set(`/${channel}/${name}`, artifact)
  }
  publish('stable', '1.1.0')
  publish('beta', beta)

  const start = (
    version: string,
    options: { readonly port?: number; readonly args?: readonly string[] } = {},
  ): RunningApp => {
    const app = runApp(dataDir, {
      args: options.args ?? [],
      setup: { version, resources },
      env: { HUDSON_DEV: '1', HUDSON_UPDATE_KEYS: keys.publicKey, HUDSON_UPDATES_URL: server.url, APPIMAGE: appImage },
      ...(options.port !== undefined && { debuggingPort: options.port }),
    })
    stack.defer(() => app.kill())
    return app
  }
  const record = (): { boot: { tries: number } | null } =>
    JSON.parse(readFileSync(join(dataDir, 'updates', 'state.json'), 'utf8')) as never
  const started = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [])
  const count = async (page: Page): Promise<unknown> =>
    await page.evaluate(async () => {
      const { hudson } = window as unknown as {
        hudson: { call(name: string, input: object): Promise<{ value: { counts: unknown } }> }
      }
      return (await hudson.call('app.info', {})).value.counts
    })

  // To beta, by the settings.
  const port = await freePort()
  const first = start('1.1.0', { port, args: ['--demo'] })
  const { page, browser } = await pageOf(first, port)
  const before = await count(page)
  await goTo(page, '/settings')
  const updates = page.getByRole('region', { name: 'Updates' })
  await updates.getByText('1.1.0', { exact: true }).waitFor()
  await updates.getByRole('radio', { name: 'Beta' }).click({ force: true })
  const offer = updates.getByRole('article', { name: `Hudson ${beta}` })
  await offer.getByText('Pictures load earlier').waitFor()
  expect(server.artifactBytes()).toBe(0)
  expect(await seriousProblems(page)).toEqual([])
  await picture(page, 'updates-beta')
  await offer.getByRole('button', { name: 'Restart and install' }).click()
  expect(await first.ended, first.said()).toBe(0)
  await browser.close()
  await expect.poll(started).toEqual([`${beta} ${dataDirArgument}`])
  expect(readFileSync(appImage)).toEqual(packageOf(beta))

  // It does not come to a window, three times.
  for (const tries of [1, 2, 3]) {
    const failing = start(beta)
    await vi.waitFor(() => expect(record().boot?.tries).toBe(tries), { timeout: 30_000, interval: 5 })
    failing.kill()
    await failing.ended
  }
  const asked = start(beta)
  await vi.waitFor(async () => expect(await asked.dialogs(), asked.said()).toHaveLength(1), {
    timeout: 30_000,
    interval: 50,
  })
  expect((await asked.dialogs())[0]?.options).toMatchObject({
    message: `Hudson ${beta} did not start 3 times.`,
    buttons: ['Go back to 1.1.0', 'Try once more'],
  })
  await asked.answerDialog('Go back to 1.1.0')
  expect(await asked.ended, asked.said()).toBe(0)
  await expect.poll(started).toEqual([`${beta} ${dataDirArgument}`, `1.1.0 ${dataDirArgument}`])
  expect(readFileSync(appImage)).toEqual(packageOf('1.1.0'))

  // The version before, with everything.
  const again = start('1.1.0', { port })
  const { page: back, browser: last } = await pageOf(again, port)
  expect(await count(back)).toEqual(before)
  await goTo(back, '/settings')
  await back
    .getByRole('region', { name: 'Updates' })
    .getByRole('article', { name: `Hudson ${beta}` })
    .waitFor({ state: 'detached' })
  await picture(back, 'updates-back')
  await again.quit().catch(() => {})
  expect(await again.ended, again.said()).toBe(0)
  await last.close()
})

async function pageOf(app: RunningApp, port: number): Promise<{ page: Page; browser: Browser }> {
  await vi.waitFor(async () => expect((await app.windows())[0]?.visible, app.said()).toBe(true), {
    timeout: 60_000,
    interval: 100,
  })
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  const page = await vi.waitFor(
    () => {
      const pages = browser.contexts().flatMap((context) => context.pages())
      return must(
        pages.find((one) => one.url().includes('hudson')),
        'the first page',
      )
    },
    { timeout: 20_000, interval: 100 },
  )
  return { page, browser }
}

/** Kept where pictures are asked for. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['HUDSON_PICTURES']
  if (folder === undefined) return
  for (const theme of ['dark', 'light']) {
    await page.evaluate((to) => void (document.documentElement.dataset['theme'] = to), theme)
    await page.getByRole('region', { name: 'Updates' }).screenshot({ path: join(folder, `${name}-${theme}.png`) })
  }
}
