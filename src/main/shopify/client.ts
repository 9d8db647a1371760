import * as z from 'zod'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { AccessToken } from './access-token.ts'
import type { Credentials } from './access-token.ts'
import { ask } from './ask.ts'
import type { Asked } from './ask.ts'
import { Governor } from './governor.ts'
import { API_VERSION } from './queries.ts'
import type { Question } from './queries.ts'
import { failureOfCode, failureOfStatus, ShopifyFailure } from './shopify-failure.ts'
import { sleep } from '../sleep.ts'

export interface ClientDeps {
  /** `https://mystore.myshopify.com`, or the address of a fake. */
  readonly baseUrl: string
  readonly credentials: Credentials
  readonly ports: {
    readonly fetch: typeof fetch
    readonly clock: Clock
    readonly log: Log
    readonly random: () => number
  }
  readonly protect: (value: string) => void
  /** How many failures in a row that may pass end a question; 5 where nobody says. */
  readonly tries?: number
  /** Hears how long we wait before the next try, in ms, and why; null when we go on. */
  readonly onWait?: (wait: { readonly ms: number; readonly asked: boolean } | null) => void
}

/** An answer of Shopify's, with what it says beside the data. */
export interface Answer {
  readonly data: unknown
  /** Parts of a filter that Shopify did not understand: it then answers everything. */
  readonly searchWarnings: readonly string[]
  /** The version that really answered. */
  readonly version: string | null
}

/** Failures in a row that may pass. */
const TRIES = 5
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
/** Being told to slow down is no failure, but not without end either. */
const SLOWDOWNS = 20

const Envelope = z.object({
  data: z.unknown().optional(),
  errors: z
    .union([
      z.string(),
      z.array(
        z.object({
          message: z.string().default(''),
          extensions: z.looseObject({ code: z.string().default('') }).optional(),
        }),
      ),
      z.looseObject({}),
    ])
    .optional(),
  extensions: z
    .object({
      cost: z
        .object({
          requestedQueryCost: z.number().nullish(),
          throttleStatus: z
            .object({ maximumAvailable: z.number(), currentlyAvailable: z.number(), restoreRate: z.number() })
            .optional(),
        })
        .optional(),
      search: z
        .array(z.object({ warnings: z.array(z.object({ field: z.string().default('') })).default([]) }))
        .optional(),
    })
    .optional(),
})
type Envelope = z.infer<typeof Envelope>

/**
 * Questions to one shop, one after the other.
 *
 * 1. A question waits until Shopify's bucket holds what it costs; being told to slow down is waited out as long as Shopify says.
 * 2. What may pass is tried again, at most five times, with full jitter. A token that is refused is renewed once, where we can.
 * 3. Data beside an error is no success.
 */
export class ShopifyClient {
  readonly #deps: ClientDeps
  readonly #token: AccessToken
  readonly #governor: Governor
  /** What each question was priced at last time. */
  readonly #costs = new Map<string, number>()
  #told = false

  constructor(deps: ClientDeps) {
    this.#deps = deps
    const { credentials, ports, protect, baseUrl } = deps
    this.#governor = new Governor(ports.clock)
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }
    this.#token = new AccessToken({
      credentials,
      clock: ports.clock,
      protect,
      post: (form, signal) =>
        ask(`${baseUrl}/admin/oauth/access_token`, { headers, body: form.toString(), signal }, ports),
    })
  }

  /** Throws a ShopifyFailure, or the signal's reason. */
  async query(question: Question, variables: object, signal: AbortSignal): Promise<Answer> {
    const tries: Tries = { failed: 0, slowed: 0, fresh: false, renewed: false }
    for (;;) {
      await this.#wait(this.#governor.waitFor(this.#costs.get(question.name) ?? question.cost), { signal, asked: true })
      try {
        return await this.#once(question, variables, { signal, fresh: tries.fresh })
      } catch (error) {
        if (!(error instanceof ShopifyFailure)) throw error
        await this.#again(error, tries, signal)
      }
    }
  }

  /** Waits before the next try; throws where there is to be none. */
  async #again(failure: ShopifyFailure, tries: Tries, signal: AbortSignal): Promise<void> {
    const { random, log } = this.#deps.ports
    tries.fresh = false
    if (failure.trouble === 'unauthorized' && this.#token.isGranted && !tries.renewed) {
      tries.renewed = true
      tries.fresh = true
      return
    }
    if (!failure.passes) throw failure
    if (failure.trouble === 'throttled') {
      tries.slowed += 1
      if (tries.slowed > SLOWDOWNS) throw failure
      // A little later than asked: others wait for the same moment.
      return this.#wait((failure.waitMs ?? 2_000) + random() * 500, { signal, asked: true })
    }
    tries.failed += 1
    if (tries.failed >= (this.#deps.tries ?? TRIES)) throw failure
    log.info('Shopify is asked again', { trouble: failure.trouble, tried: tries.failed, cause: failure.cause })
    const ceiling = Math.min(FIRST_WAIT_MS * 2 ** tries.failed, LONGEST_WAIT_MS)
    return this.#wait(Math.max(random() * ceiling, failure.waitMs ?? 0), { signal, asked: false })
  }

  async #wait(ms: number, { signal, asked }: { signal: AbortSignal; asked: boolean }): Promise<void> {
    if (ms <= 0) return
    this.#deps.onWait?.({ ms, asked })
    try {
      await sleep(ms, { clock: this.#deps.ports.clock, signal })
    } finally {
      this.#deps.onWait?.(null)
    }
  }

  async #once(
    { name, text }: Question,
    variables: object,
    { signal, fresh }: { signal: AbortSignal; fresh: boolean },
  ): Promise<Answer> {
    const { baseUrl, ports } = this.#deps
    const token = await this.#token.get(signal, { fresh })
    const asked = await ask(
      `${baseUrl}/admin/api/${API_VERSION}/graphql.json`,
      {
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'x-shopify-access-token': token,
        },
        body: JSON.stringify({ query: text, variables, operationName: name }),
        signal,
      },
      ports,
    )
    if (asked.status !== 200) throw this.#refusal(asked)
    const envelope = envelopeOf(asked)
    const { cost, search = [] } = envelope.extensions ?? {}
    if (cost?.throttleStatus) this.#governor.note(cost.throttleStatus)
    if (cost?.requestedQueryCost) this.#costs.set(name, cost.requestedQueryCost)
    refuseErrors(envelope)
    const version = asked.headers.get('x-shopify-api-version')
    this.#compare(version)
    const searchWarnings = search.flatMap(({ warnings }) => warnings.map(({ field }) => field))
    return { data: envelope.data, searchWarnings, version }
  }

  #refusal({ status, headers }: Asked): ShopifyFailure {
    if (status === 429) return slowDown(retryAfterMs(headers.get('retry-after')))
    return failureOfStatus(status, { hasGrant: this.#token.isGranted })
  }

  #compare(version: string | null): void {
    if (version === null || version === API_VERSION || this.#told) return
    this.#told = true
    this.#deps.ports.log.warn('Shopify answers with another version of its API', { asked: API_VERSION, version })
  }
}

interface Tries {
  failed: number
  slowed: number
  /** The next try takes a new token; one was taken already. */
  fresh: boolean
  renewed: boolean
}

function envelopeOf({ text }: Asked): Envelope {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new ShopifyFailure(
      'answer',
      'What came in place of an answer of Shopify cannot be read: it was cut off, or something between us (a sign-in page of the network?) answered instead.',
      { cause },
    )
  }
  const envelope = Envelope.safeParse(json)
  if (envelope.success) return envelope.data
  throw new ShopifyFailure('answer', 'Shopify answered in a form that Hudson does not know.', { cause: envelope.error })
}

function refuseErrors({ errors, extensions, data }: Envelope): void {
  if (errors === undefined && data !== undefined && data !== null) return
  if (!Array.isArray(errors)) {
    throw new ShopifyFailure('answer', 'Shopify answered without saying anything.', {
      cause: new Error(typeof errors === 'string' ? errors : 'no data'),
    })
  }
  const codes = errors.map((error) => error.extensions?.code ?? '')
  if (codes.includes('THROTTLED')) {
    const { requestedQueryCost, throttleStatus } = extensions?.cost ?? {}
    const missing = (requestedQueryCost ?? 0) - (throttleStatus?.currentlyAvailable ?? 0)
    throw slowDown(throttleStatus ? Math.ceil(Math.max(missing, 0) / throttleStatus.restoreRate) * 1000 : null)
  }
  const [first] = errors
  throw failureOfCode(codes.find((code) => code !== '') ?? '', first?.message ?? '')
}

function slowDown(waitMs: number | null): ShopifyFailure {
  return new ShopifyFailure('throttled', 'Shopify asks us to slow down.', { waitMs })
}

/** Seconds, as Shopify writes them; a date is not waited for longer than a minute. */
function retryAfterMs(value: string | null): number | null {
  const seconds = Number(value ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds, 3600) * 1000 : null
}
