import type { SecretName } from '#shared/secrets.ts'
import { AppError } from '#shared/app-error.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call, read } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'

interface Props {
  readonly name: SecretName
  readonly label: string
  readonly hint?: string
  readonly save: string
  readonly forget: string
}

/** Takes a secret, says where it is kept, and can forget it. What was typed is gone from the page once it is stored. */
export function SecretField({ name, label, hint, save, forget }: Props) {
  const { t } = useTranslation()
  const { data: secrets } = useQuery(read('secrets.status', {}))
  const [value, setValue] = useState('')
  const store = useMutation({
    mutationFn: () => call('secrets.set', { name, value }),
    onSuccess: () => setValue(''),
  })
  const clear = useMutation({ mutationFn: () => call('secrets.clear', { name }) })
  if (!secrets) return null
  const { set, protectedBy, problem } = secrets[name]
  const error = store.error ?? clear.error
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (value.trim() !== '') store.mutate()
  }
  const kept = protectedBy === null ? '' : t('settings.shopify.stored', { place: t(`settings.places.${protectedBy}`) })
  return (
    <form className="settings-join" onSubmit={submit}>
      <TextField
        // Hidden as it is typed, and no password of a person: nothing is to offer to keep it.
        type="password"
        autoComplete="off"
        spellCheck={false}
        label={label}
        hint={[kept, hint].filter(Boolean).join(' ')}
        error={error ? messageOf(error) : problem}
        placeholder={set ? '••••••••' : ''}
        value={value}
        disabled={protectedBy === 'environment'}
        onValue={(next) => {
          setValue(next)
          store.reset()
        }}
      />
      <div className="settings-actions">
        <Button type="submit" disabled={store.isPending || value.trim() === ''}>
          {save}
        </Button>
        {set && protectedBy !== 'environment' && (
          <Button kind="ghost" disabled={clear.isPending} onClick={() => clear.mutate()}>
            {forget}
          </Button>
        )}
      </div>
    </form>
  )
}

function messageOf(error: Error): string {
  return (error instanceof AppError && error.fields?.['value']) || error.message
}
