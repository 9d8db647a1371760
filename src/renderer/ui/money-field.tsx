import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldFrame } from './field.tsx'
import { moneyText, parseMoney } from './money.ts'
import { TextField } from './text-field.tsx'

interface MoneyFieldProps extends FieldFrame {
  readonly cents: number | null
  /** Hears only of text that is a price, or empty. */
  readonly onCents: (cents: number | null) => void
  readonly placeholder?: string
  readonly readOnly?: boolean
}

/** A price in whole units with decimals; keeps what was typed while it is being typed. */
export function MoneyField({ cents, onCents, error, ...rest }: MoneyFieldProps) {
  const { t } = useTranslation()
  // What was typed stands as long as the value is the one that it led to; another value from outside replaces it.
  const [typed, setTyped] = useState({ text: moneyText(cents), cents })
  const text = typed.cents === cents ? typed.text : moneyText(cents)
  const parsed = parseMoney(text)
  const change = (next: string): void => {
    const value = parseMoney(next)
    setTyped({ text: next, cents: 'cents' in value ? value.cents : cents })
    if ('cents' in value) onCents(value.cents)
  }
  const problem = 'problem' in parsed ? t(`ui.money.${parsed.problem}`) : error
  return <TextField {...rest} inputMode="decimal" value={text} onValue={change} error={problem} />
}
