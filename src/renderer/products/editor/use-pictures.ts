import type { ProductImage } from '#shared/library.ts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call, sendFile } from '../../api.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { behindFor } from './picture-order.ts'
import { messageOf } from '../message-of.ts'

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
  const adding = useAddPictures(productId)
  const attempt = async (task: () => Promise<unknown>): Promise<void> => {
    try {
      await task()
    } catch (error) {
      toasts.failed(error)
    }
  }
  return {
    ...adding,
    images,
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
        toasts.done(
          t('products.pictures.removed'),
          () => void attempt(() => call('history.undo', { scope: 'products', id: undoId })),
        )
      }),
  }
}

type Adding = Pick<Pictures, 'adding' | 'refused' | 'dismiss' | 'addFiles' | 'addAddress'>

/** Adds one after the other; one that is refused does not hold up the rest. */
function useAddPictures(productId: string): Adding {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const [adding, setAdding] = useState<Pictures['adding']>(null)
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const attempt = async (name: string, task: () => Promise<unknown>): Promise<boolean> => {
    try {
      await task()
      return true
    } catch (error) {
      setRefused((before) => [...before, { name, reason: messageOf(error) }])
      return false
    }
  }
  const addOne = async (file: File): Promise<void> => {
    // Before it is sent: a browser only hears that the sending broke off.
    if (file.size > MAX_BYTES) throw new Error(t('products.pictures.tooLarge'))
    await call('images.add', { productId, ...(await sendFile(file)) })
  }
  return {
    adding,
    refused,
    dismiss: () => setRefused([]),
    addFiles: async (files) => {
      setRefused([])
      let added = 0
      for (const [index, file] of files.entries()) {
        setAdding({ done: index, of: files.length })
        if (await attempt(file.name, () => addOne(file))) added += 1
      }
      setAdding(null)
      if (added > 0) announce(t('products.pictures.added', { count: added }))
    },
    addAddress: (url) => {
      setRefused([])
      return attempt(url, () => call('images.add', { productId, url }))
    },
  }
}
