import { useTranslation } from 'react-i18next'
import { call, isDesktop } from '../../api.ts'
import { useToasts } from '../../ui/toasts.tsx'

const types = { csv: 'text/csv', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const

/** Saves a line-up as a file: where the person says, or where the browser puts downloads. */
export function useExport(sessionId: string): (format: 'csv' | 'xlsx') => void {
  const { t } = useTranslation()
  const toasts = useToasts()
  const save = async (format: 'csv' | 'xlsx'): Promise<void> => {
    if (isDesktop) {
      const { savedAs } = await call('lineup.saveExport', { sessionId, format })
      if (savedAs !== null) toasts.done(t('files.export.saved', { name: savedAs }))
      return
    }
    const { fileName, base64 } = await call('lineup.export', { sessionId, format })
    download(fileName, new Blob([bytesOf(base64)], { type: types[format] }))
  }
  return (format) => void save(format).catch((error: unknown) => toasts.failed(error))
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function download(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // Not at once: the browser may not have begun to read it.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS)
}

const KEPT_MS = 60_000
