import type { LineupItem } from '#shared/sessions.ts'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../copy-text.ts'
import { useToasts } from '../../ui/toasts.tsx'

/** Copies the TikTok product ids of items in their order, one per line, to be pasted into LIVE Manager. */
export function useCopyPids(): (items: readonly LineupItem[]) => void {
  const { t } = useTranslation()
  const toasts = useToasts()
  return (items) => {
    const pids = items.map(({ catalogue }) => catalogue.pid).filter((pid) => pid !== null && pid !== '')
    if (pids.length === 0) {
      toasts.info(t('sessions.noPids'))
      return
    }
    const missing = items.length - pids.length
    const text =
      missing === 0
        ? t('sessions.pidsCopied', { count: pids.length })
        : t('sessions.pidsMissing', { copied: pids.length, count: missing })
    void copyText(pids.join('\n')).then((copied) => {
      if (copied) toasts.done(`${text}. ${t('files.tiktok')}`)
      else toasts.failed(new Error(t('sessions.noClipboard')))
    })
  }
}
