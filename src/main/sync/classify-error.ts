import { AppError } from '#shared/app-error.ts'
import type { ErrorCode } from '#shared/app-error.ts'
import { failureRules } from './failure-rules.ts'
import type { FailureKind, FailureRule } from './failure-rules.ts'

/** What went wrong with the team's database, as the engine and people need to know it. */
export interface Failure {
  readonly kind: FailureKind
  /** `never`: only a person can mend it. */
  readonly retry: FailureRule['retry']
  readonly code: ErrorCode
  /** What happened, what it means for the work, what to do. */
  readonly message: string
  /** The same without the work: for those who set up a database. */
  readonly problem: string
}

const codes: Readonly<Record<FailureKind, ErrorCode>> = {
  network: 'offline',
  waking: 'offline',
  server: 'offline',
  retry: 'busy',
  limit: 'busy',
  unauthorized: 'unauthorized',
  quota: 'offline',
  refused: 'offline',
  certificate: 'offline',
  unmigrated: 'offline',
  rights: 'unauthorized',
  'update-required': 'update-required',
  'other-database': 'conflict',
  here: 'internal',
}

const kept = 'Your work goes on here; edits are kept on this computer and sent later.'

/**
 * Sorts whatever a try at the team's database throws. The text decides before the code: Neon uses one code for many things.
 * No message holds a host, a user, SQL or a stack.
 */
export function classifyError(error: unknown): Failure {
  if (error instanceof AppError) {
    // A database that is older than this app is set up anew by whoever looks after it.
    const kind = error.code === 'update-required' ? 'unmigrated' : 'refused'
    return { kind, retry: 'never', code: error.code, message: error.message, problem: error.message }
  }
  const { code, text } = tokensOf(error)
  const rule =
    failureRules.find((one) => one.texts?.test(text) === true) ?? failureRules.find((one) => one.codes?.test(code))
  return failureOf(rule ?? unknown)
}

const unknown: FailureRule = {
  kind: 'server',
  retry: 'slow',
  what: 'The team database answers with an error.',
  todo: 'If this lasts, run Diagnostics and send its report to whoever looks after the database.',
}

function failureOf({ kind, retry, what, todo, setup = todo }: FailureRule): Failure {
  return {
    kind,
    retry,
    code: codes[kind],
    message: [what, kept, todo].join(' ').trim(),
    problem: [what, setup].join(' ').trim(),
  }
}

/** The code and the text of an error, or of the first in it that has a code: Node bundles the tries at each address. */
function tokensOf(error: unknown): { code: string; text: string } {
  if (!(error instanceof Error)) return { code: '', text: String(error) }
  const code = (error as NodeJS.ErrnoException).code ?? error.name
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined
  if (inner !== undefined && error.message === '') return { ...tokensOf(inner), ...(code !== error.name && { code }) }
  return { code, text: error.message }
}

/** The server says that it does not know us, or that we are not who we say. [I1] */
export function isStranger(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['HU404', 'HU410', 'HU400'].includes(String(error.code))
}
