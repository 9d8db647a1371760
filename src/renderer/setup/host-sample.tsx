import type { HostSettings } from '#shared/settings.ts'
import { basePx } from '#shared/reading-size.ts'
import { useTranslation } from 'react-i18next'
import './host-sample.css'

/** A line as large as the host reads the points, on a screen of the size that was set with the pixels of this one. */
export function HostSample({ host }: { readonly host: HostSettings }) {
  const { t, i18n } = useTranslation()
  const { width, height } = window.screen
  const px = basePx(
    { distanceM: host.distanceM, diagonalIn: host.diagonalIn, screenWidth: width, screenHeight: height },
    host.textScale,
  )
  return (
    <figure className="host-sample">
      <div className="host-sample-text" data-host-theme={host.theme} data-mirror={host.mirror || undefined}>
        <p style={{ fontSize: `${String(px)}px` }}>{t('settings.host.sample')}</p>
      </div>
      <figcaption className="field-hint tabular">
        {t('settings.host.sampleSize', {
          px: Math.round(px),
          width,
          height,
          metres: host.distanceM.toLocaleString(i18n.language),
          inches: host.diagonalIn.toLocaleString(i18n.language),
        })}
      </figcaption>
    </figure>
  )
}
