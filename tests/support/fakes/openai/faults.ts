import type { ErrorName } from './errors.ts'

/** What goes wrong with the next requests. `match`: what the body (or, where there is none, the path) has to hold. */
export type OpenaiFault = { readonly match?: string; readonly times?: number } & (
  | { readonly error: ErrorName; readonly retryAfter?: number | null; readonly param?: string }
  | { readonly refusal: true }
  | { readonly incomplete: 'max_output_tokens' | 'content_filter' }
  | { readonly failed: true }
  /** The model answers something that is not JSON. */
  | { readonly invalidJson: true }
  /** The model answers just this. */
  | { readonly says: string }
  | { readonly cutStream: true }
  | { readonly errorEvent: true }
  | { readonly slowFirstByteMs: number }
  | { readonly hang: true }
)

/** The faults that wait for their request. */
export class OpenaiFaults {
  readonly #waiting: { fault: OpenaiFault; left: number }[] = []

  add(fault: OpenaiFault): void {
    this.#waiting.push({ fault, left: fault.times ?? 1 })
  }

  /** The oldest that fits. What only a model can do waits for a request to a model. */
  take({ path, body, toModel }: { path: string; body: string; toModel: boolean }): OpenaiFault | undefined {
    const found = this.#waiting.find(({ fault, left }) => {
      const any = 'error' in fault || 'slowFirstByteMs' in fault || 'hang' in fault
      return left > 0 && (toModel || any) && (toModel ? body : path).includes(fault.match ?? '')
    })
    if (!found) return undefined
    found.left -= 1
    return found.fault
  }
}
