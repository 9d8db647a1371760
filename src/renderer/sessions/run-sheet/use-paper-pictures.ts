import type { LineupItem } from '#shared/sessions.ts'
import { useEffect, useMemo, useState } from 'react'

/** As many pixels a side as the largest picture on paper has at 300 dots an inch. */
const SIDE = 500
const QUALITY = 0.85

export interface PaperPictures {
  /** Where the picture for paper is; the picture itself until that is made. */
  readonly of: (src: string) => string
  /** Whether all are made. */
  readonly areMade: boolean
}

interface Made {
  readonly srcs: readonly string[]
  readonly urls: ReadonlyMap<string, string>
}

/**
 * The first pictures of items, no larger than paper shows: as they are, forty of a shop's make a PDF that no mail takes. One that
 * cannot be made smaller stays as it is.
 */
export function usePaperPictures(items: readonly LineupItem[]): PaperPictures {
  const key = items.map(({ images: [first] }) => first?.src ?? '').join('\n')
  const srcs = useMemo(() => [...new Set(key.split('\n').filter((src) => src !== ''))], [key])
  const [made, setMade] = useState<Made | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const urls = new Map<string, string>()
    void makeAll(srcs, urls, stop.signal).then(() => {
      if (!stop.signal.aborted) setMade({ srcs, urls })
    })
    return () => {
      stop.abort()
      for (const url of urls.values()) URL.revokeObjectURL(url)
    }
  }, [srcs])
  const urls = made?.srcs === srcs ? made.urls : null
  return { of: (src) => urls?.get(src) ?? src, areMade: urls !== null }
}

/** One after the other: each is decoded whole for a moment. */
async function makeAll(srcs: readonly string[], urls: Map<string, string>, signal: AbortSignal): Promise<void> {
  for (const src of srcs) {
    if (signal.aborted) return
    const small = await smaller(src, signal).catch(() => null)
    if (small && !signal.aborted) urls.set(src, URL.createObjectURL(small))
  }
}

/** The picture on white, as small as paper needs it; null where it is that small. */
async function smaller(src: string, signal: AbortSignal): Promise<Blob | null> {
  const response = await fetch(src, { signal })
  const bitmap = await createImageBitmap(await response.blob())
  const { width, height } = bitmap
  const scale = SIDE / Math.max(width, height)
  if (scale >= 1) return null
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale))
  const context = canvas.getContext('2d')
  if (!context) return null
  context.fillStyle = 'white'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
}
