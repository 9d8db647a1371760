import { AppError } from '#shared/app-error.ts'
import type { Handlers } from '#shared/contract.ts'
import type { Check, diagnostics } from '#shared/diagnostics.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'

/** What one look found. */
export type Finding = Omit<Check, 'name' | 'ms'>
/** The looks, by what they look at. One that throws an AppError found that. */
export type Looks = { readonly [N in Check['name']]: () => Finding | Promise<Finding> }

export interface DiagnosticsDeps {
  readonly clock: Clock
  readonly log: Log
  readonly looks: Looks
}

/** No look takes longer, in ms: a page in a browser gives up on a call after 15 s. */
const LONGEST_MS = 12_000

/** diagnostics.run: all looks at once, in the order in which they are told. What breaks in one is its finding. */
export function createDiagnostics({
  clock,
  log,
  looks,
}: DiagnosticsDeps): Pick<Handlers<typeof diagnostics>, 'diagnostics.run'> {
  const names = Object.keys(looks) as Check['name'][]
  const look = async (name: Check['name']): Promise<Check> => {
    const begun = clock.elapsed()
    const late = Promise.withResolvers<Finding>()
    const cancel = clock.after(LONGEST_MS, () =>
      late.resolve({ state: 'error', detail: 'No answer within 12 seconds.' }),
    )
    try {
      const finding = await Promise.race([Promise.resolve().then(looks[name]), late.promise])
      return { name, ...finding, ms: Math.round(clock.elapsed() - begun) }
    } catch (error) {
      const known = error instanceof AppError
      if (!known) log.error('a look of the diagnostics broke', { name, error })
      const detail = known ? error.message : 'This could not be looked at; the log has the reason.'
      return { name, state: 'error', detail, ms: Math.round(clock.elapsed() - begun) }
    } finally {
      cancel()
    }
  }
  return { 'diagnostics.run': async () => ({ checks: await Promise.all(names.map(look)) }) }
}
