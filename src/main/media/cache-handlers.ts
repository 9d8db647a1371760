import type { Handlers } from '#shared/contract.ts'
import type { media } from '#shared/media.ts'
import type { Media } from './media.ts'

/** What pages ask of the pictures of this machine as a whole. */
export function createMediaCache({ media: pictures }: { readonly media: Media }): Handlers<typeof media> {
  return {
    'media.status': ({ sessionId }) => pictures.status(sessionId),
    'media.prefetch': ({ sessionId, productId }) => {
      pictures.prefetch({ sessionId, productId })
      return pictures.status(sessionId)
    },
  }
}
