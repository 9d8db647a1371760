import { useEffect, useState } from 'react'
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
  const [text, setText] = useState(() => moneyText(cents))
  const parsed = parseMoney(text)
  const typed = 'cents' in parsed ? parsed.cents : undefined
  useEffect(() => {
    if (typed !== cents) setText(moneyText(cents))
    // Only a value from outside replaces what is being typed.
  }, [cents])
  const change = (next: string): void => {
    setText(next)
    const value = parseMoney(next)
    if ('cents' in value) onCents(value.cents)
  }
  const problem = 'problem' in parsed ? t(`ui.money.${parsed.problem}`) : error
  return <TextField {...rest} inputMode="decimal" value={text} onValue={change} error={problem} />
}
