import type { HostCard } from '#shared/live.ts'
import type { CSSProperties } from 'react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { POINTS } from '../fit/fit-points.ts'
import type { PointBlock } from '../fit/fit-points.ts'
import type { Rect } from '../fit/host-areas.ts'
import { HEAD_HEIGHT, NAME_LINE } from '../fit/plan-host.ts'
import type { HostPlan } from '../fit/plan-host.ts'
import { SCALE } from '#shared/reading-size.ts'
import { Lines } from './lines.tsx'
import { HostPicture } from './host-picture.tsx'

interface Props {
  readonly card: HostCard
  readonly plan: HostPlan
  readonly imageIndex: number
  readonly page: number
}

/** One item, painted as planned. Keyed by item: parts of two items are never the same element, so nothing shifts. */
export const HostItem = memo(function HostItem({ card, plan, imageIndex, page }: Props) {
  const { t } = useTranslation()
  const { name, points, notes } = plan
  return (
    <article className="host-item">
      <HostPicture rect={plan.areas.picture} images={card.images} index={imageIndex} name={card.name} />
      <Head card={card} plan={plan} />
      <h1 className="host-name" dir="auto" style={{ ...at(name.rect), fontSize: name.size, lineHeight: NAME_LINE }}>
        <Lines lines={name.lines} />
      </h1>
      {points.pages.length > 0 && (
        <Points rect={points.rect} size={points.size} blocks={points.pages[page % points.pages.length] ?? []} />
      )}
      {plan.pages > 1 && <Dots rect={points.rect} size={points.size} count={plan.pages} current={page} />}
      {notes && (
        <section className="host-notes" style={at(notes.rect)} aria-label={t('show.host.notes')}>
          <h2 style={{ fontSize: plan.unit * SCALE.small }}>{t('show.host.notes')}</h2>
          <Points size={notes.size} blocks={notes.pages[page % notes.pages.length] ?? []} />
        </section>
      )}
    </article>
  )
})

function at({ left, top, width, height }: Rect): CSSProperties {
  return { position: 'absolute', left, top, width, height }
}

function Head({ card, plan }: { readonly card: HostCard; readonly plan: HostPlan }) {
  const { rect, scale, price, was } = plan.head
  return (
    <div className="host-head" style={{ ...at(rect), fontSize: plan.unit * scale }}>
      <p className="host-number" style={{ fontSize: `${SCALE.number}em` }}>
        {card.number}
      </p>
      <div className="host-prices" style={{ height: `${HEAD_HEIGHT}em` }}>
        {price !== null && (
          <p className="host-price" style={{ fontSize: `${SCALE.price}em` }}>
            {price}
          </p>
        )}
        {(was !== null || card.sizes !== null) && (
          <p className="host-under" style={{ fontSize: `${SCALE.small}em` }}>
            {card.sizes !== null && <span className="host-sizes">{card.sizes}</span>}
            {was !== null && <s>{was}</s>}
          </p>
        )}
      </div>
    </div>
  )
}

interface PointsProps {
  readonly rect?: Rect
  readonly size: number
  readonly blocks: readonly PointBlock[]
}

function Points({ rect, size, blocks }: PointsProps) {
  return (
    <ul className="host-points" style={{ ...(rect && at(rect)), fontSize: size, lineHeight: POINTS.line }}>
      {blocks.map((block, index) => (
        <li
          // The blocks of a page have no other name than their place.
          key={index}
          dir="auto"
          data-continued={block.continued || undefined}
          style={{ paddingInlineStart: `${POINTS.indent}em`, marginTop: index === 0 ? 0 : `${POINTS.gap}em` }}
        >
          <Lines lines={block.lines} />
        </li>
      ))}
    </ul>
  )
}

interface DotsProps {
  readonly rect: Rect
  readonly size: number
  readonly count: number
  readonly current: number
}

function Dots({ rect, size, count, current }: DotsProps) {
  const { t } = useTranslation()
  const height = size * POINTS.dots
  const place = { left: rect.left, width: rect.width, top: rect.top + rect.height - height, height }
  return (
    <p
      className="host-pages"
      role="img"
      style={{ ...at(place), fontSize: size }}
      aria-label={t('show.host.page', { page: current + 1, count })}
    >
      {Array.from({ length: Math.min(count, 9) }, (_, index) => (
        <span key={index} data-current={index === current || undefined} />
      ))}
      <b>
        {current + 1}/{count}
      </b>
    </p>
  )
}
