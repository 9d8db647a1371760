import { AppError } from '#shared/app-error.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../api.ts'
import { TextField } from '../ui/text-field.tsx'
import type { SettingsPatch } from './use-settings.ts'

interface Props {
  readonly label: string
  readonly hint: string
  readonly value: string | null
  readonly placeholder?: string
  /** The patch that stores it. */
  readonly patch: (value: string | null) => SettingsPatch
}

/** A line of the settings that is checked as it is saved: on Enter, and when the field is left. */
export function SettingField({ label, hint, value, placeholder, patch }: Props) {
  const [typed, setTyped] = useState<string | null>(null)
  const save = useMutation({
    mutationFn: (next: string | null) => call('settings.update', { patch: patch(next) }),
    onSuccess: () => setTyped(null),
  })
  const shown = typed ?? value ?? ''
  const commit = (): void => {
    if (typed === null || typed.trim() === (value ?? '')) return setTyped(null)
    save.mutate(typed.trim() === '' ? null : typed.trim())
  }
  return (
    <TextField
      label={label}
      hint={hint}
      spellCheck={false}
      autoComplete="off"
      placeholder={placeholder}
      value={shown}
      error={save.error ? messageOf(save.error) : undefined}
      onValue={(next) => {
        setTyped(next)
        save.reset()
      }}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}

/** What is wrong with the field, without its name in the call. */
function messageOf(error: Error): string {
  const [first] = error instanceof AppError ? Object.values(error.fields ?? {}) : []
  return first ?? error.message
}
