import { useEffect, useRef } from 'react'
import type { Pictures } from './use-pictures.ts'

/** Takes pictures from the clipboard, and addresses of pictures where no text is being typed. */
export function usePastedPictures(pictures: Pictures): void {
  const latest = useRef(pictures)
  useEffect(() => {
    latest.current = pictures
  })
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData
      if (!data || document.querySelector('[role="dialog"][data-open], [role="alertdialog"][data-open]')) return
      const text = data.getData('text/plain').trim()
      const files = [...data.files].filter(({ type }) => type.startsWith('image/'))
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, [contenteditable]') !== null
      // A spreadsheet puts a picture of its cells beside the text; who types wants the text.
      if (files.length > 0 && !(typing && text !== '')) {
        event.preventDefault()
        void latest.current.addFiles(files)
      } else if (!typing && /^https?:\/\/\S+$/i.test(text)) {
        event.preventDefault()
        void latest.current.addAddress(text)
      }
    }
    window.addEventListener('paste', paste)
    return () => window.removeEventListener('paste', paste)
  }, [])
}
