import type { ErrorCode } from '#shared/app-error.ts'

/**
 * What went wrong with the model. `rate`, `server` and `network` may pass by themselves; `account` is a matter for a person, and
 * holds for every product; `product` is about one product alone.
 */
export type ModelTrouble = 'rate' | 'server' | 'network' | 'account' | 'product'

const codes: Readonly<Record<ModelTrouble, ErrorCode>> = {
  rate: 'busy',
  server: 'offline',
  network: 'offline',
  account: 'unauthorized',
  product: 'conflict',
}

/** A call to the model that failed. The message is read by people; it holds no part of a key. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure'
  readonly trouble: ModelTrouble
  /** How long the service wants us to wait, in ms; null where it does not say. */
  readonly waitMs: number | null
  /** The parameter that it does not take, or the address that it does not have (`endpoint`); null otherwise. */
  readonly unsupported: string | null

  constructor(
    trouble: ModelTrouble,
    message: string,
    options: { waitMs?: number | null; unsupported?: string | null; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.trouble = trouble
    this.waitMs = options.waitMs ?? null
    this.unsupported = options.unsupported ?? null
  }

  get passes(): boolean {
    return this.trouble === 'rate' || this.trouble === 'server' || this.trouble === 'network'
  }

  /** The message for somebody who tests a connection: there nothing is tried again by itself. */
  get problem(): string {
    return this.message.replace(/ Hudson tries again by itself\.$/, ' Test again in a minute.')
  }

  get code(): ErrorCode {
    return codes[this.trouble]
  }
}

/** What a service tells of a failure, of its body. */
export interface ToldError {
  readonly type: string
  readonly code: string
  readonly param: string
  readonly message: string
}

const SPENT = new Set([
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
])

/** What an HTTP status with that body means. */
export function failureOfAnswer(status: number, told: ToldError, waitMs: number | null): ModelFailure {
  const cause = new Error(`${status} ${told.type} ${told.code} ${told.param}`.trim())
  const failure = (trouble: ModelTrouble, message: string, unsupported: string | null = null): ModelFailure =>
    new ModelFailure(trouble, message, { waitMs, unsupported, cause })
  if (SPENT.has(told.code) || told.type === 'insufficient_quota') {
    return failure(
      'account',
      'The credit of your model account is used up, or its spending limit is reached. Add credit or raise the limit there, then try again.',
    )
  }
  if (status === 429) {
    return failure('rate', 'The model service asks us to slow down. Hudson tries again by itself.')
  }
  if (status === 401 || status === 403) return failure('account', accessWords(status, told))
  if (status === 404) {
    if (told.code === 'model_not_found') {
      return failure(
        'account',
        'Your account has no model of this name. Choose another one in Settings, or leave the field empty for the default.',
      )
    }
    return failure('account', 'The model service has no such address. Check its address in Settings.', 'endpoint')
  }
  if (status === 400 || status === 422) return requestFailure(told, failure)
  if (status === 503) {
    return failure('server', 'The model service is overloaded right now. Nothing is lost; try again in a while.')
  }
  if (status >= 500 || status === 408 || status === 409) {
    return failure(
      'server',
      `The model service has a problem of its own right now (${status}). Nothing is lost; try again in a while.`,
    )
  }
  return failure('account', `The model service refused the request (${status}). The log has more.`)
}

function accessWords(status: number, { code, message }: ToldError): string {
  if (code === 'invalid_api_key' || code === 'incorrect_api_key') {
    return 'The key is not right. Copy it again from the website of the model service.'
  }
  if (code === 'unsupported_country_region_territory') {
    return 'The model service is not offered in the country from which you are connected.'
  }
  if (/missing scopes|insufficient permissions/i.test(message)) {
    return 'The key may not do this. Give it the right to write answers ("model capabilities"), or make another key.'
  }
  if (/\bip\b.*\b(?:not|un) ?authori[sz]ed/i.test(message)) {
    return 'The account allows only certain internet addresses, and this one is not among them.'
  }
  return `The model service does not accept the key (${status}). Check it on the website of the service.`
}

function requestFailure(
  { code, param, message }: ToldError,
  failure: (trouble: ModelTrouble, message: string, unsupported?: string | null) => ModelFailure,
): ModelFailure {
  if (code === 'context_length_exceeded') {
    return failure(
      'product',
      'The description of this product is too long for the model. Shorten it, or choose another model.',
    )
  }
  if (code === 'content_filter' || code === 'content_policy_violation') {
    return failure('product', 'The model service did not want to write about this product.')
  }
  const named = param === '' ? /parameter:? '?"?([\w.]+)/i.exec(message)?.[1] : param
  if (
    named !== undefined &&
    (code === 'unsupported_parameter' || code === 'unsupported_value' || code === 'unknown_parameter')
  ) {
    const words = `This model does not take the setting "${named.slice(0, 60)}". Choose another model in Settings.`
    return failure('account', words, named.split('.')[0] ?? named)
  }
  // Many services say no more than this where the form of the answer is not what they know. One product may also be the reason.
  return failure(
    'server',
    'The model service did not understand the request. Check the model and the address in Settings; the log has more.',
    'response_format',
  )
}
