import type { LineupItem } from '#shared/sessions.ts'
import { ExternalLink } from 'lucide-react'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Switch } from '../../ui/choice.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Picture } from '../../ui/picture.tsx'
import type { LineUp } from '../builder/use-line-up.ts'
import { DraftField } from '../draft/draft-field.tsx'
import type { Draft } from '../draft/use-draft.ts'
import { planSection } from '../line-up/plan-section.ts'
import { sectionsOf } from '../line-up/line-rows.ts'
import { OthersNote, useOthers } from '../../presence.tsx'
import { SyncMarks } from '../../sync-marks.tsx'
import { MarkIcons } from '../line-up/mark-icons.tsx'
import { OverrideField } from './override-field.tsx'

interface Props {
  readonly item: LineupItem
  readonly lineUp: LineUp
}

/** One item: what this line-up says of the product, and what it adds. */
export function ItemPanel({ item, lineUp }: Props) {
  const { t } = useTranslation()
  const sections = useId()
  const { edits } = lineUp
  const { id, catalogue } = item
  return (
    <div className="detail-fields">
      <div className="detail-product">
        <span className="quiet truncate">
          {[catalogue.brandName, catalogue.sku, catalogue.pid]
            .filter((text) => text !== null && text !== '')
            .join(' · ')}
        </span>
        <SyncMarks pending={item.pending} conflict={item.conflict} />
        <MarkIcons item={item} />
        <Link className="button" data-kind="ghost" to={`/products/${item.productId}`}>
          <ExternalLink aria-hidden />
          {t('sessions.openProduct')}
        </Link>
      </div>
      <OthersNote others={useOthers({ id })} />
      <Pictures item={item} />
      <OverrideField {...{ item, edits }} field="name" label={t('sessions.field.name')} />
      <div className="detail-pair">
        <OverrideField {...{ item, edits }} field="priceCents" label={t('sessions.field.price')} />
        <OverrideField {...{ item, edits }} field="compareAtPriceCents" label={t('sessions.field.was')} />
      </div>
      <Points item={item} edits={edits} />
      <div className="detail-pair">
        <DraftField
          name={`item:${id}:section`}
          label={t('sessions.field.section')}
          list={sections}
          maxLength={120}
          source={{
            saved: item.section ?? '',
            onLeaveOnly: true,
            save: (text) => {
              const section = text.trim() === '' ? null : text.trim()
              return edits.move([id], (items) => planSection(items, [id], section))
            },
          }}
        />
        <div className="detail-skip">
          <Switch
            label={t('sessions.field.skip')}
            checked={item.skip}
            onChecked={(skip) => lineUp.setSkip([id], skip)}
          />
        </div>
      </div>
      <datalist id={sections}>
        {sectionsOf(lineUp.items).map((title) => (
          <option key={title} value={title} />
        ))}
      </datalist>
      <DraftField
        name={`item:${id}:notes`}
        label={t('sessions.field.itemNotes')}
        hint={t('sessions.field.itemNotesHint')}
        multiline
        rows={3}
        maxLength={5_000}
        source={{ saved: item.notes, save: (notes) => edits.saveItem(id, { notes }) }}
      />
    </div>
  )
}

function Points({ item, edits }: { readonly item: LineupItem; readonly edits: LineUp['edits'] }) {
  const { t } = useTranslation()
  const [preview, setPreview] = useState(false)
  const below = ({ value }: Draft): ReactNode =>
    preview && (
      <div className="detail-preview" role="region" aria-label={t('sessions.preview')}>
        {value.trim() === '' ? <span className="quiet">{t('sessions.previewEmpty')}</span> : <Markdown text={value} />}
      </div>
    )
  return (
    <OverrideField
      {...{ item, edits }}
      field="talkingPointsMd"
      label={t('sessions.field.points')}
      rows={7}
      beside={
        <button
          type="button"
          className="button detail-preview-button"
          data-kind="ghost"
          aria-pressed={preview}
          onClick={() => setPreview(!preview)}
        >
          {t('sessions.preview')}
        </button>
      }
      under={below}
    />
  )
}

function Pictures({ item: { images, imageCount } }: { readonly item: LineupItem }) {
  const { t } = useTranslation()
  if (imageCount === 0) return <p className="quiet">{t('sessions.noPictures')}</p>
  return (
    <div className="detail-pictures">
      <ul className="detail-picture-strip" aria-label={t('sessions.pictures')}>
        {images.map(({ src, alt }) => (
          <li key={src}>
            <Picture src={src} alt={alt} size="fill" />
          </li>
        ))}
      </ul>
      {images.length < imageCount && (
        <span className="quiet">{t('sessions.picturesHere', { ready: images.length, count: imageCount })}</span>
      )}
    </div>
  )
}
