import { useId } from 'react'
import type { ReactNode } from 'react'
import './field.css'

/** What an input inside a Field must carry. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': boolean | undefined
}

export interface FieldFrame {
  readonly label: string
  /** Beside the label: who owns the value, how long it may be. */
  readonly mark?: ReactNode
  readonly hint?: ReactNode
  /** What is wrong with the value and what to do, or nothing. */
  readonly error?: string | undefined
  readonly hideLabel?: boolean
}

interface FieldProps extends FieldFrame {
  readonly children: (control: FieldControl) => ReactNode
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, mark, hint, error, hideLabel = false, children }: FieldProps) {
  const id = useId()
  const described = [error && `${id}-error`, hint !== undefined && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <div className={hideLabel ? 'visually-hidden' : 'field-head'}>
        <label htmlFor={id}>{label}</label>
        {mark}
      </div>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  )
}
