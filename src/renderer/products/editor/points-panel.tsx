import { useTranslation } from 'react-i18next'
import { Markdown } from '../../ui/markdown.tsx'
import { TextArea } from '../../ui/text-field.tsx'
import { useFrames } from './field-frame.tsx'
import { PointsByModel } from './points-by-model.tsx'
import { PointsHistory } from './points-history.tsx'
import type { Editor } from './use-editor.ts'

/** What the host says about the product, beside how the host sees it. */
export function PointsPanel({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation()
  const { readOnly: _never, ...frame } = useFrames(editor)(
    'talkingPointsMd',
    <span key="how">{t('products.editor.pointsHint')}</span>,
  )
  const text = editor.shown.talkingPointsMd
  return (
    <section className="product-points">
      <h2>{t('products.fields.points')}</h2>
      <div className="product-pair">
        <TextArea
          {...frame}
          label={t('products.editor.pointsText')}
          className="textarea product-points-text"
          maxLength={20_000}
          value={text}
          onValue={(points) => editor.type('talkingPointsMd', points)}
        />
        <div className="field">
          <h3 className="field-head">{t('products.editor.pointsPreview')}</h3>
          <div className="product-preview" tabIndex={0} role="group" aria-label={t('products.editor.pointsPreview')}>
            {text.trim() === '' ? <p className="quiet">{t('products.editor.noPoints')}</p> : <Markdown text={text} />}
          </div>
        </div>
      </div>
      <PointsByModel editor={editor} />
      <PointsHistory editor={editor} />
    </section>
  )
}
