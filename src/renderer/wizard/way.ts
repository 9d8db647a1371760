import { WizardStep } from '#shared/settings.ts'

/** The steps, in their order. */
export const steps = WizardStep.options

/** Where somebody is in the setup, and the ways from there. */
export interface Way {
  readonly step: WizardStep
  readonly next: () => void
  readonly back: () => void
  /** To the sessions. `done`: the setup is not offered at the next start any more. */
  readonly leave: (done: boolean) => void
}

/** What every step is given. */
export interface StepProps {
  readonly way: Way
}

/** So far as the list of steps goes. */
export function stepAfter(step: WizardStep, by: 1 | -1): WizardStep {
  return steps[steps.indexOf(step) + by] ?? step
}
