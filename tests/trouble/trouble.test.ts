import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { silentLog } from '../../src/main/log.ts'
import { studioBeside } from '../../src/main/studio-beside.ts'
import { Troubles } from '../../src/main/trouble/trouble.ts'
import { testCore } from '../support/core.ts'

// A disk that takes nothing any more: SQLite's own errors, of a database that may not grow or not be written.

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) {
    chmodSync(folder, 0o700)
    rmSync(folder, { recursive: true })
  }
})

function rig() {
  const core = testCore()
  const dataDir = mkdtempSync(`${tmpdir()}/hudson-trouble-`)
  folders.push(dataDir)
  const troubles = new Troubles({ ...core, dataDir, log: silentLog })
  const told: string[] = []
  core.events.on('changed', ({ feature }) => told.push(feature))
  const write = (): void => {
    try {
      core.db.sqlite.exec(`INSERT INTO settings VALUES ('big', hex(randomblob(40000)))`)
      core.db.sqlite.exec(`DELETE FROM settings WHERE name = 'big'`)
    } catch (error) {
      troubles.note(error)
    }
  }
  const full = (isFull: boolean): void => {
    const pages = Number(core.db.sqlite.pragma('page_count', { simple: true }))
    core.db.sqlite.pragma(`max_page_count = ${isFull ? pages : 1_000_000}`)
  }
  return { ...core, troubles, told, write, full, dataDir }
}

test('one refused write is told once, until a write works again, which is tried by itself', () => {
  const r = rig()
  r.write()
  expect(r.troubles.state).toEqual({ storage: null, studio: null })
  r.db.sqlite.pragma('query_only = ON')
  const since = r.clock.now()
  r.write()
  r.write()
  expect(r.troubles.state.storage).toEqual({ kind: 'refused', since })
  expect(r.told).toEqual(['trouble'])
  r.clock.advance(60_000)
  expect(r.troubles.state.storage).toEqual({ kind: 'refused', since })
  r.db.sqlite.pragma('query_only = OFF')
  r.clock.advance(5_000)
  expect(r.troubles.state.storage).toBeNull()
  expect(r.told).toEqual(['trouble', 'trouble'])
  expect(readdirSync(r.dataDir)).toEqual([])
  expect(r.db.sqlite.prepare('SELECT count(*) FROM settings').pluck().get()).toBe(0)
})

test('a full disk is a full disk; failures that come faster than the next try do not put it off', () => {
  const r = rig()
  r.full(true)
  r.write()
  expect(r.troubles.state.storage?.kind).toBe('full')
  r.full(false)
  for (let second = 0; second < 4; second += 1) {
    r.clock.advance(1_000)
    r.troubles.note(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }))
  }
  r.clock.advance(1_000)
  expect(r.troubles.state.storage).toBeNull()
})

test('"Try again" tries at once', async () => {
  const r = rig()
  r.db.sqlite.pragma('query_only = ON')
  r.write()
  expect(await r.troubles.handlers['trouble.retry']({})).toMatchObject({ storage: { kind: 'refused' } })
  r.db.sqlite.pragma('query_only = OFF')
  expect(await r.troubles.handlers['trouble.retry']({})).toEqual({ storage: null, studio: null })
})

test.each([
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_SHMSIZE', 'full'],
  ['ENOSPC', 'full'],
  ['EDQUOT', 'full'],
  ['SQLITE_READONLY_DBMOVED', 'refused'],
  ['SQLITE_CANTOPEN', 'refused'],
  ['EROFS', 'refused'],
  ['SQLITE_IOERR_WRITE', 'broken'],
  ['EIO', 'broken'],
])('%s means: %s', (code, kind) => {
  const r = rig()
  r.troubles.note(Object.assign(new Error(code), { code }))
  expect(r.troubles.state.storage?.kind).toBe(kind)
})

test('what is no matter of the disk is none here', () => {
  const r = rig()
  for (const code of ['SQLITE_CONSTRAINT', 'SQLITE_BUSY', 'ECONNREFUSED', 'SQLITE_CORRUPT']) {
    r.troubles.note(Object.assign(new Error(code), { code }))
  }
  r.troubles.note(new Error('no code'))
  r.troubles.note('no error')
  expect(r.troubles.state.storage).toBeNull()
  expect(r.told).toEqual([])
})

test('closed, it tries nothing more', () => {
  const r = rig()
  r.db.sqlite.pragma('query_only = ON')
  r.write()
  r.troubles[Symbol.dispose]()
  r.db[Symbol.dispose]()
  r.clock.advance(60_000)
  expect(r.told).toEqual(['trouble'])
})

test('an app that gets no port goes on without, says so, and gets one later', async () => {
  const r = rig()
  const port = { free: false, closed: 0 }
  const start = async (): Promise<AsyncDisposable> => {
    if (!port.free) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' })
    return { [Symbol.asyncDispose]: async () => void (port.closed += 1) }
  }
  const studio = await studioBeside({ troubles: r.troubles, log: silentLog, start })
  expect(r.troubles.state.studio).toEqual({ since: r.clock.now() })
  expect(await r.troubles.handlers['trouble.retry']({})).toMatchObject({ studio: { since: r.clock.now() } })
  port.free = true
  expect(await r.troubles.handlers['trouble.retry']({})).toEqual({ storage: null, studio: null })
  expect(r.told).toEqual(['trouble', 'trouble'])
  await studio[Symbol.asyncDispose]()
  expect(port.closed).toBe(1)
})
