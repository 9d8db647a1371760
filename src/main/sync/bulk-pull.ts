import { rmSync } from 'node:fs'
import { Applier } from './apply.ts'
import type { Applied } from './apply.ts'
import type { BulkDeps } from './bulk-deps.ts'
import type { Staged } from './bulk.ts'
import { readChunk, rowsOf } from './chunks.ts'
import type { WireRow } from './chunks.ts'
import { DirectFill } from './direct-fill.ts'
import { FirstFill } from './first-fill.ts'
import { Pages } from './pages.ts'
import type { PullPage } from './remote.ts'
import { readStage, Stage } from './stage.ts'
import { SyncState } from './state.ts'

/** Rows that are applied at once. */
const PORTION = 4_000
/** A first pull of which all is expected within so long, in ms, is written as it comes. */
const SOON_MS = 8_000

/** Of the time until the first page is here, what connecting and planning may have taken, in ms: later ones come without. */
const FIRST_MS = 300

/** All pages are here, in the file. */
interface StagedPull {
  readonly last: PullPage
  readonly moved: boolean
}

/**
 * Fetches all pages into a file, then writes them in one transaction. [L1] While pages come in, nothing is locked; while they are
 * written, readers see the state before. Of a first pull from a server that answers fast, each page is also written as it comes.
 */
export async function pullInBulk(deps: BulkDeps): Promise<Applied> {
  const { order, mayWrite } = deps
  const pages = new Pages(deps)
  using direct = (await comesSoon(deps, pages)) ? await DirectFill.begin(deps) : null
  const pull = await fetchAll(deps, pages, direct)
  let applied = direct?.finish(pull.last.cursor)
  if (!applied) {
    await mayWrite()
    applied = applyStaged(deps, pull)
  }
  rmSync(order.stagePath, { force: true })
  return applied
}

async function comesSoon({ clock, order }: BulkDeps, pages: Pages): Promise<boolean> {
  const { staged, job, soonMs = SOON_MS } = order
  if (staged || job.cursor.rev > 0) return false
  const began = clock.elapsed()
  const { cursor, head } = await pages.peek()
  const took = Math.max(0, clock.elapsed() - began - FIRST_MS)
  return (took * head) / Math.max(1, cursor.rev) < soonMs
}

async function fetchAll({ order, say }: BulkDeps, pages: Pages, direct: DirectFill | null): Promise<StagedPull> {
  let staged: Staged | null = order.staged
  using stage = new Stage(order.stagePath, staged?.bytes ?? 0)
  for (;;) {
    await direct?.patience(pages.peek())
    const page = await pages.next()
    stage.add(page.chunks)
    const { head = page.head, rows = 0, moved = false } = staged ?? {}
    const isMoved = moved || page.head !== head
    staged = { cursor: page.cursor, rows: rows + page.count, bytes: stage.bytes, head, moved: isMoved }
    say({ kind: 'staged', staged, head: page.head })
    direct?.add(page.chunks, { again: isMoved })
    if (page.complete) return { last: page, moved: isMoved }
  }
}

function applyStaged(deps: BulkDeps, pull: StagedPull): Applied {
  const { db, order } = deps
  const state = new SyncState(db)
  return db.sqlite
    .transaction(() => {
      const applied = FirstFill.fits(db) ? fillStaged(deps, state, pull) : mergeStaged(deps, state, pull)
      if (order.job.full) state.set('resync', false)
      return applied
    })
    .immediate()
}

function fillStaged(deps: BulkDeps, state: SyncState, { last, moved }: StagedPull): Applied {
  const fill = new FirstFill({ ...deps, state })
  for (const chunk of readStage(deps.order.stagePath)) fill.add([chunk], { again: moved })
  return fill.finish(last.cursor)
}

function mergeStaged(deps: BulkDeps, state: SyncState, { last }: StagedPull): Applied {
  const { job, stagePath } = deps.order
  const { cursor, lastMutationId, verdicts } = last
  const needsHeads = job.full || hasDeletions(stagePath)
  const run = new Applier({ ...deps, state }).begin(
    { cursor, lastMutationId, verdicts, full: job.full },
    needsHeads ? rowsOf(readStage(stagePath)) : [],
  )
  for (const portion of portions(rowsOf(readStage(stagePath)))) run.add(portion)
  const applied = run.finish()
  deps.search.update()
  return applied
}

function hasDeletions(path: string): boolean {
  for (const chunk of readStage(path)) if ('gone' in readChunk(chunk)) return true
  return false
}

function* portions(rows: Iterable<WireRow>): Iterable<WireRow[]> {
  let portion: WireRow[] = []
  for (const row of rows) {
    portion.push(row)
    if (portion.length < PORTION) continue
    yield portion
    portion = []
  }
  yield portion
}
