import { Switch as BaseSwitch } from '@base-ui/react/switch'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { Field } from './field.tsx'
import type { FieldFrame } from './field.tsx'

/** One value and the words for it. */
export interface Option<T extends string> {
  readonly value: T
  readonly label: string
}

interface ChoiceProps<T extends string> extends FieldFrame {
  readonly value: T
  readonly options: readonly Option<T>[]
  readonly onValue: (value: T) => void
  readonly disabled?: boolean
}

/** One of many, from a list. The system's own control: it works everywhere, by keyboard and on phones. */
export function Select<T extends string>({ value, options, onValue, disabled, ...frame }: ChoiceProps<T>) {
  return (
    <Field {...frame}>
      {(control) => (
        <select
          className="input select"
          {...control}
          value={value}
          disabled={disabled}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.currentTarget.value)
            if (chosen) onValue(chosen.value)
          }}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** One of a few, all in sight. */
export function SegmentedControl<T extends string>({ value, options, onValue, label, hideLabel }: ChoiceProps<T>) {
  const name = useId()
  return (
    <fieldset className="field">
      <legend className={hideLabel ? 'visually-hidden' : undefined}>{label}</legend>
      <div className="segmented">
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onValue(option.value)} />
            <span className="button">{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

interface SwitchProps {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
  readonly disabled?: boolean
}

/** On or off, at once. */
export function Switch({ label, checked, onChecked, disabled = false }: SwitchProps) {
  const id = useId()
  return (
    <div className="switch-row">
      <BaseSwitch.Root className="switch" aria-labelledby={id} {...{ checked, disabled }} onCheckedChange={onChecked}>
        <BaseSwitch.Thumb className="switch-thumb" />
      </BaseSwitch.Root>
      <span id={id}>{label}</span>
    </div>
  )
}
