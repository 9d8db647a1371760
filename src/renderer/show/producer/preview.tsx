import type { LiveState } from '#shared/live.ts'
import { useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { HostView } from '../host/host-view.tsx'
import { previewSize } from '../live/host-base.ts'
import './preview.css'

interface Props {
  readonly state: LiveState
  readonly since: number
  /** What floats above: the number buffer. */
  readonly children?: ReactNode
}

/** What the host sees: the same view at the size of the host's display, scaled to the room that there is. */
export function Preview({ state, since, children }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const size = previewSize(state)
  const scale = useScale(box, size)
  const [display] = state.displays
  return (
    <figure className="preview" data-mode={state.mode}>
      <div className="preview-box" ref={box} style={shape(size)} data-host-theme={state.host.theme}>
        <div
          className="preview-stage"
          style={{ transform: `scale(${scale})`, width: size.width, height: size.height }}
          inert
        >
          <HostView state={state} since={since} {...size} />
        </div>
        {children}
      </div>
      <figcaption data-warn={!display || !display.fits || undefined}>
        {display
          ? t(display.fits ? 'show.preview.display' : 'show.preview.tooSmall', {
              ...display,
              count: state.displays.length,
            })
          : t('show.preview.noDisplay')}
      </figcaption>
    </figure>
  )
}

/** As large as fits the column's width and the height that the style sheet leaves. */
function shape({ width, height }: { readonly width: number; readonly height: number }): CSSProperties {
  return {
    aspectRatio: `${width} / ${height}`,
    width: `min(100%, calc(var(--preview-most) * ${width / height}))`,
  }
}

function useScale(
  box: React.RefObject<HTMLDivElement | null>,
  { width, height }: { width: number; height: number },
): number {
  const [scale, setScale] = useState(0.25)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const fit = (): void => setScale(Math.min(element.clientWidth / width, element.clientHeight / height) || 0.25)
    fit()
    const observer = new ResizeObserver(fit)
    observer.observe(element)
    return () => observer.disconnect()
  }, [box, width, height])
  return scale
}
