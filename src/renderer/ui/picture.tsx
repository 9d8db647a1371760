import { Image, ImageOff } from 'lucide-react'
import { useState } from 'react'
import './picture.css'

interface PictureProps {
  /** Null shows the placeholder. */
  readonly src: string | null
  readonly alt: string
  /** `thumb` is 40 px; `fill` takes the space that it is given. */
  readonly size?: 'thumb' | 'fill'
}

/** A picture in a space that is there before it: nothing moves when it arrives. */
export function Picture({ src, alt, size = 'thumb' }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null)
  // What went away and comes back is tried again.
  if (src === null && broken !== null) setBroken(null)
  const shown = src !== null && src !== broken
  return (
    <span className="picture" data-size={size}>
      {shown && (
        <img src={src} alt={alt} loading="lazy" decoding="async" draggable={false} onError={() => setBroken(src)} />
      )}
      {!shown && (src === null ? <Image aria-hidden /> : <ImageOff aria-hidden />)}
    </span>
  )
}
