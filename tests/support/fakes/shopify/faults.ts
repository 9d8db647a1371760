import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What goes wrong with the next requests. `on`: the name of an operation, or `token`; without it, any GraphQL request. `skip`: so many
 * of them go well before.
 */
export type Fault = { readonly on?: string; readonly times?: number; readonly skip?: number } & (
  | {
      readonly status: 302 | 401 | 402 | 403 | 404 | 418 | 423 | 430 | 500 | 502 | 503 | 504 | 520
      readonly body?: string
    }
  | { readonly status: 429; readonly retryAfter?: number }
  | { readonly throttled: true }
  | { readonly accessDenied: true }
  | { readonly internalError: true }
  | { readonly shopInactive: true }
  | { readonly badQuery: true }
  | { readonly tooCostly: true }
  | { readonly cutBody: true }
  | { readonly invalidJson: true }
  | { readonly emptyBody: true }
  | { readonly slowHeadersMs: number }
  | { readonly hang: true }
  | { readonly dateSkewMs: number }
  | { readonly badVersion: string }
)

/** The faults that wait for their request. */
export class Faults {
  readonly #waiting: { fault: Fault; left: number; skip: number }[] = []

  add(fault: Fault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1, skip: fault.skip ?? 0 })
  }

  take(operation: string): Fault | undefined {
    const found = this.#waiting.find(
      ({ fault: { on }, left }) => left > 0 && (on === operation || (on === undefined && operation !== 'token')),
    )
    if (!found) return undefined
    if (found.skip > 0) {
      found.skip -= 1
      return undefined
    }
    found.left -= 1
    return found.fault
  }
}

const bodies = new Map<number, string>([
  [302, ''],
  [401, '{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}'],
  [402, '{"errors":"Unavailable Shop"}'],
  [403, '{"errors":"Non-expiring access tokens are no longer accepted for the Admin API."}'],
  [404, '<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>'],
  [423, '{"errors":"Locked"}'],
  [430, '{"errors":"Security rejection"}'],
  [500, '{"errors":"Internal Server Error"}'],
  [502, '<html><body><h1>502 Bad Gateway</h1></body></html>'],
  [503, '<html><body><h1>503 Service Unavailable</h1></body></html>'],
  [504, '<html><body><h1>504 Gateway Time-out</h1></body></html>'],
  [520, '<html><body><h1>520 Web server is returning an unknown error</h1></body></html>'],
])

/** A request, and what Shopify tells of its bucket beside the answer. */
interface Faulty {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly bucket?: object
}

/** Answers a request by a fault. Resolves with the status that was sent. */
export async function applyFault(fault: Fault, { request, response, bucket = {} }: Faulty): Promise<number> {
  if ('status' in fault) return sendStatus(fault, response)
  if ('slowHeadersMs' in fault) {
    await sleep(fault.slowHeadersMs)
    return 200
  }
  if ('hang' in fault) {
    await once(request.socket, 'close')
    return 0
  }
  const body = bodyOf(fault, bucket)
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
  if ('cutBody' in fault) response.write(body.slice(0, body.length >> 1), () => response.destroy())
  else response.end(body)
  return 200
}

function sendStatus(fault: Extract<Fault, { status: number }>, response: ServerResponse): number {
  const { status } = fault
  const body = 'body' in fault && fault.body !== undefined ? fault.body : (bodies.get(status) ?? '{"errors":"No"}')
  response.writeHead(status, {
    'content-type': body.startsWith('<') ? 'text/html' : 'application/json',
    ...('retryAfter' in fault && { 'retry-after': String(fault.retryAfter) }),
    ...(status === 302 && { location: 'https://elsewhere.example/' }),
  })
  response.end(body)
  return status
}

function bodyOf(fault: Fault, throttleStatus: object): string {
  if ('invalidJson' in fault) return '{"data":{"products":'
  if ('emptyBody' in fault) return '{}'
  if ('accessDenied' in fault) {
    const extensions = { code: 'ACCESS_DENIED', requiredAccess: '`read_products` access scope.' }
    return JSON.stringify({
      errors: [{ message: 'Access denied for products field.', extensions }],
      data: { products: null },
    })
  }
  if ('throttled' in fault) {
    const cost = {
      requestedQueryCost: 551,
      actualQueryCost: null,
      throttleStatus: { ...throttleStatus, currentlyAvailable: 310 },
    }
    return JSON.stringify({
      errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
      extensions: { cost },
    })
  }
  const code = codeOf(fault)
  return JSON.stringify({ errors: [{ message: `${code} of the fake`, extensions: { code } }] })
}

function codeOf(fault: Fault): string {
  if ('internalError' in fault) return 'INTERNAL_SERVER_ERROR'
  if ('shopInactive' in fault) return 'SHOP_INACTIVE'
  if ('tooCostly' in fault) return 'MAX_COST_EXCEEDED'
  return 'undefinedField'
}
