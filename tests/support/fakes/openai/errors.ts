import type { ServerResponse } from 'node:http'

/** What is wrong, by the code that OpenAI gives it; where it gives none, by what it is about. */
export type ErrorName =
  | 'invalid_api_key'
  | 'missing_scopes'
  | 'ip_not_authorized'
  | 'unsupported_country'
  | 'model_not_found'
  | 'context_length_exceeded'
  | 'unsupported_parameter'
  | 'bad_request'
  | 'rate_limit_exceeded'
  | 'slow_down'
  | 'insufficient_quota'
  | 'credit_balance_exhausted'
  | 'organization_spend_limit_exceeded'
  | 'project_spend_limit_exceeded'
  | 'organization_usage_limit_exceeded'
  | 'server_is_overloaded'
  | 'server_error'
  | 'html_502'

/** A refusal as it is on the wire. */
export interface Refused {
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly message: string
  readonly param?: string | null
  /** Seconds of `Retry-After`; without it there is no such header. */
  readonly retryAfter?: number | null
}

const INVALID = 'invalid_request_error'

const rows: Readonly<Record<Exclude<ErrorName, 'html_502'>, Refused>> = {
  // The message holds a part of the key, as the real one does: whoever logs it has to hide that.
  invalid_api_key: {
    status: 401,
    type: INVALID,
    code: 'invalid_api_key',
    message:
      'Incorrect API key provided: sk-proj-****abcd. You can find your API key at https://platform.openai.com/account/api-keys.',
  },
  missing_scopes: {
    status: 403,
    type: INVALID,
    code: null,
    message: 'You have insufficient permissions for this operation. Missing scopes: api.model.read.',
  },
  ip_not_authorized: {
    status: 401,
    type: INVALID,
    code: 'ip_not_authorized',
    message: 'Your IP address is not authorized to use this project.',
  },
  unsupported_country: {
    status: 403,
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
    message: 'Country, region, or territory not supported',
  },
  model_not_found: {
    status: 404,
    type: INVALID,
    code: 'model_not_found',
    message: 'The model does not exist or you do not have access to it.',
    param: 'model',
  },
  context_length_exceeded: {
    status: 400,
    type: INVALID,
    code: 'context_length_exceeded',
    message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
    param: 'input',
  },
  unsupported_parameter: {
    status: 400,
    type: INVALID,
    code: 'unsupported_parameter',
    message: 'Unsupported parameter: it is not supported with this model.',
  },
  bad_request: {
    status: 400,
    type: INVALID,
    code: null,
    message: 'We could not parse the JSON body of your request.',
  },
  rate_limit_exceeded: {
    status: 429,
    type: 'tokens',
    code: 'rate_limit_exceeded',
    message:
      'Rate limit reached for gpt-6-luna on tokens per min (TPM): Limit 30000, Used 29500, Requested 2445. Please try again in 3.89s.',
    retryAfter: 4,
  },
  slow_down: {
    status: 429,
    type: 'rate_limit_error',
    code: 'slow_down',
    message: 'Requests came faster than before. Slow down, then raise the rate step by step.',
  },
  insufficient_quota: spent('insufficient_quota', 'You exceeded your current quota, please check your plan.'),
  credit_balance_exhausted: spent('credit_balance_exhausted', 'Your credit balance is exhausted.'),
  organization_spend_limit_exceeded: spent(
    'organization_spend_limit_exceeded',
    'Your organization has reached its spend limit.',
  ),
  project_spend_limit_exceeded: spent('project_spend_limit_exceeded', 'Your project has reached its spend limit.'),
  organization_usage_limit_exceeded: spent(
    'organization_usage_limit_exceeded',
    'Your organization has reached its usage limit.',
  ),
  server_is_overloaded: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'server_is_overloaded',
    message: 'Our servers are currently overloaded. Please try again later.',
    retryAfter: 10,
  },
  server_error: {
    status: 500,
    type: 'server_error',
    code: 'server_error',
    message: 'The server had an error while processing your request. Sorry about that.',
  },
}

function spent(code: string, message: string): Refused {
  return { status: 429, type: 'insufficient_quota', code, message }
}

/** The row of the error, with what a test wants otherwise. */
export function refusalOf(
  name: Exclude<ErrorName, 'html_502'>,
  { retryAfter, param }: { retryAfter?: number | null | undefined; param?: string | undefined } = {},
): Refused {
  const row = rows[name]
  const message = param === undefined ? row.message : row.message.replace('parameter:', `parameter: '${param}':`)
  return { ...row, message, ...(param !== undefined && { param }), ...(retryAfter !== undefined && { retryAfter }) }
}

export function invalid(message: string, param: string | null, code: string | null = null): Refused {
  return { status: 400, type: INVALID, code, message, param }
}

/** The object inside `{"error": …}`. */
export function errorOf({ message, type, param = null, code }: Refused): object {
  return { message, type, param, code }
}

export function sendRefusal(refused: Refused, response: ServerResponse): number {
  const { status, retryAfter = null } = refused
  if (retryAfter !== null) response.setHeader('retry-after', String(retryAfter))
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: errorOf(refused) }))
  return status
}

/** What the edge in front of OpenAI says when what is behind it is gone. */
export function sendEdgePage(response: ServerResponse): number {
  response.writeHead(502, { 'content-type': 'text/html' })
  response.end('<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>')
  return 502
}
