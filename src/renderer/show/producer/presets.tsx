import { MessageColor } from '#shared/live.ts'
import type { Preset } from '#shared/presets.ts'
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api.ts'
import './presets.css'

interface Props {
  readonly presets: readonly Preset[]
  readonly onSend: (preset: Preset) => void
  readonly onError: (error: unknown) => void
}

/** Messages that are kept: one click sends one, Alt and its place does too. */
export function Presets({ presets, onSend, onError }: Props) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  if (presets.length === 0) return <p className="producer-empty">{t('show.presets.empty')}</p>
  return (
    <section className="presets" aria-label={t('show.presets.title')}>
      <header>
        <h2>{t('show.presets.title')}</h2>
        <button
          type="button"
          className="button"
          data-kind="ghost"
          aria-pressed={editing}
          onClick={() => setEditing(!editing)}
        >
          {t(editing ? 'show.presets.done' : 'show.presets.edit')}
        </button>
      </header>
      <ul data-editing={editing || undefined}>
        {presets.map((preset, index) => (
          <li key={preset.id}>
            {editing ? (
              <PresetEditor preset={preset} index={index} presets={presets} onError={onError} />
            ) : (
              <button
                type="button"
                className="preset"
                data-color={preset.color}
                onClick={() => onSend(preset)}
                title={preset.text}
              >
                <span dir="auto">{preset.text}</span>
                {index < 9 && <kbd aria-hidden="true">Alt {index + 1}</kbd>}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface EditorProps {
  readonly preset: Preset
  readonly index: number
  readonly presets: readonly Preset[]
  readonly onError: (error: unknown) => void
}

function PresetEditor({ preset, index, presets, onError }: EditorProps) {
  const { t } = useTranslation()
  const save = (patch: Partial<Pick<Preset, 'text' | 'color'>>): void => {
    call('presets.update', { id: preset.id, patch }).catch(onError)
  }
  const moveBehind = (after: string | null): void => {
    call('presets.update', { id: preset.id, patch: {}, after }).catch(onError)
  }
  return (
    <div className="preset-editor" data-color={preset.color}>
      <input
        className="input"
        defaultValue={preset.text}
        maxLength={200}
        aria-label={t('show.presets.text', { index: index + 1 })}
        onBlur={(event) => {
          const text = event.target.value.trim()
          if (text === '') event.target.value = preset.text
          else if (text !== preset.text) save({ text })
        }}
      />
      <select
        className="input"
        value={preset.color}
        aria-label={t('show.message.color')}
        onChange={(event) => save({ color: MessageColor.parse(event.target.value) })}
      >
        {MessageColor.options.map((color) => (
          <option key={color} value={color}>
            {t(`show.color.${color}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button"
        data-icon
        disabled={index === 0}
        aria-label={t('show.presets.up')}
        onClick={() => moveBehind(presets[index - 2]?.id ?? null)}
      >
        <ArrowUp aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button"
        data-icon
        disabled={index === presets.length - 1}
        aria-label={t('show.presets.down')}
        onClick={() => moveBehind(presets[index + 1]?.id ?? null)}
      >
        <ArrowDown aria-hidden="true" />
      </button>
      <button
        type="button"
        className="button"
        data-icon
        aria-label={t('show.presets.delete')}
        onClick={() => void call('presets.delete', { id: preset.id }).catch(onError)}
      >
        <Trash2 aria-hidden="true" />
      </button>
    </div>
  )
}
