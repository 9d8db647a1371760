import { AppError } from '#shared/app-error.ts'
import { setImmediate } from 'node:timers/promises'
import * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { Catalogue, Outcome } from '../db/shopify-catalogue.ts'
import type { SourceProduct } from '../db/source-product.ts'
import type { JobRun } from '../job-kind.ts'
import type { Log } from '../log.ts'
import type { ChangeLog } from './change-log.ts'
import type { Answer, ShopifyClient } from './client.ts'
import { ID_PAGE, moreVariants, PAGE, productCount, productIds, productsById, productsPage } from './queries.ts'
import { ShopifyFailure } from './shopify-failure.ts'
import { SyncInput } from './sync-input.ts'
import type { SyncMemory } from './sync-memory.ts'
import { ProductPage, readProduct, readVariants, Variants } from './to-source.ts'
import type { Read } from './to-source.ts'

/** Where a sync stands: everything before the cursor of its window is here. */
const Checkpoint = z.object({
  shop: z.string().nullable(),
  full: z.boolean(),
  /** Changes before this are not asked for; null = all are. */
  since: z.string().nullable(),
  after: z.string().nullable(),
  /** Products of this window so far, and of all. */
  inWindow: z.int(),
  seen: z.int(),
  newest: z.string().nullable(),
  through: z.boolean(),
  /** Shopify's ids of products that were on air until here. */
  held: z.array(z.string()),
})
type Checkpoint = z.infer<typeof Checkpoint>

export interface RunDeps {
  readonly client: ShopifyClient
  readonly catalogue: Catalogue
  readonly changes: ChangeLog
  readonly clock: Clock
  readonly log: Log
  /** Hears of each piece that was written. */
  readonly wrote: () => void
}

/** So many products are written at once; in between, others have their turn. */
const CHUNK = 10
/** So many products are asked for by their ids at once: what that costs Shopify does not say. */
const LOOKED = 25
/** Shopify's search lags behind: what changed so long before the newest change that we know is asked for again. */
const OVERLAP_MS = 10 * 60_000
/** Shopify pages no deeper than 25,000: before that, the question begins anew where we are. */
const WINDOW = 20_000
const SWEEP_EVERY_MS = 24 * 60 * 60_000
/** More than this gone at once looks like another shop. */
const MANY = 3
const MANY_SHARE = 0.2

/**
 * One sync: what was on air and waits, what changed (or everything), and what is gone.
 *
 * 1. A page is written before its place is noted, and writing it again changes nothing: a sync that ends anywhere goes on there.
 * 2. Watermark and filter are in Shopify's own time. A filter that Shopify does not understand matches everything, which is slow and
 *    right.
 * 3. While a page is written, the next one is on its way.
 */
export class SyncRun {
  readonly #deps: RunDeps
  readonly #job: JobRun
  readonly #signal: AbortSignal
  /** Shopify's ids of products that are on air. */
  readonly #held = new Set<string>()
  #page = PAGE

  constructor(deps: RunDeps, job: JobRun, signal: AbortSignal) {
    this.#deps = deps
    this.#job = job
    this.#signal = signal
  }

  /** Answers what the next sync needs to know. */
  async run(memory: SyncMemory): Promise<SyncMemory> {
    const { full, archiveMany, ids } = SyncInput.parse(this.#job.input)
    const saved = Checkpoint.safeParse(this.#job.checkpoint)
    // A place in another shop is none in this one.
    const start = saved.success && saved.data.shop === memory.shop ? saved.data : firstPlace(memory, full)
    for (const id of start.held) this.#held.add(id)
    await this.#look([...new Set([...memory.held, ...ids, ...this.#job.waiting().map(({ item }) => item)])])
    const end = start.through ? start : await this.#pages(start)
    const now = this.#deps.clock.now()
    const sweptAt = memory.sweptAt === null ? 0 : Date.parse(memory.sweptAt)
    const isDue = end.full || Math.abs(Date.parse(now) - sweptAt) > SWEEP_EVERY_MS
    if (isDue) await this.#sweep(archiveMany)
    const watermark = later(memory.watermark, end.newest)
    return { ...memory, watermark, sweptAt: isDue ? now : memory.sweptAt, held: [...this.#held] }
  }

  async #pages(start: Checkpoint): Promise<Checkpoint> {
    if (start.full && start.seen === 0) this.#job.save({ total: await this.#count() })
    let place = start
    let coming = this.#fetch(place)
    for (;;) {
      const { nodes, pageInfo } = await coming
      const reads: Read[] = []
      for (const node of nodes) reads.push(readProduct(node))
      const ahead = placeAfter(place, reads, pageInfo)
      coming = ahead.through ? Promise.resolve(NO_PAGE) : this.#fetch(ahead)
      // Awaited in the next round; until then a failure must not count as unhandled.
      coming.catch(() => {})
      const from = place
      const after = (fine: number): Checkpoint => ({ ...ahead, seen: from.seen + fine })
      place = after(await this.#write(reads, (fine) => this.#save(after(fine))))
      if (place.through) return place
    }
  }

  #save(place: Checkpoint): void {
    const total = place.through && !place.full ? { total: place.seen } : {}
    this.#job.save({ checkpoint: { ...place, held: [...this.#held] }, done: place.seen, ...total })
  }

  async #fetch({ after, since }: Checkpoint): Promise<z.infer<typeof ProductPage>['products']> {
    const query = since === null ? null : `updated_at:>='${since}'`
    const answer = await this.#ask(productsPage, { first: this.#page, after, query }).catch((error: unknown) => {
      if (!(error instanceof ShopifyFailure && error.trouble === 'too-costly') || this.#page < PAGE) throw error
      // Shopify prices some shops otherwise than others.
      this.#page = PAGE / 2
      return this.#ask(productsPage, { first: this.#page, after, query })
    })
    if (answer.searchWarnings.length > 0) {
      this.#deps.log.warn('Shopify ignored the filter and answers everything', { fields: answer.searchWarnings })
    }
    return parsed(ProductPage, answer).products
  }

  async #count(): Promise<number> {
    const answer = await this.#ask(productCount, {})
    return parsed(Count, answer).productsCount.count
  }

  /** Looks at some products by their ids: those that waited, and those that failed before. */
  async #look(ids: readonly string[]): Promise<void> {
    const asked = new Set(this.#job.waiting().map(({ item }) => item))
    for (let start = 0; start < ids.length; start += LOOKED) {
      const some = ids.slice(start, start + LOOKED)
      const { nodes } = parsed(Nodes, await this.#ask(productsById, { ids: some }))
      const reads = nodes.filter((node) => node !== null).map((node) => readProduct(node))
      await this.#write(reads, () => {})
      const failed = new Set(this.#job.failures().map(({ item }) => item))
      // One that is gone is no failure any more: the sweep archives it.
      for (const id of some)
        if (asked.has(id) && !failed.has(id)) this.#job.settle({ item: id, label: nameOf(reads, id) }, null)
    }
  }

  /** Answers how many of them are in the catalogue now; `save` hears it once, with the last of them wherever that is possible. */
  async #write(reads: readonly Read[], save: (fine: number) => void): Promise<number> {
    let fine = 0
    let saved = false
    const count = (outcomes: readonly Outcome[]): number => outcomes.filter(({ action }) => action !== 'failed').length
    for (let start = 0; start < reads.length; start += CHUNK) {
      await setImmediate()
      this.#signal.throwIfAborted()
      const products: SourceProduct[] = []
      for (const read of reads.slice(start, start + CHUNK)) {
        if (!read.ok) this.#note([{ action: 'failed', ...read }])
        else if (read.moreVariants === null) products.push(read.product)
        else products.push(await this.#completed(read.product, read.moreVariants))
      }
      if (products.length === 0) continue
      const before = fine
      const isLast = start + CHUNK >= reads.length
      const outcomes = this.#deps.catalogue.apply(products, (some) => {
        this.#note(some)
        // Written one by one, the last of them is not known yet.
        if (!isLast || some.length < products.length) return
        save(before + count(some))
        saved = true
      })
      fine += count(outcomes)
      this.#deps.wrote()
    }
    if (!saved) save(fine)
    return fine
  }

  /** Inside the transaction that wrote. */
  #note(outcomes: readonly Outcome[]): void {
    const counts: Record<string, number> = {}
    for (const outcome of outcomes) {
      const { action, shopifyId, name } = outcome
      if (action === 'failed') this.#job.settle({ item: shopifyId, label: name }, outcome.problem)
      else counts[COUNTED[action]] = (counts[COUNTED[action]] ?? 0) + 1
      if (action === 'held') this.#held.add(shopifyId)
    }
    this.#job.count(counts)
    this.#deps.changes.note(this.#job.id, outcomes)
  }

  /** With all of its variants. Where the rest of them cannot be had, none that we have counts as gone. */
  async #completed(product: SourceProduct, cursor: string): Promise<SourceProduct> {
    const variants = [...product.variants]
    for (let after: string | null = cursor; after !== null;) {
      const answer: Answer = await this.#ask(moreVariants, { id: product.shopifyId, after })
      const page: z.infer<typeof Variants> | undefined = parsed(More, answer).product?.variants
      const more = readVariants(page?.nodes ?? [])
      if (!page || typeof more === 'string') return { ...product, variants, incomplete: true }
      variants.push(...more)
      after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
    }
    return { ...product, variants }
  }

  /** Archives what Shopify does not have any more. */
  async #sweep(archiveMany: boolean): Promise<void> {
    const present = new Set<string>()
    let place: { readonly after: string | null; readonly query: string | null } | null = { after: null, query: null }
    for (let inWindow = 0; place !== null;) {
      const answer: Answer = await this.#ask(productIds, { first: ID_PAGE, ...place })
      const { nodes, pageInfo }: z.infer<typeof IdPage>['products'] = parsed(IdPage, answer).products
      for (const { id } of nodes) present.add(id)
      inWindow += nodes.length
      const last: string | undefined = nodes.at(-1)?.id
      if (!pageInfo.hasNextPage || last === undefined) place = null
      else if (inWindow < WINDOW) place = { ...place, after: pageInfo.endCursor ?? null }
      else {
        place = { after: null, query: `id:>${last.slice(last.lastIndexOf('/') + 1)}` }
        inWindow = 0
      }
    }
    const { gone, known } = this.#deps.catalogue.missing(present)
    if (gone.length > Math.max(MANY, known * MANY_SHARE) && !archiveMany) {
      this.#job.count({ gone: gone.length })
      throw looksLikeAnother(gone.length, known)
    }
    for (let start = 0; start < gone.length; start += CHUNK) {
      await setImmediate()
      this.#signal.throwIfAborted()
      this.#deps.catalogue.archive(gone.slice(start, start + CHUNK), (outcomes) => this.#note(outcomes))
    }
  }

  #ask(...[question, variables]: [Parameters<ShopifyClient['query']>[0], object]): Promise<Answer> {
    return this.#deps.client.query(question, variables, this.#signal)
  }
}

function nameOf(reads: readonly Read[], id: string): string {
  const read = reads.find((one) => (one.ok ? one.product.shopifyId : one.shopifyId) === id)
  return (read?.ok ? read.product.name : read?.name) ?? id
}

const COUNTED = {
  create: 'created',
  update: 'updated',
  unchanged: 'unchanged',
  held: 'held',
  archived: 'archived',
} as const

const Count = z.object({ productsCount: z.object({ count: z.int() }) })
const Nodes = z.object({ nodes: z.array(z.unknown()) })
const More = z.object({ product: z.object({ variants: Variants }).nullable() })
const IdPage = z.object({
  products: z.object({
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
    nodes: z.array(z.object({ id: z.string() })),
  }),
})

const NO_PAGE: z.infer<typeof ProductPage>['products'] = { pageInfo: { hasNextPage: false }, nodes: [] }

function parsed<T extends z.ZodType>(schema: T, { data }: Answer): z.output<T> {
  const result = schema.safeParse(data)
  if (result.success) return result.data
  throw new ShopifyFailure('bug', 'Shopify answered in a form that this version of Hudson does not know.', {
    cause: result.error,
  })
}

function firstPlace({ shop, watermark }: SyncMemory, full: boolean): Checkpoint {
  const since = full || watermark === null ? null : earlier(watermark, OVERLAP_MS)
  return {
    shop,
    full: since === null,
    since,
    after: null,
    inWindow: 0,
    seen: 0,
    newest: null,
    through: false,
    held: [],
  }
}

function placeAfter(
  place: Checkpoint,
  reads: readonly Read[],
  { hasNextPage, endCursor }: z.infer<typeof ProductPage>['products']['pageInfo'],
): Checkpoint {
  const fine = reads.flatMap((read) => (read.ok ? [read.updatedAt] : []))
  const newest = fine.reduce(later, place.newest)
  const inWindow = place.inWindow + reads.length
  if (!hasNextPage) return { ...place, newest, inWindow, through: true }
  // Where a whole window changed in one second there is no place to begin anew at.
  if (inWindow < WINDOW || newest === null || newest === place.since) {
    return { ...place, newest, inWindow, after: endCursor ?? null }
  }
  return { ...place, newest, inWindow: 0, since: newest, after: null }
}

function later(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b
  return Date.parse(a) > Date.parse(b) ? a : b
}

/** In whole seconds, as Shopify counts. */
function earlier(time: string, ms: number): string {
  return new Date(Date.parse(time) - ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

function looksLikeAnother(gone: number, known: number): AppError {
  return new AppError(
    'conflict',
    `${gone} of ${known} products are not in Shopify any more. That looks like another shop, so none of them was archived. Compare the shop's name in Settings; if this is right, start a full sync and agree to archive them.`,
  )
}
