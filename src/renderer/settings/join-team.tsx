import { AppError } from '#shared/app-error.ts'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/text-field.tsx'

/** Takes the address of the team's database. What was typed is gone from the page once it is stored. */
export function JoinTeam({ isSet }: { readonly isSet: boolean }) {
  const { t } = useTranslation()
  const [value, setValue] = useState('')
  const join = useMutation({
    mutationFn: () => call('secrets.set', { name: 'databaseUrl', value }),
    onSuccess: () => setValue(''),
  })
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (value.trim() !== '') join.mutate()
  }
  return (
    <form className="settings-join" onSubmit={submit}>
      <TextField
        // Hidden as it is typed, and no password of a person: nothing is to offer to keep it.
        type="password"
        autoComplete="off"
        spellCheck={false}
        label={t(isSet ? 'settings.team.newAddress' : 'settings.team.address')}
        hint={t('settings.team.addressHint')}
        error={join.error ? messageOf(join.error) : undefined}
        value={value}
        onValue={(next) => {
          setValue(next)
          join.reset()
        }}
      />
      <Button type="submit" className="settings-button" disabled={join.isPending || value.trim() === ''}>
        {t(isSet ? 'settings.team.replace' : 'settings.team.join')}
      </Button>
    </form>
  )
}

function messageOf(error: Error): string {
  return (error instanceof AppError && error.fields?.['value']) || error.message
}
