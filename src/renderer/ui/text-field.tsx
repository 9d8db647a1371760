import type { ComponentProps } from 'react'
import { Field } from './field.tsx'
import type { FieldFrame } from './field.tsx'

type Frame = FieldFrame & {
  readonly value: string
  readonly onValue: (value: string) => void
}

/** One line of text. */
export function TextField({
  label,
  mark,
  hint,
  error,
  hideLabel,
  onValue,
  ...input
}: Frame & Omit<ComponentProps<'input'>, keyof Frame>) {
  const frame = { label, mark, hint, error, ...(hideLabel !== undefined && { hideLabel }) }
  return (
    <Field {...frame}>
      {(control) => (
        <input className="input" {...control} {...input} onChange={(event) => onValue(event.currentTarget.value)} />
      )}
    </Field>
  )
}

/** Longer text, checked for spelling. */
export function TextArea({
  label,
  mark,
  hint,
  error,
  hideLabel,
  onValue,
  ...input
}: Frame & Omit<ComponentProps<'textarea'>, keyof Frame>) {
  const frame = { label, mark, hint, error, ...(hideLabel !== undefined && { hideLabel }) }
  return (
    <Field {...frame}>
      {(control) => (
        <textarea
          className="textarea"
          spellCheck
          {...control}
          {...input}
          onChange={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
