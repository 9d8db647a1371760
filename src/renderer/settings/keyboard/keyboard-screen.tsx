import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultKeys, effectiveKeys, presetBinding } from '#shared/effective-keys.ts'
import type { KeySettings } from '#shared/effective-keys.ts'
import { keyGroups, keyTable } from '#shared/key-table.ts'
import type { Binding, KeyId } from '#shared/key-table.ts'
import { must } from '#shared/must.ts'
import { chordText } from '../../keys/use-key-text.ts'
import { Button } from '../../ui/button.tsx'
import { SegmentedControl } from '../../ui/choice.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { useToasts } from '../../ui/toasts.tsx'
import { Waiting } from '../../ui/waiting.tsx'
import { SubScreenHeader } from '../sub-screen-header.tsx'
import { useSettings } from '../use-settings.ts'
import { findKeys } from './find-keys.ts'
import { KeyRow } from './key-row.tsx'
import { useKeyChange } from './use-key-change.ts'
import './keyboard.css'

/** Every key of the app, and what each is changed to on this computer. */
export function KeyboardScreen() {
  const { t } = useTranslation()
  const toasts = useToasts()
  const { settings, change } = useSettings()
  const keys = settings?.keys
  const save = (next: KeySettings): void => change({ keys: next })
  const reset = (before: KeySettings): void => {
    save({ ...before, changed: {} })
    toasts.done(t('keyboard.resetAllDone'), () => save(before))
  }
  return (
    <>
      <SubScreenHeader
        title={t('keyboard.title')}
        back={t('keyboard.back')}
        actions={
          keys !== undefined && (
            <Button disabled={Object.keys(keys.changed).length === 0} onClick={() => reset(keys)}>
              {t('keyboard.resetAll')}
            </Button>
          )
        }
      />
      {keys === undefined ? <Waiting /> : <Keyboard keys={keys} onChange={save} />}
    </>
  )
}

interface Props {
  readonly keys: KeySettings
  readonly onChange: (next: KeySettings) => void
}

function Keyboard({ keys, onChange }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const change = useKeyChange(keys, onChange)
  const words = { name: ({ id }: Binding) => t(`show.keys.${id}`), chord: chordText }
  const found = findKeys(effectiveKeys(keys), typed, words)
  return (
    <div className="keyboard">
      <p className="quiet">{t('keyboard.intro')}</p>
      <div className="keyboard-tools">
        <div>
          <SegmentedControl
            label={t('keyboard.preset')}
            value={keys.preset}
            options={(['hudson', 'pavoi'] as const).map((value) => ({ value, label: t(`keyboard.presets.${value}`) }))}
            onValue={(preset) => onChange({ ...keys, preset })}
          />
          <p className="field-hint">{t(`keyboard.presetHints.${keys.preset}`)}</p>
        </div>
        <SearchField label={t('keyboard.search')} value={typed} onValue={setTyped} />
      </div>
      {found.length === 0 && <p className="quiet">{t('keyboard.nothing')}</p>}
      {keyGroups.map((group) => {
        const bindings = found.filter((one) => one.group === group)
        return bindings.length === 0 ? null : (
          <section key={group} aria-label={t(`show.keyGroups.${group}`)}>
            <h2>{t(`show.keyGroups.${group}`)}</h2>
            <ul className="key-rows">
              {bindings.map((binding) => (
                <KeyRow
                  key={binding.id}
                  {...{ binding, change }}
                  preset={presetOf(keys, binding.id)}
                  changed={keys.changed[binding.id] !== undefined}
                />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

function presetOf({ preset }: KeySettings = defaultKeys, id: KeyId): Binding {
  return presetBinding(
    preset,
    must(
      keyTable.find((one) => one.id === id),
      'every command is in the table',
    ),
  )
}
