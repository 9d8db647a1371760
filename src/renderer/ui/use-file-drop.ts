import { useEffect, useRef, useState } from 'react'

/**
 * Takes files that are dropped anywhere in the window; tells whether some are held above it. While `enabled` is false
 * files are refused, but never opened by the browser in place of the app.
 */
export function useFileDrop(enabled: boolean, onFiles: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef({ enabled, onFiles })
  useEffect(() => {
    latest.current = { enabled, onFiles }
  })
  useEffect(() => {
    const stop = new AbortController()
    const on = (name: 'dragover' | 'dragleave' | 'drop', listener: (event: DragEvent) => void): void =>
      window.addEventListener(name, listener, { signal: stop.signal })
    on('dragover', (event) => {
      if (!hasFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = latest.current.enabled ? 'copy' : 'none'
      setOver(latest.current.enabled)
    })
    on('dragleave', (event) => {
      // Only the way out of the window has nothing to go to.
      if (event.relatedTarget === null) setOver(false)
    })
    on('drop', (event) => {
      setOver(false)
      if (!hasFiles(event) || event.defaultPrevented) return
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      if (latest.current.enabled && files.length > 0) latest.current.onFiles(files)
    })
    return () => stop.abort()
  }, [])
  return over && enabled
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
