import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import type { Told } from './use-trial.ts'

interface Props {
  readonly isTesting: boolean
  /** Said while it is tested. */
  readonly waiting: ReactNode
  readonly told: Told | undefined
  /** What is wrong stands at its field already. */
  readonly saidAtField: boolean
  readonly onTest: () => void
  /** Offered where the test went wrong. */
  readonly onAnyway?: (() => void) | undefined
}

/** The test of a connection: its button, what goes on, and what came of it. */
export function TestRow({ isTesting, waiting, told, saidAtField, onTest, onAnyway }: Props) {
  const { t } = useTranslation()
  const shown = isTesting ? undefined : told
  return (
    <div className="wizard-test">
      <div className="wizard-test-buttons">
        <Button aria-disabled={isTesting} onClick={() => !isTesting && onTest()}>
          {t(isTesting ? 'wizard.testing' : 'wizard.test')}
        </Button>
        {shown?.ok === false && onAnyway && (
          <Button kind="ghost" onClick={onAnyway}>
            {t('wizard.secret.anyway')}
          </Button>
        )}
      </div>
      {isTesting && waiting}
      {shown?.ok === true && <p className="wizard-good">● {shown.detail}</p>}
      {shown?.ok === false && !saidAtField && <p className="field-error">{shown.detail}</p>}
    </div>
  )
}
