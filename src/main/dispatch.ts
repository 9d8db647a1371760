import { AppError } from '#shared/app-error.ts'
import { contract } from '#shared/contract.ts'
import type { Handlers, Name } from '#shared/contract.ts'
import type { Audience, Endpoint } from '#shared/endpoint.ts'
import { failure } from '#shared/reply.ts'
import type { Reply } from '#shared/reply.ts'
import { v7 as uuid } from 'uuid'
import type * as z from 'zod'
import type { Log } from './log.ts'
import { isPlainData } from './plain-data.ts'
import { storageProblem } from './storage-problem.ts'

/** Who calls. A display is bound to one session. `reads`: in that language, whatever the settings say. */
export type Caller = (
  | { readonly audience: 'owner' }
  | { readonly audience: Exclude<Audience, 'owner'>; readonly sessionId: string }
) & { readonly reads?: 'en' }

export const owner: Caller = { audience: 'owner' }

/** Calls one endpoint by name. Never rejects: every outcome is a Reply. */
export type Dispatch = (name: string, input: unknown, caller?: Caller) => Promise<Reply>

export interface DispatchOptions {
  readonly handlers: Handlers
  readonly log: Log
  /** Development and tests: a handler whose answer does not fit the contract fails loudly. */
  readonly checkOutput: boolean
  /** Hears of what failed here: a damaged database, a full disk, a fault of ours. */
  readonly onFailure?: (error: unknown) => void
}

const rank: Readonly<Record<Audience, number>> = { overlay: 0, host: 1, owner: 2 }

/**
 * name → parse → handler → Reply. The only place that turns errors into Replies: an AppError is shown as it is, a full
 * or broken disk in words, everything else becomes `internal` with an id that is found again in the log, so that no stack,
 * SQL, path or secret leaves.
 */
export function createDispatch({ handlers, log, checkOutput, onFailure }: DispatchOptions): Dispatch {
  // Maps, not objects: a look-up of "constructor" must find nothing.
  const endpoints = new Map<string, Endpoint>(Object.entries(contract))
  const table = new Map<string, (input: never) => unknown>(Object.entries(handlers))

  return async (name, input, caller = owner) => {
    const endpoint = endpoints.get(name)
    const handler = table.get(name)
    if (!endpoint || !handler) return failure('bad-call', `There is no call named "${name.slice(0, 80)}".`)
    if (rank[caller.audience] < rank[endpoint.audience]) {
      return failure('unauthorized', 'This display may not do that.')
    }
    try {
      if (!isPlainData(input)) return notPlain()
      const parsed = endpoint.input.safeParse(input ?? {})
      if (!parsed.success) return badInput(parsed.error)
      if (caller.audience !== 'owner' && sessionOf(parsed.data) !== caller.sessionId) {
        return failure('unauthorized', 'This display belongs to another session.')
      }
      const value = await handler(parsed.data as never)
      return { ok: true, value: checkOutput ? endpoint.output.parse(value) : value }
    } catch (error) {
      if (!(error instanceof AppError)) onFailure?.(error)
      return toReply(name as Name, error, log)
    }
  }
}

function sessionOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'sessionId' in input ? input.sessionId : undefined
}

function notPlain(): Reply<never> {
  const problem = 'must be plain data, at most 64 levels deep'
  return failure('bad-call', `This call does not fit. input: ${problem}`, { input: problem })
}

function badInput(error: z.ZodError): Reply<never> {
  // A map, not an object: a field may be named "constructor" or "__proto__".
  const fields = new Map<string, string>()
  for (const issue of error.issues.slice(0, 20)) {
    const path = issue.path.map(String).join('.')
    const names = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => (path ? `${path}.${key}` : key)) : [path]
    for (const full of names.slice(0, 20)) {
      const name = full.slice(0, 200) || 'input'
      if (!fields.has(name)) fields.set(name, issue.message.slice(0, 300))
    }
  }
  const named = [...fields].map(([field, problem]) => `${field}: ${problem}`)
  return failure('bad-call', `This call does not fit. ${named.slice(0, 3).join('; ')}`, Object.fromEntries(fields))
}

function toReply(name: Name, error: unknown, log: Log): Reply<never> {
  if (error instanceof AppError && error.code !== 'internal') {
    log.debug('call refused', { call: name, code: error.code, cause: error.cause })
    return failure(error.code, error.message, error.fields)
  }
  const id = uuid()
  log.error('call failed', { call: name, id, error })
  const problem = storageProblem(error)
  if (problem) return failure(problem.code, problem.message)
  return failure('internal', `Something went wrong on our side; nothing of yours was lost. The log has it as ${id}.`)
}
