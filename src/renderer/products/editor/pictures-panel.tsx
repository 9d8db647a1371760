import type { ProductDetail } from '#shared/library.ts'
import { ImagePlus, Link2, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { DropShade } from '../../ui/drop-shade.tsx'
import { useFileDrop } from '../../ui/use-file-drop.ts'
import { PictureCard } from './picture-card.tsx'
import { usePastedPictures } from './use-pasted-pictures.ts'
import { usePictureDrops } from './use-picture-drag.ts'
import { usePictures } from './use-pictures.ts'
import type { Pictures } from './use-pictures.ts'
import './pictures.css'

const MOST = 50

/** The pictures of a product: dropped, chosen, pasted or named by address; ordered, named, removed. */
export function PicturesPanel({ product }: { readonly product: ProductDetail }) {
  const { t } = useTranslation()
  const pictures = usePictures(product.id, product.images)
  const over = useFileDrop(pictures.adding === null, (files) => void pictures.addFiles(files))
  usePastedPictures(pictures)
  usePictureDrops(pictures)
  const { images, adding } = pictures
  return (
    <section className="pictures" aria-label={t('products.pictures.title')}>
      <div className="field-head">
        <h2>
          {t('products.pictures.title')} <span className="quiet tabular">{images.length}</span>
        </h2>
        <AddPictures pictures={pictures} full={images.length >= MOST} />
      </div>
      {images.length === 0 ? (
        <p className="pictures-empty quiet">{t('products.pictures.empty')}</p>
      ) : (
        <ol className="pictures-grid">
          {images.map((image, place) => (
            <PictureCard key={image.id} {...{ image, place, pictures }} />
          ))}
        </ol>
      )}
      {adding && (
        <p role="status" className="quiet tabular">
          {t('products.pictures.adding', { place: adding.done + 1, count: adding.of })}
        </p>
      )}
      <RefusedPictures pictures={pictures} />
      <p className="field-hint">{t('products.pictures.limits', { most: MOST })}</p>
      <DropShade over={over} text={t('products.pictures.drop')} />
    </section>
  )
}

function AddPictures({ pictures, full }: { readonly pictures: Pictures; readonly full: boolean }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [address, setAddress] = useState<string | null>(null)
  const add = async (): Promise<void> => {
    if (address !== null && (await pictures.addAddress(address.trim()))) setAddress(null)
  }
  return (
    <>
      <span className="pictures-add">
        <input
          ref={input}
          type="file"
          multiple
          accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
          aria-label={t('products.pictures.files')}
          className="visually-hidden"
          tabIndex={-1}
          onChange={(event) => {
            const files = [...(event.currentTarget.files ?? [])]
            event.currentTarget.value = ''
            if (files.length > 0) void pictures.addFiles(files)
          }}
        />
        <Button disabled={full || pictures.adding !== null} onClick={() => input.current?.click()}>
          <ImagePlus aria-hidden />
          {t('products.pictures.choose')}
        </Button>
        <Button
          kind="ghost"
          disabled={full}
          aria-expanded={address !== null}
          onClick={() => setAddress(address === null ? '' : null)}
        >
          <Link2 aria-hidden />
          {t('products.pictures.byAddress')}
        </Button>
      </span>
      {address !== null && (
        <form
          className="pictures-address"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void add()
          }}
        >
          <TextField
            hideLabel
            autoFocus
            label={t('products.pictures.address')}
            placeholder="https://"
            type="url"
            inputMode="url"
            maxLength={2000}
            value={address}
            onValue={setAddress}
          />
          <Button type="submit" kind="primary" disabled={address.trim() === ''}>
            {t('products.pictures.add')}
          </Button>
        </form>
      )}
    </>
  )
}

function RefusedPictures({ pictures }: { readonly pictures: Pictures }) {
  const { t } = useTranslation()
  if (pictures.refused.length === 0) return null
  return (
    <div role="alert" className="pictures-refused">
      <ul>
        {pictures.refused.map(({ name, reason }, index) => (
          <li key={`${name}-${String(index)}`}>
            <strong>{name}</strong> {reason}
          </li>
        ))}
      </ul>
      <IconButton label={t('ui.close')} onClick={pictures.dismiss}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
