import { AppError } from '#shared/app-error.ts'
import type { Handlers, Output } from '#shared/contract.ts'
import type { library } from '#shared/library.ts'
import { must } from '#shared/must.ts'
import type { History } from '../db/history.ts'
import type { Db } from '../db/database.ts'
import { productImage } from '../db/product-images.ts'
import { addPicture } from './add-picture.ts'
import { moveImage, pickPrimary, removeImage } from './image-order.ts'
import type { Media } from './media.ts'
import type { Uploads } from './uploads.ts'

type ImageName = Extract<keyof typeof library, `images.${string}`>

export interface ImagesDeps {
  readonly db: Db
  readonly history: History
  readonly media: Media
  readonly uploads: Uploads
}

/**
 * The calls that work on the pictures of products. Every write is one step of undo in the scope `products`.
 *
 * A Shopify picture that a person removes comes back with the next import that names it; its file is still here then.
 */
export function createImages({ db, history, media, uploads }: ImagesDeps): Handlers<Pick<typeof library, ImageName>> {
  const answer = (id: string): Output<'images.add'> => must(productImage(db, id), 'a picture that was just written')

  return {
    'images.add': async (input) => answer(await addPicture(input, { db, history, media, uploads })),

    'images.update': ({ id, alt, primary }) => {
      history.transact('products', primary ? 'Choose primary picture' : 'Edit alt text', (tx) => {
        if (alt !== undefined) tx.update('product_images', id, { alt: alt.trim(), alt_by_person: 1 })
        if (primary) pickPrimary(db, tx, id)
      })
      return productImage(db, id) ?? gone()
    },

    'images.move': ({ id, after }) => {
      history.transact('products', 'Move picture', (tx) => moveImage(db, tx, { id, after }))
      return answer(id)
    },

    'images.remove': ({ id }) => {
      const { undoId } = history.transact('products', 'Remove picture', (tx) => removeImage(db, tx, id))
      return { undoId }
    },

    'images.retry': ({ id }) => {
      const image = productImage(db, id) ?? gone()
      if (image.state === 'ready') return {}
      if (image.url === null) {
        throw new AppError(
          'bad-call',
          'This picture was added from a file that is not here any more. Add the file again.',
        )
      }
      media.retry(id)
      return {}
    },

    // Where there is no room, what nobody asked for is not on its way.
    'images.status': () =>
      db
        .statement(
          `SELECT coalesce(sum(m.state = 'ready' AND m.evicted_at IS NULL), 0) AS ready,
             coalesce(sum(coalesce(m.state, 'waiting') = 'waiting' AND i.source_url IS NOT NULL
               AND (@full = 0 OR i.is_primary = 1 OR m.used_at IS NOT NULL)), 0) AS waiting,
             coalesce(sum(m.state = 'failed' OR (i.source_url IS NULL AND m.state IS NOT 'ready')), 0) AS failed
           FROM product_images i LEFT JOIN media_files m ON m.image_id = i.id`,
        )
        .get({ full: Number(media.isFull()) }) as Output<'images.status'>,
  }
}

function gone(): never {
  throw new AppError('not-found', 'That picture is no longer there. It may have been removed meanwhile.')
}
