import type { Output } from '#shared/contract.ts'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { call, isDesktop } from '../api.ts'
import { download } from '../download.ts'
import { Button } from '../ui/button.tsx'
import { TextPart } from '../ui/text-part.tsx'
import { useToasts } from '../ui/toasts.tsx'
import './support-bundle.css'

type Preview = Output<'diagnostics.bundlePreview'>

/** What whoever helps is given: shown as it is, then saved as it was shown. */
export function SupportBundle() {
  const { t } = useTranslation()
  const preview = useMutation({ mutationFn: () => call('diagnostics.bundlePreview', {}) })
  const place = useRef<HTMLElement>(null)
  const { hash } = useLocation()
  useEffect(() => {
    if (hash === '#bundle') place.current?.scrollIntoView({ block: 'start' })
  }, [hash])
  return (
    <section className="support-bundle" ref={place} aria-labelledby="support-bundle-title">
      <h2 id="support-bundle-title">{t('care.bundle.title')}</h2>
      <p className="quiet">{t('care.bundle.hint')}</p>
      {preview.data && <Contents preview={preview.data} />}
      <div className="support-bundle-actions">
        {preview.data && <Save preview={preview.data} />}
        <Button disabled={preview.isPending} onClick={() => preview.mutate()}>
          {t(preview.isPending ? 'care.bundle.making' : preview.data ? 'care.bundle.refresh' : 'care.bundle.show')}
        </Button>
      </div>
      <p role="status" className={preview.error ? 'field-error' : undefined}>
        {preview.error?.message}
      </p>
    </section>
  )
}

const words = {
  'diagnostics.json': 'care.bundle.parts.diagnostics',
  'versions.json': 'care.bundle.parts.versions',
  'settings.json': 'care.bundle.parts.settings',
  'status.json': 'care.bundle.parts.status',
  'log.jsonl': 'care.bundle.parts.log',
} as const

function Contents({ preview }: { readonly preview: Preview }) {
  const { t, i18n } = useTranslation()
  const about = (name: string): string =>
    name in words ? t(words[name as keyof typeof words]) : t('care.bundle.parts.crash')
  const size = (bytes: number): string =>
    t('care.bundle.size', {
      kilobytes: (bytes / 1000).toLocaleString(i18n.language, { maximumFractionDigits: 1 }),
    })
  return (
    <div className="support-bundle-parts" role="group" aria-label={t('care.bundle.contents')}>
      <p>{t('care.bundle.exactly')}</p>
      {preview.parts.map(({ name, bytes, text }) => (
        <TextPart key={name} title={about(name)} note={`${name} · ${size(bytes)}`} text={text} />
      ))}
    </div>
  )
}

function Save({ preview: { previewId } }: { readonly preview: Preview }) {
  const { t } = useTranslation()
  const toasts = useToasts()
  const save = useMutation({
    mutationFn: async () => {
      if (isDesktop) return (await call('diagnostics.saveBundle', { previewId })).savedAs
      const { fileName, base64 } = await call('diagnostics.exportBundle', { previewId })
      download(fileName, base64, 'application/zip')
      return null
    },
    onSuccess: (name) => name !== null && toasts.done(t('care.bundle.saved', { name })),
    onError: toasts.failed,
  })
  return (
    <Button disabled={save.isPending} onClick={() => save.mutate()}>
      {t(isDesktop ? 'care.bundle.save' : 'care.bundle.download')}
    </Button>
  )
}
