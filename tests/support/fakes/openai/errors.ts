/** One row of what OpenAI answers when something is wrong. */
export interface ErrorRow {
  readonly status: number
  readonly type: string
  readonly code: string | null
  readonly message: string
  readonly param?: string
}

const spent = (code: string): ErrorRow => ({
  status: 429,
  type: 'insufficient_quota',
  code,
  message: 'You exceeded your current quota, please check your plan and billing details.',
})

/** https://platform.openai.com/docs/guides/error-codes, and messages as people met them. */
export const errorRows = {
  invalid_api_key: {
    status: 401,
    type: 'invalid_request_error',
    code: 'invalid_api_key',
    message:
      'Incorrect API key provided: sk-proj-****abcd. You can find your API key at https://platform.openai.com/account/api-keys.',
  },
  missing_scopes: {
    status: 403,
    type: 'invalid_request_error',
    code: null,
    message: 'You have insufficient permissions for this operation. Missing scopes: api.model.read.',
  },
  ip_not_authorized: {
    status: 401,
    type: 'invalid_request_error',
    code: null,
    message: 'Your IP is not authorized to access this project.',
  },
  unsupported_country: {
    status: 403,
    type: 'request_forbidden',
    code: 'unsupported_country_region_territory',
    message: 'Country, region, or territory not supported',
  },
  model_not_found: {
    status: 404,
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: 'The model `x` does not exist or you do not have access to it.',
  },
  context_length_exceeded: {
    status: 400,
    type: 'invalid_request_error',
    code: 'context_length_exceeded',
    message: 'Your input exceeds the context window of this model.',
  },
  unsupported_parameter: {
    status: 400,
    type: 'invalid_request_error',
    code: 'unsupported_parameter',
    message: "Unsupported parameter: 'reasoning' is not supported with this model.",
    param: 'reasoning',
  },
  bad_request: {
    status: 400,
    type: 'invalid_request_error',
    code: null,
    message: 'We could not parse the JSON body of your request.',
  },
  rate_limit_exceeded: {
    status: 429,
    type: 'tokens',
    code: 'rate_limit_exceeded',
    message: 'Rate limit reached for gpt-6-luna. Limit 30000, Used 29000, Requested 2000. Please try again in 3.89s.',
  },
  slow_down: { status: 429, type: 'rate_limit_error', code: 'slow_down', message: 'Slow down.' },
  insufficient_quota: spent('insufficient_quota'),
  credit_balance_exhausted: spent('credit_balance_exhausted'),
  organization_spend_limit_exceeded: spent('organization_spend_limit_exceeded'),
  project_spend_limit_exceeded: spent('project_spend_limit_exceeded'),
  organization_usage_limit_exceeded: spent('organization_usage_limit_exceeded'),
  server_is_overloaded: {
    status: 503,
    type: 'service_unavailable_error',
    code: 'server_is_overloaded',
    message: 'The server is overloaded or not ready yet.',
  },
  server_error: {
    status: 500,
    type: 'server_error',
    code: 'server_error',
    message: 'The server had an error while processing your request.',
  },
} as const satisfies Record<string, ErrorRow>
