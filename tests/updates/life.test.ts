import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { AppError } from '#shared/app-error.ts'
import { openOrBackup } from '../../src/main/updates-at-start.ts'
import { readConfig } from '../../src/main/config.ts'
import { backupFileName } from '../../src/main/db/backup-files.ts'
import { silentLog } from '../../src/main/log.ts'
import { catalogue } from '../sessions/catalogue.ts'
import { tempDir } from '../support/temp-dir.ts'
import { updateRig } from './update-rig.ts'

type Rig = Awaited<ReturnType<typeof updateRig>>

const HOUR_MS = 3600 * 1000
const later = (rig: Rig, ms: number): string => new Date(Date.parse(rig.clock.now()) + ms).toISOString()
const bytes = (text: string): Buffer => Buffer.from(text)

/** Installs what is published, as a restart does. */
async function update(rig: Rig): Promise<void> {
  await rig.check()
  await rig.install('now')
  expect(await rig.updates.exit()).toBe('installed')
}

describe('when it is installed', () => {
  test('never while a show is on, whatever is asked', async () => {
    await using rig = await updateRig()
    catalogue(rig).session({ status: 'live', name: 'Friday' })
    rig.publish()
    expect((await rig.check()).heldBack).toEqual({
      reason: expect.stringContaining('“Friday” is live') as string,
      until: null,
    })
    await expect(rig.install('now')).rejects.toThrow('“Friday” is live')
    await rig.install('quit')
    rig.updates.prepareExit()
    expect(await rig.updates.exit()).toBe('nothing')
    expect(rig.installed()).toBe('this is version 1.1.0')
    expect(rig.quits).toEqual([])
  })
  test('never within two hours of a show, and says until when', async () => {
    await using rig = await updateRig()
    const at = later(rig, 1.5 * HOUR_MS)
    catalogue(rig).session({ status: 'ready', name: 'Friday', scheduled_at: at })
    rig.publish()
    expect((await rig.check()).heldBack).toEqual({
      reason: expect.stringContaining('within two hours') as string,
      until: at,
    })
    await expect(rig.install('now')).rejects.toThrow('within two hours')
  })
  test('with a show that is further off, or over, nothing holds it back', async () => {
    await using rig = await updateRig()
    catalogue(rig).session({ status: 'ready', scheduled_at: later(rig, 3 * HOUR_MS) })
    catalogue(rig).session({ status: 'ended', scheduled_at: later(rig, HOUR_MS) })
    rig.publish()
    expect((await rig.check()).heldBack).toBeNull()
    await update(rig)
    expect(rig.installed()).toBe('this is version 1.2.0')
  })
  test('when Hudson closes, without starting it again; until then it can be called off', async () => {
    await using rig = await updateRig()
    rig.publish()
    await rig.check()
    expect((await rig.install('quit')).phase).toBe('waiting')
    expect(rig.updates.handlers['updates.cancel']({})).toMatchObject({ phase: 'ready' })
    rig.updates.prepareExit()
    expect(await rig.updates.exit()).toBe('nothing')
    await rig.install('quit')
    rig.updates.prepareExit()
    expect(await rig.updates.exit()).toBe('installed')
    expect([rig.installed(), rig.started]).toEqual(['this is version 1.2.0', []])
  })
  test('after a backup, with the version before kept beside it', async () => {
    await using rig = await updateRig()
    rig.publish()
    await update(rig)
    const { previous, installed, boot } = rig.record.state
    expect(previous).toMatchObject({ version: '1.1.0', backup: join(rig.dir, 'backup-1.1.0.db') })
    expect(readFileSync(previous?.path ?? '', 'utf8')).toBe('this is version 1.1.0')
    expect(installed?.version).toBe('1.2.0')
    expect(boot).toEqual({ version: '1.2.0', tries: 0 })
  })
  test('not at all where the backup fails', async () => {
    await using rig = await updateRig({ backUp: () => Promise.reject(new AppError('conflict', 'The disk is full.')) })
    rig.publish()
    await rig.check()
    await expect(rig.install('now')).rejects.toThrow('The disk is full.')
    expect(await rig.updates.exit()).toBe('nothing')
    expect(rig.installed()).toBe('this is version 1.1.0')
  })
  test('it is fetched only when somebody wants it', async () => {
    await using rig = await updateRig()
    rig.publish()
    expect((await rig.check()).available).toMatchObject({ version: '1.2.0', direction: 'up', notes: '- New' })
    expect(rig.server.artifactBytes()).toBe(0)
  })
})

describe('the rollout', () => {
  const offers = async (percent: number, copyId: string, version = '1.2.0'): Promise<boolean> => {
    await using rig = await updateRig()
    rig.record.change({ copyId })
    rig.publish({ manifest: { version, rollout: { seed: 'seed', percent } } })
    rig.updates.start()
    rig.clock.advance(60_000)
    await expect.poll(() => rig.state().checkedAt).not.toBeNull()
    return rig.state().available !== null
  }
  const copies = Array.from({ length: 12 }, (_, n) => `019aa000-0000-4000-8000-${String(n).padStart(12, '0')}`)
  test('reaches some by themselves, the same ones each time, and others with another version', async () => {
    const first = await Promise.all(copies.map((id) => offers(50, id)))
    const again = await Promise.all(copies.map((id) => offers(50, id)))
    const other = await Promise.all(copies.map((id) => offers(50, id, '1.3.0')))
    expect(again).toEqual(first)
    expect(new Set(first).size).toBe(2)
    expect(other).not.toEqual(first)
  })
  test('holds nobody back who asks by hand, but for what was taken back', async () => {
    await using rig = await updateRig()
    rig.publish({ manifest: { rollout: { seed: 'seed', percent: 0.0001 } } })
    expect((await rig.check()).available?.version).toBe('1.2.0')
    rig.publish({ manifest: { sequence: 11, rollout: { seed: 'seed', percent: 0 } } })
    expect((await rig.check()).available).toBeNull()
  })
  test('takes back what was downloaded already', async () => {
    await using rig = await updateRig()
    rig.publish()
    await rig.check()
    await rig.install('quit')
    rig.publish({ manifest: { sequence: 11, rollout: { seed: 'seed', percent: 0 } } })
    expect((await rig.check()).phase).toBe('idle')
    rig.updates.prepareExit()
    expect(await rig.updates.exit()).toBe('nothing')
  })
})

describe('channels', () => {
  test('to beta at once', async () => {
    await using rig = await updateRig()
    rig.publish({ manifest: { channel: 'beta', version: '1.2.0-beta.1' } })
    expect(await rig.setChannel('beta')).toMatchObject({ channel: 'beta', available: { version: '1.2.0-beta.1' } })
  })
  test('back to stable stays on a newer beta, and says until when', async () => {
    await using rig = await updateRig({ version: '1.2.0-beta.1' })
    rig.publish({ manifest: { version: '1.1.0' } })
    rig.record.change({ channel: 'beta' })
    const state = await rig.setChannel('stable')
    expect(state).toMatchObject({ channel: 'stable', available: null })
    expect(state.reason).toBe('You stay on 1.2.0-beta.1 until 1.2.0 is there. The newest stable version is 1.1.0.')
  })
  test('and goes down only by an explicit choice', async () => {
    await using rig = await updateRig({ version: '1.2.0-beta.1' })
    rig.publish({ manifest: { version: '1.1.0' }, artifact: bytes('this is version 1.1.0') })
    expect(await rig.check(true)).toMatchObject({ available: { version: '1.1.0', direction: 'down' } })
    await rig.install('now')
    expect(await rig.updates.exit()).toBe('installed')
    expect(rig.installed()).toBe('this is version 1.1.0')
  })
  test('never down to a version that cannot read the data', async () => {
    await using rig = await updateRig({ version: '1.2.0-beta.1' })
    rig.publish({ manifest: { version: '1.1.0', dbSchema: 4 } })
    const state = await rig.check(true)
    expect(state.available).toBeNull()
    expect(state.reason).toContain('cannot read the data')
  })
  test('are not changed while it is looked on the other one, whose release would be offered on this one', async () => {
    await using rig = await updateRig()
    rig.publish()
    const looking = rig.check()
    await expect(rig.setChannel('beta')).rejects.toThrow('looked for')
    expect((await looking).available?.version).toBe('1.2.0')
    expect(rig.state().channel).toBe('stable')
  })
  test('drops what was on its way from the other one', async () => {
    await using rig = await updateRig()
    rig.publish({ manifest: { channel: 'beta', version: '1.2.0-beta.1' } })
    await rig.setChannel('beta')
    await rig.install('quit')
    rig.publish({ manifest: { version: '1.1.0' } })
    expect(await rig.setChannel('stable')).toMatchObject({ phase: 'idle', available: null })
    rig.updates.prepareExit()
    expect(await rig.updates.exit()).toBe('nothing')
  })
})

describe('going back', () => {
  /** The copy after it was updated to 1.2.0, as its next start finds it. */
  const updated = async (first: Rig) => {
    await update(first)
    return await updateRig({ version: '1.2.0', dir: first.dir })
  }
  test('puts the version before in place, where the signed manifest allows it', async () => {
    await using first = await updateRig()
    first.publish()
    await using rig = await updated(first)
    expect(rig.state().previous).toEqual({ version: '1.1.0', failedBoots: 0 })
    await rig.rollback()
    expect(await rig.updates.exit()).toBe('installed')
    expect(rig.installed()).toBe('this is version 1.1.0')
    expect(rig.record.state).toMatchObject({ previous: null, boot: null })
  })
  test('is refused where it does not', async () => {
    await using first = await updateRig()
    first.publish({ manifest: { rollbackAllowed: ['1.0.0'] } })
    await using rig = await updated(first)
    expect(rig.state().previous?.reason).toBe('Version 1.2.0 may not be taken back to 1.1.0.')
    await expect(rig.rollback()).rejects.toThrow('may not be taken back')
  })
  test('is refused during a show', async () => {
    await using first = await updateRig()
    first.publish()
    await using rig = await updated(first)
    catalogue(rig).session({ status: 'rehearsal' })
    await expect(rig.rollback()).rejects.toThrow('in rehearsal')
  })
  test('with a package that was changed does nothing', async () => {
    await using first = await updateRig()
    first.publish()
    await using rig = await updated(first)
    writeFileSync(rig.record.state.previous?.path ?? '', 'this is version 6.6.6')
    await expect(rig.rollback()).rejects.toThrow('was changed')
    expect(rig.installed()).toBe('this is version 1.2.0')
  })
  test('takes the backup where the version before cannot read the data; nothing is deleted', async () => {
    await using first = await updateRig()
    first.publish({ manifest: { dbSchema: 6 } })
    await using rig = await updated(first)
    writeFileSync(join(rig.dir, 'hudson.db'), 'the newer data')
    writeFileSync(join(rig.dir, 'hudson.journal'), 'edits')
    await rig.rollback()
    expect(await rig.updates.exit()).toBe('installed')
    expect(readFileSync(join(rig.dir, 'hudson.db'), 'utf8')).toBe('a backup')
    const [folder = ''] = readdirSync(join(rig.dir, 'quarantine'))
    expect(readdirSync(join(rig.dir, 'quarantine', folder)).toSorted()).toEqual(['hudson.db', 'hudson.journal'])
  })
  test('that fails at the last moment keeps the way back', async () => {
    await using first = await updateRig()
    first.publish()
    await using rig = await updated(first)
    await rig.rollback()
    rmSync(rig.appImage)
    mkdirSync(rig.appImage)
    expect(await rig.updates.exit()).toBe('failed')
    expect(rig.record.state.previous?.version).toBe('1.1.0')
    expect(rig.record.state.installed?.version).toBe('1.2.0')
  })
  test('failed starts are counted until one succeeds', async () => {
    await using first = await updateRig()
    first.publish()
    await using rig = await updated(first)
    for (const tries of [0, 1, 2]) expect(rig.record.noteStart('1.2.0')).toBe(tries)
    expect(rig.state().previous).toEqual({ version: '1.1.0', failedBoots: 3 })
    rig.updates.bootSucceeded()
    expect(rig.record.noteStart('1.2.0')).toBe(0)
    expect(rig.state().previous?.failedBoots).toBe(0)
  })
})

describe('data of a newer version', () => {
  const newer = new AppError('update-required', 'This data was written by a newer version of Hudson.')
  const rig = (schemas: readonly number[]) => {
    const config = readConfig({ env: {}, runtime: 'electron', dataDir: tempDir() })
    mkdirSync(join(config.dataDir, 'backups'))
    schemas.forEach((schema, n) => {
      const db = new Database(
        join(config.dataDir, 'backups', backupFileName('before-update', `2026-11-0${n + 1}T00:00:00.000Z`)),
      )
      db.pragma(`user_version = ${schema}`)
      db.close()
    })
    writeFileSync(config.dbPath, 'newer')
    const tries = { count: 0 }
    const open = (): string => {
      tries.count += 1
      if (readFileSync(config.dbPath, 'utf8') === 'newer') throw newer
      return 'open'
    }
    return { config, open }
  }
  test('is refused, and the newest backup that fits is offered', async () => {
    const { config, open } = rig([1, 1, 99_999])
    const asked: string[] = []
    const ask = async (_problem: string, at: string): Promise<boolean> => asked.push(at) > 0
    expect(await openOrBackup(open, { config, log: silentLog, ask })).toBe('open')
    expect(asked).toEqual(['2026-11-02T00:00:00.000Z'])
    expect(existsSync(join(config.dataDir, 'quarantine'))).toBe(true)
  })
  test('stays as it is where nobody wants the backup, or there is none', async () => {
    const { config, open } = rig([1])
    await expect(openOrBackup(open, { config, log: silentLog, ask: async () => false })).rejects.toThrow(newer.message)
    const without = rig([])
    const ask = (): Promise<boolean> => Promise.reject(new Error('nobody is to be asked'))
    await expect(openOrBackup(without.open, { config: without.config, log: silentLog, ask })).rejects.toThrow(
      newer.message,
    )
    expect(readFileSync(config.dbPath, 'utf8')).toBe('newer')
  })
})
