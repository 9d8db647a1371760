import type { ProductImage } from '#shared/library.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, sendFile } from '../../api.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { behindFor } from './picture-order.ts'

/** A picture that was refused, and why. */
export interface Refused {
  readonly name: string
  readonly reason: string
}

/** What can be done with the pictures of a product. Everything is saved at once. */
export interface Pictures {
  readonly images: readonly ProductImage[]
  /** How far the adding of several files is; null while none are added. */
  readonly adding: { readonly done: number; readonly of: number } | null
  readonly refused: readonly Refused[]
  readonly dismiss: () => void
  readonly addFiles: (files: readonly File[]) => Promise<void>
  /** Answers whether it was taken. */
  readonly addAddress: (url: string) => Promise<boolean>
  readonly move: (id: string, place: number) => Promise<void>
  readonly makePrimary: (id: string) => Promise<void>
  readonly setAlt: (id: string, alt: string) => Promise<void>
  readonly retry: (id: string) => Promise<void>
  readonly remove: (id: string) => Promise<void>
}

const MAX_BYTES = 20 * 1024 * 1024

export function usePictures(productId: string, images: readonly ProductImage[]): Pictures {
  const { t } = useTranslation()
  const toasts = useToasts()
  const announce = useAnnounce()
  const [adding, setAdding] = useState<Pictures['adding']>(null)
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const attempt = async (task: () => Promise<unknown>): Promise<void> => {
    try {
      await task()
    } catch (error) {
      toasts.failed(error)
    }
  }
  const refuse = (name: string, error: unknown): void =>
    setRefused((before) => [...before, { name, reason: error instanceof Error ? error.message : String(error) }])
  const addOne = async (file: File): Promise<void> => {
    // Before it is sent: a browser only hears that the sending broke off.
    if (file.size > MAX_BYTES) throw new Error(t('products.pictures.tooLarge'))
    await call('images.add', { productId, ...(await sendFile(file)) })
  }
  return {
    images,
    adding,
    refused,
    dismiss: () => setRefused([]),
    addFiles: async (files) => {
      setRefused([])
      let added = 0
      for (const [index, file] of files.entries()) {
        setAdding({ done: index, of: files.length })
        try {
          await addOne(file)
          added += 1
        } catch (error) {
          refuse(file.name, error)
        }
      }
      setAdding(null)
      if (added > 0) announce(t('products.pictures.added', { count: added }))
    },
    addAddress: async (url) => {
      setRefused([])
      try {
        await call('images.add', { productId, url })
        return true
      } catch (error) {
        refuse(url, error)
        return false
      }
    },
    move: (id, place) =>
      attempt(async () => {
        await call('images.move', { id, after: behindFor(images, id, place) })
        announce(t('products.pictures.moved', { place: place + 1, count: images.length }))
      }),
    makePrimary: (id) => attempt(() => call('images.update', { id, primary: true })),
    setAlt: (id, alt) => attempt(() => call('images.update', { id, alt })),
    retry: (id) => attempt(() => call('images.retry', { id })),
    remove: (id) =>
      attempt(async () => {
        const { undoId } = await call('images.remove', { id })
        toasts.done(t('products.pictures.removed'), () =>
          void attempt(() => call('history.undo', { scope: 'products', id: undoId })),
        )
      }),
  }
}
