import type { Handlers } from '#shared/contract.ts'
import { must } from '#shared/must.ts'
import type { sample } from '#shared/sample.ts'
import type { Db } from '../db/database.ts'
import { isOrderKey } from '../db/order-key.ts'
import type { Tx, Writer } from '../db/write.ts'
import { earringsAndBracelets } from './catalogue/earrings-and-bracelets.ts'
import { home } from './catalogue/home.ts'
import { knitwear } from './catalogue/knitwear.ts'
import { necklacesAndRings } from './catalogue/necklaces-and-rings.ts'
import { imageId, productRows, sampleBrandId } from './product-rows.ts'
import { sampleShows } from './sample-shows.ts'
import { lineupRows, presetRows, sessionRow, showId } from './show-rows.ts'

const products = [...necklacesAndRings, ...earringsAndBracelets, ...knitwear, ...home]

/** What the sample data needs of the media service. `File` is its own business. */
export interface SamplePictures<File> {
  /** Checks and stores a picture. */
  keep(bytes: Uint8Array): Promise<File>
  isReady(imageId: string): boolean
  setReady(imageId: string, file: File): void
  /** Tells the pages that pictures changed. */
  announce(): void
}

export interface SampleDeps<File> {
  readonly db: Db
  readonly writer: Writer
  readonly media: SamplePictures<File>
}

/**
 * The sample data: a brand that nobody has, to look around with.
 *
 * 1. Everything comes in one transaction, or nothing does.
 * 2. Once its brand is there, loading again writes nothing, so that edits and deletions of it stay; only pictures whose
 *    files were lost come back.
 * 3. Ids and order keys are the same on every machine, so two desktops that both load it have it once.
 */
export function createSample<File>({ db, writer, media }: SampleDeps<File>): Handlers<typeof sample> {
  return {
    'sample.load': async () => {
      const files = await storePictures(media)
      const restored = writer.transact((tx) => {
        if (!tx.row('brands', sampleBrandId)) insertAll(tx, lastPresetKey(db))
        const missing = [...files].filter(([id]) => tx.row('product_images', id) && !media.isReady(id))
        for (const [id, file] of missing) media.setReady(id, file)
        return missing.length > 0
      })
      if (restored) media.announce()
      return counted(db)
    },
  }
}

function insertAll(tx: Tx, lastPreset: string | null): void {
  tx.insert('brands', {
    id: sampleBrandId,
    name: 'Tarnwick',
    slug: 'tarnwick',
    notes: 'Sample data: jewellery and knitwear',
  })
  for (const { product, variants, images, points } of products.map(productRows)) {
    tx.insert('products', product)
    for (const variant of variants) tx.insert('product_variants', variant)
    for (const image of images) tx.insert('product_images', image)
    if (points) tx.insert('talking_points', points)
  }
  for (const show of sampleShows) {
    tx.insert('sessions', sessionRow(show, tx.now))
    for (const item of lineupRows(show)) tx.insert('session_products', item)
  }
  for (const preset of presetRows(lastPreset))
    if (!tx.row('message_presets', preset.id)) tx.insert('message_presets', preset)
}

/** Copies the drawings into the media folder; what is there already stays. By image id. */
async function storePictures<File>(media: SamplePictures<File>): Promise<Map<string, File>> {
  const { pictures } = await import('./pictures.ts')
  const files = new Map<string, File>()
  for (const product of products) {
    for (const index of product.pictures.keys()) {
      const name = `${product.slug}-${index + 1}`
      files.set(imageId(product, index), await media.keep(must(pictures.get(name), `the drawing ${name}`)))
    }
  }
  return files
}

function lastPresetKey(db: Db): string | null {
  const keys = db.all(db.build.selectFrom('message_presets').select('order_key').orderBy('order_key', 'desc'))
  return keys.map((row) => row.order_key).find(isOrderKey) ?? null
}

/** What of the sample data is there now. */
function counted(db: Db): { products: number; sessions: string[] } {
  const rows = db.all(db.build.selectFrom('products').select('id').where('brand_id', '=', sampleBrandId))
  const sessions = db.all(db.build.selectFrom('sessions').select('id').where('id', 'in', sampleShows.map(showId)))
  const present = new Set(sessions.map((row) => row.id))
  return { products: rows.length, sessions: sampleShows.map(showId).filter((id) => present.has(id)) }
}
