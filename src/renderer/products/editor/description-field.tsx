import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { SafeHtml } from '../../ui/safe-html.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useFrames } from './field-frame.tsx'
import type { Editor } from './use-editor.ts'

/** The shop's description as it reads, and as HTML where it may be edited. */
export function DescriptionField({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const frame = useFrames(editor)('descriptionHtml')
  const [wide, setWide] = useState(false)
  const { descriptionHtml } = editor.shown
  const wanted = wide || !frame.readOnly
  return (
    <section className="product-description">
      {frame.readOnly ? (
        <div className="field">
          <div className="field-head">
            <h2>{t('products.fields.description')}</h2>
            {frame.mark}
          </div>
          {descriptionHtml.trim() === '' ? (
            <p className="quiet">{t('products.editor.noDescription')}</p>
          ) : (
            <div className="product-description-text" data-wide={wanted || undefined}>
              <SafeHtml html={descriptionHtml} />
            </div>
          )}
          {descriptionHtml.length > 600 && (
            <Button kind="ghost" className="product-more" aria-expanded={wide} onClick={() => setWide(!wide)}>
              {t(wide ? 'products.editor.less' : 'products.editor.more')}
            </Button>
          )}
        </div>
      ) : (
        <div className="product-pair">
          <TextArea
            {...frame}
            label={t('products.fields.descriptionSource')}
            className="textarea product-source"
            maxLength={200_000}
            value={descriptionHtml}
            onValue={(html) => editor.type('descriptionHtml', html)}
          />
          <div className="field">
            <h3 className="field-head">{t('products.editor.reads')}</h3>
            <div className="product-preview" tabIndex={0} role="group" aria-label={t('products.editor.reads')}>
              <SafeHtml html={descriptionHtml} />
            </div>
          </div>
        </div>
      )}
    </section>
  )
}
