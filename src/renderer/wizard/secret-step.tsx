import type { SecretName } from '#shared/secrets.ts'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { KeptSecret } from './kept-secret.tsx'
import { SecretInput } from './secret-input.tsx'
import { focusNext, StepFrame } from './step-frame.tsx'
import { TestRow } from './test-row.tsx'
import { useSecret } from './use-secret.ts'
import type { Told } from './use-trial.ts'
import type { Way } from './way.ts'

interface Props<T extends Told> {
  readonly way: Way
  readonly name: SecretName
  /** The variable of the environment that may give it. */
  readonly variable: string
  readonly words: {
    readonly label: string
    readonly hint: string
    readonly save: string
    /** Said where there is nothing to store. */
    readonly empty: string
  }
  /** Tries the value, or the one that is set. */
  readonly tries: (value: string | undefined) => Promise<T>
  /** Said while it is tried. */
  readonly waiting: ReactNode
  /** More of what came of a test. */
  readonly Found?: ComponentType<{ readonly told: T }>
}

/** A step about one secret: typed once, tested, stored, never shown again. */
export function SecretStep<T extends Told>({ way, name, variable, words, tries, waiting, Found }: Props<T>) {
  const { t } = useTranslation()
  const secret = useSecret({ name, tries, empty: words.empty })
  const { state, isAsked, told, isTesting, isStoring } = secret
  const action = {
    label: isStoring ? t('wizard.secret.storing') : words.save,
    isBusy: isTesting || isStoring,
    onAct: () => secret.store(),
  }
  return (
    <StepFrame way={way} skips={isAsked} {...(isAsked && { action })}>
      {state && !isAsked && <KeptSecret {...{ state, variable }} onReplace={() => secret.replace(true)} />}
      {isAsked && (
        <SecretInput
          label={words.label}
          hint={words.hint}
          error={secret.error}
          value={secret.value}
          // The button that asked for it is gone.
          autoFocus={state?.set === true}
          onValue={secret.setValue}
        />
      )}
      {isAsked && state?.set === true && (
        <Button
          kind="ghost"
          className="wizard-start"
          onClick={() => {
            secret.replace(false)
            focusNext()
          }}
        >
          {t('wizard.secret.keep')}
        </Button>
      )}
      <TestRow
        {...{ isTesting, told, waiting }}
        saidAtField={isAsked}
        onTest={secret.test}
        onAnyway={isAsked ? () => secret.store(true) : undefined}
      />
      {Found && told && !isTesting && <Found told={told} />}
    </StepFrame>
  )
}
