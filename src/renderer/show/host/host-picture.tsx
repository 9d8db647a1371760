import type { HostCard } from '#shared/live.ts'
import { Image as ImageIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Rect } from '../fit/host-areas.ts'
import { pictureCache } from './picture-cache.ts'

interface Props {
  readonly rect: Rect
  readonly images: HostCard['images']
  readonly index: number
  readonly name: string
}

/** The picture in its reserved place, with a dot per picture. */
export function HostPicture({ rect, images, index, name }: Props) {
  const { t } = useTranslation()
  const image = images[index] ?? images[0]
  return (
    <figure className="host-picture" style={{ ...rect, position: 'absolute' }}>
      {image ? (
        <img
          key={image.src}
          src={image.src}
          alt={image.alt || name}
          // What was decoded ahead is painted in the same frame; the rest must not hold the text back.
          decoding={pictureCache.isDecoded(image.src) ? 'sync' : 'async'}
          fetchPriority="high"
          draggable={false}
        />
      ) : (
        <div className="host-no-picture">
          <ImageIcon aria-hidden="true" />
          <span>{t('show.host.noPicture')}</span>
        </div>
      )}
      {images.length > 1 && (
        <p
          className="host-dots"
          role="img"
          aria-label={t('show.host.picture', { index: index + 1, count: images.length })}
        >
          {images.map((one, at) => (
            <span key={one.src} data-current={at === index || undefined} />
          ))}
        </p>
      )}
    </figure>
  )
}
