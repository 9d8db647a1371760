import type { Output } from '#shared/contract.ts'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../copy-text.ts'
import { Button } from '../../ui/button.tsx'
import { useToasts } from '../../ui/toasts.tsx'

/** What of a pasted list is found, what is missing, and what is there already. */
export function PasteReport({ report }: { readonly report: Output<'lineup.paste'> | undefined }) {
  const { t } = useTranslation()
  if (!report) return <div className="paste-report" role="status" />
  const { found, missing, duplicates } = report
  return (
    <div className="paste-report" role="status">
      <section>
        <h3 data-state="found">{t('sessions.pasting.found', { count: found.length })}</h3>
        {/* Scrolls on its own, so it takes the focus. */}
        <ol className="paste-list" tabIndex={found.length > 0 ? 0 : undefined}>
          {found.map(({ productId, name, text }) => (
            <li key={productId}>
              <span className="truncate">{name}</span>
              {text !== name && <span className="quiet truncate">{text}</span>}
            </li>
          ))}
        </ol>
      </section>
      {missing.length > 0 && <Left kind="missing" texts={missing} />}
      {duplicates.length > 0 && <Left kind="duplicates" texts={duplicates} />}
    </div>
  )
}

function Left({ kind, texts }: { readonly kind: 'missing' | 'duplicates'; readonly texts: readonly string[] }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const copy = (): void => {
    void copyText(texts.join('\n')).then((copied) => {
      if (copied) toasts.done(t('sessions.pasting.copied'))
      else toasts.failed(new Error(t('sessions.noClipboard')))
    })
  }
  return (
    <section>
      <div className="paste-left">
        <h3 data-state={kind}>{t(`sessions.pasting.${kind}`, { count: texts.length })}</h3>
        <Button kind="ghost" onClick={copy}>
          {t('sessions.pasting.copy')}
        </Button>
      </div>
      <ul className="paste-list" tabIndex={0}>
        {texts.map((text, index) => (
          <li key={`${text}-${String(index)}`} className="truncate" title={text}>
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
