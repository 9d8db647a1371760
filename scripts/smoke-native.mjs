/**
 * `node scripts/smoke-native.mjs [FOLDER]`: whether what holds native code works on this system: the database opens, is migrated,
 * written and read; the keychain keeps a value and gives it back. FOLDER: the unpacked `app.asar.unpacked` of a package, whose
 * libraries are taken then. Exit code 1 where something does not. A keychain that is not there (a server without a desktop)
 * is said, and fails only with HUDSON_SMOKE_KEYCHAIN=1.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { root } from './build-if-needed.mjs'

const from = resolve(process.argv[2] ?? root)
const load = createRequire(join(from, 'smoke.cjs'))
const folder = mkdtempSync(join(tmpdir(), 'hudson-smoke-'))
const failed = []

const reasonOf = (error) => (error instanceof Error ? error.message : String(error))

async function step(name, work) {
  try {
    console.log(`${name}: ${(await work()) ?? 'good'}`)
  } catch (error) {
    failed.push(name)
    console.log(`${name}: FAILED, ${reasonOf(error)}`)
  }
}

await step('database', () => {
  const Database = load('better-sqlite3')
  const path = join(folder, 'hudson.db')
  const db = new Database(path)
  db.pragma('journal_mode = WAL')
  const migrations = join(root, 'migrations', 'local')
  for (const name of readdirSync(migrations).toSorted()) db.exec(readFileSync(join(migrations, name), 'utf8'))
  db.prepare("INSERT INTO settings (name, value) VALUES ('smoke', 'kept')").run()
  db.close()
  const again = new Database(path, { readonly: true })
  const { value } = again.prepare("SELECT value FROM settings WHERE name = 'smoke'").get()
  const { version } = again.prepare('SELECT sqlite_version() AS version').get()
  again.close()
  if (value !== 'kept') throw new Error('what was written is not there')
  return `good, SQLite ${version}`
})

await step('keychain', async () => {
  const keychain = load('keytar')
  const service = `hudson-smoke-${process.pid}`
  try {
    await keychain.setPassword(service, 'smoke', 'kept')
  } catch (error) {
    if (process.env.HUDSON_SMOKE_KEYCHAIN === '1') throw error
    return `none here (${reasonOf(error)}); the library loads`
  }
  const kept = await keychain.getPassword(service, 'smoke')
  await keychain.deletePassword(service, 'smoke')
  if (kept !== 'kept') throw new Error('it gave back something else')
  return 'good'
})

rmSync(folder, { recursive: true, force: true })
console.log(`${process.platform}-${process.arch}, Node ${process.versions.node}, libraries of ${from}`)
process.exit(failed.length === 0 ? 0 : 1)
