import type { LiveState } from '#shared/live.ts'
import { HostSettings } from '#shared/settings.ts'
import { Popover } from '@base-ui/react/popover'
import { Copy, MonitorCog } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../copy-text.ts'
import { call } from '../../api.ts'
import { HostScreens } from './host-screens.tsx'
import './display-menu.css'

interface Props {
  readonly state: LiveState
  readonly onError: (error: unknown) => void
}

/** How the host view looks, and the links that other displays open. */
export function DisplayMenu({ state, onError }: Props) {
  const { t } = useTranslation()
  const { host } = state
  const set = (patch: Partial<HostSettings>): void => {
    call('settings.update', { patch: { host: patch } }).catch(onError)
  }
  return (
    <Popover.Root>
      <Popover.Trigger className="button">
        <MonitorCog aria-hidden="true" /> {t('show.display.title')}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={8} align="end" className="popover-positioner">
          <Popover.Popup className="display-menu">
            <Popover.Title className="visually-hidden">{t('show.display.title')}</Popover.Title>
            <HostScreens sessionId={state.sessionId} onError={onError} />
            <Choice
              title={t('show.display.layout')}
              options={HostSettings.shape.layout.options}
              value={host.layout}
              labelOf={(layout) => t(`show.display.layouts.${layout}`)}
              onValue={(layout) => set({ layout })}
            />
            <Choice
              title={t('show.display.theme')}
              options={HostSettings.shape.theme.options}
              value={host.theme}
              labelOf={(theme) => t(`show.display.themes.${theme}`)}
              onValue={(theme) => set({ theme })}
            />
            <label className="display-range">
              <span>{t('show.display.textScale', { percent: Math.round(host.textScale * 100) })}</span>
              <input
                type="range"
                min={0.7}
                max={1.6}
                step={0.05}
                value={host.textScale}
                onChange={(event) => set({ textScale: Number(event.target.value) })}
              />
            </label>
            <Check
              label={t('show.display.showNextUp')}
              on={host.showNextUp}
              onChange={(showNextUp) => set({ showNextUp })}
            />
            <Check
              label={t('show.display.showClock')}
              on={host.showClock}
              onChange={(showClock) => set({ showClock })}
            />
            <Check label={t('show.display.mirror')} on={host.mirror} onChange={(mirror) => set({ mirror })} />
            <CopyLink sessionId={state.sessionId} kind="host" onError={onError} />
            <CopyLink sessionId={state.sessionId} kind="overlay" onError={onError} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ChoiceProps<T extends string> {
  readonly title: string
  readonly options: readonly T[]
  readonly value: T
  readonly labelOf: (option: T) => string
  readonly onValue: (value: T) => void
}

function Choice<T extends string>({ title, options, value, labelOf, onValue }: ChoiceProps<T>) {
  const name = useId()
  return (
    <fieldset className="display-choice">
      <legend>{title}</legend>
      {options.map((option) => (
        <label key={option}>
          <input type="radio" name={name} checked={option === value} onChange={() => onValue(option)} />
          {labelOf(option)}
        </label>
      ))}
    </fieldset>
  )
}

interface CheckProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
}

function Check({ label, on, onChange }: CheckProps) {
  return (
    <label className="display-check">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} /> {label}
    </label>
  )
}

interface CopyProps {
  readonly sessionId: string
  readonly kind: 'host' | 'overlay'
  readonly onError: (error: unknown) => void
}

/** Copies a link; where the clipboard is closed to us, shows it to be copied by hand. */
function CopyLink({ sessionId, kind, onError }: CopyProps) {
  const { t } = useTranslation()
  const [link, setLink] = useState<{ readonly url: string; readonly copied: boolean } | null>(null)
  const copy = async (): Promise<void> => {
    const { url } = await call('studio.link', { sessionId, kind })
    setLink({ url, copied: await copyText(url) })
  }
  return (
    <div className="display-link">
      <button type="button" className="button" onClick={() => void copy().catch(onError)}>
        <Copy aria-hidden="true" /> {t(`show.display.copy.${kind}`)}
      </button>
      {link && <p role="status">{t(link.copied ? 'show.display.copied' : 'show.display.copyByHand')}</p>}
      {link && !link.copied && (
        <input
          className="input"
          readOnly
          value={link.url}
          aria-label={t(`show.display.copy.${kind}`)}
          onFocus={(event) => event.target.select()}
        />
      )}
    </div>
  )
}
