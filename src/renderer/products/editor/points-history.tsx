import type { TalkingPoint } from '#shared/points.ts'
import { useQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight, History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { read } from '../../api.ts'
import { useAnnounce } from '../../ui/announcer.tsx'
import { Button } from '../../ui/button.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import type { Editor } from './use-editor.ts'

/** Every text that was saved. Restoring puts one into the form; saving it makes it the newest. */
export function PointsHistory({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const [open, setOpen] = useState(false)
  const { data, error } = useQuery(read('points.list', { productId: editor.product.id }))
  const versions = (data?.items ?? []).filter(({ state }) => state === 'saved')
  if (data && versions.length === 0) return null
  return (
    <div className="points-history">
      <Button kind="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
        <History aria-hidden />
        {data ? t('products.editor.versions', { count: versions.length }) : t('products.editor.versionsUnknown')}
        {open ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
      </Button>
      {open && !data && !error && <Waiting />}
      {open && error && <p className="field-error">{error.message}</p>}
      {open && (
        <ol className="points-versions">
          {versions.map((version) => (
            <Version
              key={version.id}
              version={version}
              current={version.text === editor.shown.talkingPointsMd}
              onRestore={() => {
                editor.type('talkingPointsMd', version.text)
                announce(t('products.editor.restored'))
              }}
            />
          ))}
        </ol>
      )}
    </div>
  )
}

interface VersionProps {
  readonly version: TalkingPoint
  readonly current: boolean
  readonly onRestore: () => void
}

function Version({ version, current, onRestore }: VersionProps) {
  const { t } = useTranslation()
  return (
    <li className="points-version">
      <div className="points-version-head">
        <strong>{version.author.name}</strong>
        <span className="quiet">
          <RelativeTime at={version.at} />
        </span>
        {current ? (
          <span className="quiet points-version-act">{t('products.editor.shownNow')}</span>
        ) : (
          <Button className="points-version-act" onClick={onRestore}>
            {t('products.editor.restore')}
          </Button>
        )}
      </div>
      <pre className="points-version-text">{version.text === '' ? t('products.editor.emptyText') : version.text}</pre>
    </li>
  )
}
