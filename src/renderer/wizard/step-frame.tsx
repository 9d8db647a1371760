import { useEffect, useId, useRef } from 'react'
import type { ReactNode, SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { steps } from './way.ts'
import type { Way } from './way.ts'

interface StepFrameProps {
  readonly way: Way
  readonly children?: ReactNode
  /** What the main button does, and Enter with it; without it, on to the next step. */
  readonly action?: {
    readonly label: string
    readonly isBusy?: boolean
    readonly onAct: () => void
  }
  readonly skips?: boolean
}

const NEXT = 'wizard-next'

/** For when what had the focus is gone because it worked: Enter goes on from there. */
export function focusNext(): void {
  document.querySelector<HTMLElement>(`#${NEXT}`)?.focus()
}

/** When what was typed is refused: to the first field that is wrong, once it says so. */
export function focusWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.wizard [aria-invalid="true"]')?.focus())
}

/** What every step has: its number and heading, where the focus begins; its text; the ways back and on. Enter goes on. */
export function StepFrame({ way, children, action, skips = false }: StepFrameProps) {
  const { t } = useTranslation()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const { step } = way
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault()
    if (action?.isBusy === true) return
    if (action) action.onAct()
    else way.next()
  }
  const place = { number: steps.indexOf(step) + 1, total: steps.length }
  return (
    <form className="wizard-step" ref={form} noValidate onSubmit={submit} aria-labelledby={`${id}-title`}>
      <div className="wizard-about">
        <p id={`${id}-place`} className="quiet tabular">
          {t('wizard.stepOf', place)}
        </p>
        <h1
          ref={heading}
          id={`${id}-title`}
          aria-describedby={`${id}-place`}
          tabIndex={-1}
          onKeyDown={(event) => event.key === 'Enter' && form.current?.requestSubmit()}
        >
          {t(`wizard.${step}.title`)}
        </h1>
        <p className="wizard-text">{t(`wizard.${step}.text`)}</p>
      </div>
      <div className="wizard-body">{children}</div>
      <div className="wizard-actions">
        {step !== 'welcome' && <Button onClick={way.back}>{t('wizard.back')}</Button>}
        <span className="wizard-space" />
        {skips && (
          <Button kind="ghost" onClick={way.next}>
            {t('wizard.skip')}
          </Button>
        )}
        <Button id={NEXT} kind="primary" type="submit" aria-disabled={action?.isBusy}>
          {action?.label ?? t('wizard.next')}
        </Button>
      </div>
    </form>
  )
}
