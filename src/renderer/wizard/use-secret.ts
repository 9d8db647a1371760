import type { SecretName, SecretState } from '#shared/secrets.ts'
import { AppError } from '#shared/app-error.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call, read } from '../api.ts'
import { focusWrong } from './step-frame.tsx'
import { useTrial } from './use-trial.ts'
import type { Told, Trial } from './use-trial.ts'

export interface SecretForm<T extends Told> extends Pick<Trial<string, T>, 'told' | 'isTesting' | 'isStoring'> {
  /** Undefined until it is known. */
  readonly state: SecretState | undefined
  /** Whether a value is asked for: none is set, or another one is wanted. */
  readonly isAsked: boolean
  readonly value: string
  readonly setValue: (value: string) => void
  readonly replace: (replacing: boolean) => void
  readonly error: string | undefined
  readonly test: () => void
  readonly store: (anyway?: boolean) => void
}

interface SecretOptions<T extends Told> {
  readonly name: SecretName
  /** Tries the value, or the one that is set. */
  readonly tries: (value: string | undefined) => Promise<T>
  /** Said where there is nothing to store. */
  readonly empty: string
}

/** A secret that is typed once, tested, and stored as it was tested. */
export function useSecret<T extends Told>({ name, tries, empty }: SecretOptions<T>): SecretForm<T> {
  const { data: secrets } = useQuery(read('secrets.status', {}))
  const state = secrets?.[name]
  const [value, setValue] = useState('')
  const [replacing, setReplacing] = useState(false)
  const [missing, setMissing] = useState(false)
  const { told, failure, isTesting, isStoring, ...trial } = useTrial({
    // Nothing typed: the one that is set.
    tries: (typed: string) => tries(typed === '' ? undefined : typed),
    keep: (typed) => call('secrets.set', { name, value: typed }),
    onStored: () => {
      setValue('')
      setReplacing(false)
    },
  })
  const begin = (typed: string): void => {
    setValue(typed)
    setMissing(false)
    trial.reset()
  }
  const isAsked = state !== undefined && (!state.set || replacing)
  const ifTyped = (then: () => void): void => {
    if (value.trim() !== '') return then()
    setMissing(true)
    focusWrong()
  }
  const refused = failure ? messageOf(failure) : told?.ok === false ? told.detail : undefined
  return {
    state,
    isAsked,
    value,
    told,
    isTesting,
    isStoring,
    setValue: begin,
    replace: (next) => {
      setReplacing(next)
      begin('')
    },
    error: missing ? empty : refused,
    test: () => (isAsked ? ifTyped(() => trial.test(value)) : trial.test('')),
    store: (anyway) => ifTyped(() => trial.store(value, anyway)),
  }
}

/** What is wrong with the value, where that is said. */
function messageOf(error: Error): string {
  return (error instanceof AppError && error.fields?.['value']) || error.message
}
