import { useTranslation } from 'react-i18next'
import { download } from '../../download.ts'
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
    download(fileName, base64, types[format])
  }
  return (format) => void save(format).catch((error: unknown) => toasts.failed(error))
}
