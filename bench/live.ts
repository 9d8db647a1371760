import { v7 as uuid } from 'uuid'
import { createApp } from '../src/main/app.ts'
import { systemClock } from '../src/main/clock.ts'
import { readConfig } from '../src/main/config.ts'
import type { Db } from '../src/main/db/database.ts'
import { openDb } from '../src/main/db/open.ts'
import { Writer } from '../src/main/db/write.ts'
import { Events } from '../src/main/events.ts'
import { createLive } from '../src/main/live/live.ts'
import { silentLog } from '../src/main/log.ts'
import { SettingsStore } from '../src/main/settings/settings.ts'
import { fillCatalogue } from './catalogue.ts'
import { inTempDir, loadRawLimits, seeded, timeRows } from './support.ts'
import type { BenchRow } from './support.ts'

const ITEMS = 100
const PICTURES = 5
const JUMPS = 1_000

/**
 * A jump by number in a line-up of 100 items with five pictures each: from the call to the delta that displays get, and to
 * the answer. Once through the whole core, where the raw limit is one row and its outbox entry in one transaction with its
 * fsync; once without a disk, which shows what is ours.
 */
export async function run(): Promise<BenchRow[]> {
  const raw = await loadRawLimits()
  return inTempDir(async (dir) => {
    const { told, answered } = await onDisk(dir)
    const write = raw?.write(dir, JUMPS)
    return [
      ...timeRows('state_delta after a jump', told, { limit: 15, ...(write && { raw: write.p95 }) }),
      ...timeRows('answer of a jump', answered, { limit: 15, ...(write && { raw: write.p95 }) }),
      ...timeRows('answer of a jump, without the disk', await inMemory()),
    ]
  })
}

async function onDisk(dir: string): Promise<{ told: number[]; answered: number[] }> {
  const config = readConfig({ env: {}, runtime: 'studio', dataDir: dir })
  const sessionId = fill(config.dbPath)
  await using app = createApp(config, { log: silentLog, clock: systemClock, fetch })
  const call = async (name: string, input: object): Promise<void> => {
    const reply = await app.dispatch(name, { sessionId, ...input })
    if (!reply.ok) throw new Error(reply.error.message)
  }
  const told: number[] = []
  let from = 0
  let jumping = false
  app.events.on('live', () => {
    if (jumping) told.push(performance.now() - from)
  })
  await call('live.start', { mode: 'live' })
  const answered = await jumpAbout(async (number) => {
    from = performance.now()
    jumping = true
    await call('live.goto', { number })
    jumping = false
  })
  if (told.length !== JUMPS) throw new Error(`${JUMPS} jumps, but ${told.length} deltas`)
  return { told, answered }
}

function fill(path: string): string {
  using db = openDb(path)
  return fillShow(db)
}

async function inMemory(): Promise<number[]> {
  using db = openDb(':memory:')
  const sessionId = fillShow(db)
  const events = new Events((error) => {
    throw error
  })
  const settings = new SettingsStore(db, events)
  const writer = new Writer(db, systemClock)
  using live = createLive({ db, writer, events, clock: systemClock, settings, log: silentLog, apartSince: () => null })
  await live.handlers['live.start']({ sessionId, mode: 'live' })
  return await jumpAbout(async (number) => {
    await live.handlers['live.goto']({ sessionId, number })
  })
}

/** Ms that each jump took. Never to the item that is on air: such a jump tells nothing. */
async function jumpAbout(jump: (number: number) => Promise<void>): Promise<number[]> {
  const random = seeded(11)
  const samples: number[] = []
  for (let count = 0, number = 1; count < JUMPS; count += 1) {
    number = ((number + Math.floor(random() * (ITEMS - 1))) % ITEMS) + 1
    const from = performance.now()
    await jump(number)
    samples.push(performance.now() - from)
  }
  return samples
}

/** A session whose products have all their pictures. Answers its id. */
function fillShow(db: Db): string {
  fillCatalogue(db, ITEMS)
  const products = db.sqlite.prepare('SELECT id FROM products').pluck().all() as string[]
  const sessionId = uuid()
  const now = '2026-11-22T10:00:00.000Z'
  db.sqlite.transaction(() => {
    db.statement(
      `INSERT INTO sessions (id, name, slug, status, created_at, updated_at) VALUES (?, 'Bench', 'bench', 'draft', ?, ?)`,
    ).run(sessionId, now, now)
    const addItem = db.statement(
      `INSERT INTO session_products (id, session_id, product_id, order_key, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    products.forEach((productId, index) => {
      addItem.run(uuid(), sessionId, productId, `b${String(index).padStart(3, '0')}`, now, now)
      for (let position = 2; position <= PICTURES; position += 1) addPicture(db, productId, position)
    })
    db.statement(
      `INSERT INTO media_files (image_id, state, file, bytes, width, height, attempts, updated_at)
       SELECT id, 'ready', replace(id, '-', '') || replace(id, '-', '') || '.webp', 1, 1600, 1200, 1, ? FROM product_images`,
    ).run(now)
  })()
  return sessionId
}

function addPicture(db: Db, productId: string, position: number): void {
  const now = '2026-11-22T10:00:00.000Z'
  db.statement(
    `INSERT INTO product_images (id, product_id, origin, alt, position, created_at, updated_at)
     VALUES (?, ?, 'person', 'On the model, from the side', ?, ?, ?)`,
  ).run(uuid(), productId, position, now, now)
}
