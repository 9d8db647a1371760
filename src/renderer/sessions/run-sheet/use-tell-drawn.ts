import { useEffect } from 'react'
import type { RefObject } from 'react'
import { call } from '../../api.ts'

/** Tells whoever waits for the page that everything on it is there: its fonts, and its pictures or that they cannot be had. */
export function useTellDrawn(paper: RefObject<HTMLElement | null>, job: string | null): void {
  useEffect(() => {
    if (job === null) return
    const pictures = [...(paper.current?.querySelectorAll('img') ?? [])]
    void Promise.all([document.fonts.ready, ...pictures.map(settled)]).then(() => call('runSheet.ready', { job }))
  }, [paper, job])
}

function settled(picture: HTMLImageElement): Promise<void> {
  return picture.decode().catch(() => {})
}
