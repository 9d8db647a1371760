import type { SessionDetail } from '#shared/sessions.ts'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { longDateTime } from '../../format.ts'

/**
 * What stands at the top of each printed page, and the name that a saved PDF gets. Pages of paper take texts from CSS alone, so
 * the name and the date reach them as variables of the document.
 */
export function usePageHeads(session: SessionDetail | undefined): void {
  const { t, i18n } = useTranslation()
  useEffect(() => {
    if (!session) return undefined
    const { name, scheduledAt } = session
    const root = document.documentElement
    const date =
      scheduledAt === null
        ? t('files.runSheet.printed', { date: longDateTime(new Date().toISOString(), i18n.language) })
        : longDateTime(scheduledAt, i18n.language)
    document.title = t('files.runSheet.title', { name })
    root.style.setProperty('--page-name', cssText(name))
    root.style.setProperty('--page-date', cssText(date))
    return () => {
      root.style.removeProperty('--page-name')
      root.style.removeProperty('--page-date')
    }
  }, [session, t, i18n.language])
}

/** A text as CSS writes it: whatever would end it is written by its number. */
function cssText(text: string): string {
  return `"${text.replaceAll(/["\\\p{Cc}]/gu, (sign) => `\\${sign.codePointAt(0)?.toString(16) ?? ''} `)}"`
}
