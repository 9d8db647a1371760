import { CornerDownLeft, Delete } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { NumberBuffer } from '../../keys/use-number-entry.ts'
import './number-pad.css'

/** Digits for a thumb: a phone has no keyboard beside the show. */
export function NumberPad({ buffer }: { readonly buffer: NumberBuffer }) {
  const { t } = useTranslation()
  return (
    <div className="number-pad" role="group" aria-label={t('show.number.pad')}>
      {[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => (
        <button key={digit} type="button" onClick={() => buffer.digit(digit)}>
          {digit}
        </button>
      ))}
      <button type="button" aria-label={t('show.number.clear')} onClick={() => buffer.cancel()}>
        <Delete aria-hidden="true" />
      </button>
      <button type="button" onClick={() => buffer.digit(0)}>
        0
      </button>
      <button type="button" aria-label={t('show.number.go')} onClick={() => buffer.enter()}>
        <CornerDownLeft aria-hidden="true" />
      </button>
    </div>
  )
}
