import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import './number-slider.css'

interface NumberSliderProps {
  readonly label: string
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
  readonly onValue: (value: number) => void
}

/** A number to pull at, and to type. */
export function NumberSlider({ label, unit, value, onValue, ...limits }: NumberSliderProps) {
  // While it is typed it may be half a number.
  const [typed, setTyped] = useState<string | null>(null)
  const take = (text: string): void => {
    const number = Number(text.replace(',', '.'))
    if (text.trim() !== '' && number >= limits.min && number <= limits.max) onValue(number)
  }
  return (
    <Field label={label}>
      {(control) => (
        <div className="number-slider">
          <input
            type="range"
            aria-label={label}
            {...limits}
            value={value}
            onChange={(event) => {
              setTyped(null)
              onValue(Number(event.currentTarget.value))
            }}
          />
          <input
            {...control}
            type="text"
            inputMode="decimal"
            className="input tabular"
            value={typed ?? String(Math.round(value * 100) / 100)}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value)
              take(currentTarget.value)
            }}
            onBlur={() => setTyped(null)}
          />
          <span className="quiet">{unit}</span>
        </div>
      )}
    </Field>
  )
}
