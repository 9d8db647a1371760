import type { Clock } from '../clock.ts'
import { ShopifyFailure } from './shopify-failure.ts'

/** An answer, whole. */
export interface Asked {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface AskDeps {
  readonly fetch: typeof fetch
  readonly clock: Clock
}

const DEADLINE_MS = 30_000
const MAX_BYTES = 32 * 1024 * 1024

/**
 * Posts to the shop and reads the whole answer, within 30 s and 32 MB. Redirects are not followed: the token would go along. Rejects
 * with a ShopifyFailure (`network`, `answer`), or with the signal's reason where it was aborted.
 */
export async function ask(
  url: string,
  { headers, body, signal }: { headers: Record<string, string>; body: string; signal: AbortSignal },
  { fetch, clock }: AskDeps,
): Promise<Asked> {
  const deadline = new AbortController()
  const cancel = clock.after(DEADLINE_MS, () => deadline.abort())
  try {
    const either = AbortSignal.any([signal, deadline.signal])
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: either })
    return { status: response.status, headers: response.headers, text: await read(response) }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ShopifyFailure) throw error
    if (deadline.signal.aborted) {
      throw new ShopifyFailure('network', 'Shopify did not answer within 30 seconds. Hudson tries again by itself.')
    }
    throw new ShopifyFailure(
      'network',
      'Shopify cannot be reached, or the connection broke off. Check the internet connection; Hudson tries again by itself.',
      { cause: error },
    )
  } finally {
    cancel()
    deadline.abort()
  }
}

async function read(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BYTES) throw new ShopifyFailure('too-costly', 'An answer of Shopify was larger than 32 MB.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
