import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { AppError } from '#shared/app-error.ts'
import { call, read } from '../../api.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { fromLocalInput } from '../schedule.ts'

const FORM = 'new-session'

/** Asks for a name, a brand and a time, and opens the new session. */
export function NewSessionDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('sessions.create.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button kind="primary" type="submit" form={FORM}>
            {t('sessions.create.submit')}
          </Button>
        </>
      }
    >
      <NewSession />
    </Dialog>
  )
}

function NewSession() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const brands = useQuery(read('brands.list', {})).data?.items ?? []
  const [name, setName] = useState('')
  const [brandId, setBrandId] = useState('')
  const [starts, setStarts] = useState('')
  const [problem, setProblem] = useState<string>()
  // Enter pressed again before the answer is here must not make a second session.
  const isMaking = useRef(false)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isMaking.current) return
    if (name.trim() === '') {
      setProblem(t('sessions.create.nameMissing'))
      return
    }
    isMaking.current = true
    const scheduledAt = fromLocalInput(starts)
    call('sessions.create', { name, scheduledAt, ...(brandId !== '' && { brandId }) }).then(
      ({ id }) => void navigate(`/sessions/${id}`, { replace: true }),
      (error: unknown) => {
        isMaking.current = false
        setProblem(problemOf(error))
      },
    )
  }
  return (
    <form id={FORM} className="new-session" onSubmit={submit} noValidate>
      <TextField
        label={t('sessions.create.name')}
        placeholder={t('sessions.create.placeholder')}
        value={name}
        maxLength={200}
        autoComplete="off"
        // The dialog begins with it.
        autoFocus
        error={problem}
        onValue={(next) => {
          setName(next)
          setProblem(undefined)
        }}
      />
      <Select
        label={t('sessions.create.brand')}
        value={brandId}
        options={[
          { value: '', label: t('sessions.noBrand') },
          ...brands.map(({ id, name: label }) => ({ value: id, label })),
        ]}
        onValue={setBrandId}
      />
      <TextField label={t('sessions.create.schedule')} type="datetime-local" value={starts} onValue={setStarts} />
    </form>
  )
}

function problemOf(error: unknown): string {
  if (error instanceof AppError) return error.fields?.['name'] ?? error.message
  return String(error)
}
