import type { LineupItem } from '#shared/sessions.ts'
import { Archive, BadgeDollarSign, ImageOff, MessageSquareOff, Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { marksOf } from './item-marks.ts'

const icons = {
  archived: Archive,
  noPrice: BadgeDollarSign,
  noPoints: MessageSquareOff,
  noPicture: ImageOff,
  override: Pencil,
} as const

/** What stands out about an item: a shape each, with its words on hover and for screen readers. */
export function MarkIcons({ item }: { readonly item: LineupItem }) {
  const { t } = useTranslation()
  return marksOf(item).map((mark) => {
    const Icon = icons[mark]
    const label = t(`sessions.mark.${mark}`)
    return (
      <span key={mark} className="line-mark" data-mark={mark} role="img" aria-label={label} title={label}>
        <Icon aria-hidden />
      </span>
    )
  })
}
