import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../ui/announcer.tsx'
import { focusNext, focusWrong } from './step-frame.tsx'

/** What a test answers. */
export interface Told {
  readonly ok: boolean
  readonly detail: string
}

export interface Trial<V, T extends Told> {
  /** What came of the last test, until something else is typed. */
  readonly told: T | undefined
  /** The call itself failed. */
  readonly failure: Error | null
  readonly isTesting: boolean
  /** It is being stored, or tested to be stored. */
  readonly isStoring: boolean
  readonly test: (value: V) => void
  /** Tests it, unless that went well already, and stores it where it is right; `anyway`: the network may be away. */
  readonly store: (value: V, anyway?: boolean) => void
  readonly reset: () => void
}

interface TrialOptions<V, T extends Told> {
  readonly tries: (value: V) => Promise<T>
  readonly keep: (value: V) => Promise<unknown>
  readonly onStored: () => void
}

/** Something that is tested and then stored as it was tested. */
export function useTrial<V, T extends Told>({ tries, keep, onStored }: TrialOptions<V, T>): Trial<V, T> {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const test = useMutation({ mutationFn: tries, onSuccess: ({ detail }) => announce(detail) })
  const store = useMutation({
    mutationFn: async ({ value, anyway }: { value: V; anyway: boolean }) => {
      const isGood = anyway || test.data?.ok === true || (await test.mutateAsync(value)).ok
      if (isGood) await keep(value)
      return isGood
    },
    onSuccess: (stored) => {
      if (!stored) return focusWrong()
      onStored()
      announce(t('wizard.secret.stored'))
      focusNext()
    },
  })
  return {
    told: test.data,
    failure: store.error ?? test.error,
    isTesting: test.isPending,
    isStoring: store.isPending,
    test: (value) => test.mutate(value),
    store: (value, anyway = false) => store.mutate({ value, anyway }),
    reset: () => {
      test.reset()
      store.reset()
    },
  }
}
