import { useTranslation } from 'react-i18next'
import { call, isDesktop } from '../api.ts'
import { download } from '../download.ts'
import { useToasts } from '../ui/toasts.tsx'

/** Saves the edits that wait as a file: where the person says, or where the browser puts downloads. */
export function useSaveUnsynced(): () => void {
  const { t } = useTranslation()
  const toasts = useToasts()
  const save = async (): Promise<void> => {
    if (isDesktop) {
      const { savedAs } = await call('sync.saveUnsynced', {})
      if (savedAs !== null) toasts.done(t('trouble.update.saved', { name: savedAs }))
      return
    }
    const { fileName, base64 } = await call('sync.exportUnsynced', {})
    download(fileName, base64, 'text/csv')
  }
  return () => void save().catch((error: unknown) => toasts.failed(error))
}
