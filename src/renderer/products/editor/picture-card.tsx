import type { ProductImage } from '#shared/library.ts'
import { ArrowLeft, ArrowRight, ChevronFirst, RotateCw, Star, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionContextMenu, ActionMenu } from '../../ui/action-menu.tsx'
import type { MenuAction } from '../../ui/action-menu.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Picture } from '../../ui/picture.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { usePictureDrag } from './use-picture-drag.ts'
import type { Pictures } from './use-pictures.ts'

interface PictureCardProps {
  readonly image: ProductImage
  /** From 0. */
  readonly place: number
  readonly pictures: Pictures
}

/** One picture of a product: dragged by itself, moved by its menu or with Alt and the arrow keys. */
export function PictureCard({ image, place, pictures }: PictureCardProps) {
  const { t } = useTranslation()
  const { card, handle, edge, dragging } = usePictureDrag(image.id)
  const count = pictures.images.length
  const moveTo = async (next: number): Promise<void> => {
    if (next < 0 || next >= count) return
    const focused = document.activeElement
    await pictures.move(image.id, next)
    // Moving a node takes the focus from it.
    setTimeout(() => focused instanceof HTMLElement && focused.isConnected && focused.focus(), FOCUS_MS)
  }
  const actions = useCardMenu({ image, place, pictures }, moveTo)
  return (
    <li
      ref={card}
      className="picture-card"
      data-edge={edge}
      data-dragging={dragging || undefined}
      onKeyDown={(event) => {
        const step = event.altKey ? stepOf(event.key) : 0
        if (step === 0 || event.target instanceof HTMLInputElement) return
        event.preventDefault()
        void moveTo(place + step)
      }}
    >
      <ActionContextMenu actions={actions}>
        <div ref={handle} className="picture-frame" data-state={image.state} title={t('products.pictures.drag')}>
          <Picture
            src={image.src}
            alt={image.alt || t('products.pictures.place', { place: place + 1, count })}
            size="fill"
          />
          <PictureState image={image} pictures={pictures} />
        </div>
      </ActionContextMenu>
      <div className="picture-foot">
        <span className="tabular quiet">{place + 1}</span>
        {image.primary && (
          <Badge kind="accent" shape="★">
            {t('products.pictures.primary')}
          </Badge>
        )}
        <ActionMenu label={t('products.pictures.menu', { place: place + 1, count })} actions={actions} />
      </div>
      <AltField image={image} place={place} onAlt={(alt) => pictures.setAlt(image.id, alt)} />
    </li>
  )
}

/** By then the list is drawn in its new order. */
const FOCUS_MS = 80

function stepOf(key: string): number {
  if (key === 'ArrowLeft' || key === 'ArrowUp') return -1
  return key === 'ArrowRight' || key === 'ArrowDown' ? 1 : 0
}

function useCardMenu(
  { image, place, pictures }: PictureCardProps,
  moveTo: (next: number) => Promise<void>,
): MenuAction[] {
  const { t } = useTranslation()
  const last = pictures.images.length - 1
  return [
    {
      label: t('products.pictures.makePrimary'),
      icon: <Star aria-hidden />,
      disabled: image.primary,
      onSelect: () => void pictures.makePrimary(image.id),
    },
    'separator',
    {
      label: t('products.pictures.first'),
      icon: <ChevronFirst aria-hidden />,
      disabled: place === 0,
      onSelect: () => void moveTo(0),
    },
    {
      label: t('products.pictures.earlier'),
      icon: <ArrowLeft aria-hidden />,
      keys: 'Alt+←',
      disabled: place === 0,
      onSelect: () => void moveTo(place - 1),
    },
    {
      label: t('products.pictures.later'),
      icon: <ArrowRight aria-hidden />,
      keys: 'Alt+→',
      disabled: place === last,
      onSelect: () => void moveTo(place + 1),
    },
    'separator',
    {
      label: t('products.pictures.remove'),
      icon: <Trash2 aria-hidden />,
      danger: true,
      onSelect: () => void pictures.remove(image.id),
    },
  ]
}

function PictureState({ image, pictures }: Pick<PictureCardProps, 'image' | 'pictures'>) {
  const { t } = useTranslation()
  if (image.state === 'ready') return null
  if (image.state === 'waiting') {
    return (
      <div className="picture-state">
        <Badge shape="◌">{t('products.pictures.waiting')}</Badge>
      </div>
    )
  }
  return (
    <div className="picture-state picture-problem">
      <Badge kind="bad" shape="▲">
        {t('products.pictures.failed')}
      </Badge>
      <p>{image.problem ?? t('products.pictures.noReason')}</p>
      {image.url !== null && (
        <Button onClick={() => void pictures.retry(image.id)}>
          <RotateCw aria-hidden />
          {t('ui.retry')}
        </Button>
      )}
    </div>
  )
}

interface AltFieldProps {
  readonly image: ProductImage
  readonly place: number
  readonly onAlt: (alt: string) => Promise<void>
}

/** What the picture shows, in words; saved when the field is left. */
function AltField({ image, place, onAlt }: AltFieldProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState<string | null>(null)
  const finish = async (): Promise<void> => {
    if (typed !== null && typed.trim() !== image.alt) await onAlt(typed)
    setTyped(null)
  }
  return (
    <TextField
      hideLabel
      label={t('products.pictures.alt', { place: place + 1 })}
      placeholder={t('products.pictures.altHint')}
      maxLength={500}
      spellCheck
      value={typed ?? image.alt}
      onValue={setTyped}
      onBlur={() => void finish()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void finish()
        else if (event.key === 'Escape') setTyped(null)
      }}
    />
  )
}
