import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MediaSettings } from '#shared/media.ts'
import { v7 as uuid } from 'uuid'
import { onTestFinished } from 'vitest'
import type { ProductRow } from '../../src/main/db/schema.ts'
import { silentLog } from '../../src/main/log.ts'
import { createImages } from '../../src/main/media/images.ts'
import { Media } from '../../src/main/media/media.ts'
import { Uploads } from '../../src/main/media/uploads.ts'
import { testCore } from './core.ts'
import type { TestCore } from './core.ts'

/** A folder that is gone after the test. */
export function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'hudson-media-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

interface MediaCoreParts {
  readonly core?: TestCore
  readonly dir?: string
  /** Read whenever they are needed: a test may change them. */
  readonly limits?: MediaSettings
}

const roomy: MediaSettings = { capMb: 500, keepDays: 365 }

/** The media service on its own folder, with one product. `again()` is the same data after a restart. */
export function mediaCore({ core = testCore(), dir = scratch(), limits = roomy }: MediaCoreParts = {}) {
  const { db, writer, events, history, clock } = core
  const mediaDir = join(dir, 'media')
  const ports = { clock, log: silentLog, fetch, random: () => 0.5 }
  const media = new Media({ db, writer, events, mediaDir, limits: () => limits, ports })
  const uploads = new Uploads({ uploadsDir: join(dir, 'uploads'), clock })
  const images = createImages({ db, history, media, uploads })
  onTestFinished(() => media[Symbol.asyncDispose]())
  return { ...core, dir, mediaDir, media, uploads, images, again: () => mediaCore({ core, dir, limits }) }
}

/** Writes a product with a brand of its own and answers its id. */
export function product({ writer }: Pick<TestCore, 'writer'>, fields: Partial<ProductRow> = {}): string {
  const id = uuid()
  const brandId = uuid()
  writer.transact((tx) => {
    tx.insert('brands', { id: brandId, name: 'Brand', slug: 'brand', notes: '' })
    tx.insert('products', {
      id,
      brand_id: brandId,
      name: 'Ring',
      handle: null,
      description_html: '',
      status: 'active',
      price_cents: 1000,
      compare_at_price_cents: null,
      sku: null,
      pid: null,
      shopify_id: null,
      tags: '[]',
      talking_points_md: '',
      source: 'manual',
      shopify_values: null,
      overridden: '[]',
      ...fields,
    })
  })
  return id
}
