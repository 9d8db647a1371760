import { AppError } from '#shared/app-error.ts'
import type { Parsed } from '#shared/contract.ts'
import { v7 as uuid } from 'uuid'
import type { History } from '../db/history.ts'
import type { Db } from '../db/database.ts'
import { siblings } from './image-order.ts'
import type { Media } from './media.ts'
import { readPicture } from './read-picture.ts'
import type { Uploads } from './uploads.ts'

type Add = Parsed<'images.add'>

export interface AddPictureDeps {
  readonly db: Db
  readonly history: History
  readonly media: Media
  readonly uploads: Uploads
}

const MAX_PICTURES = 50

/** Adds a picture behind those of its product and answers its id. A file is here at once, an address is fetched later. */
export async function addPicture(input: Add, { db, history, media, uploads }: AddPictureDeps): Promise<string> {
  const bytes = await contentOf(input, uploads)
  const file = bytes && (await media.keep(bytes))
  const id = uuid()
  history.transact('products', 'Add picture', (tx) => {
    if (!tx.row('products', input.productId)) throw new AppError('not-found', 'That product is no longer there.')
    const present = siblings(db, input.productId)
    if (present.length >= MAX_PICTURES) {
      throw new AppError('bad-call', `A product can have ${MAX_PICTURES} pictures. Remove one to add another.`)
    }
    tx.insert('product_images', {
      id,
      product_id: input.productId,
      source_url: input.url ?? null,
      origin: 'person',
      alt: input.alt?.trim() ?? '',
      alt_by_person: input.alt === undefined ? 0 : 1,
      position: Math.max(0, ...present.map((one) => one.position)) + 1,
      is_primary: present.some((one) => one.is_primary === 1) ? 0 : 1,
      thumbhash: null,
      colour: null,
    })
    if (file) media.setReady(id, file)
  })
  return id
}

/** The content of a file that the call brings; null where it names an address. */
async function contentOf({ path, uploadId, url }: Add, uploads: Uploads): Promise<Uint8Array | null> {
  if ([path, uploadId, url].filter((one) => one !== undefined).length !== 1) {
    throw new AppError('bad-call', 'Give one picture: a file or an address.', {
      fields: { url: 'Give a file or an address' },
    })
  }
  if (path !== undefined) return readPicture(path)
  if (uploadId !== undefined) return readPicture(uploads.pathOf(uploadId))
  if (url !== undefined && /^https?:\/\//i.test(url)) return null
  const problem = 'The address must begin with https:// or http://'
  throw new AppError('bad-call', `${problem}.`, { fields: { url: problem } })
}
