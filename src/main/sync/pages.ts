import { setImmediate } from 'node:timers/promises'
import type { BulkOrder } from './bulk.ts'
import type { PullPage, Remote } from './remote.ts'

/** Rows of one page: enough that a round trip is nothing, few enough that two of them are no memory to speak of. */
const PAGE = 2_000

interface PagesDeps {
  readonly remote: Remote
  readonly order: Pick<BulkOrder, 'job' | 'staged' | 'pageSize'>
}

/** The pages of one pull. Each is asked for while the one before is worked on. */
export class Pages {
  readonly #deps: PagesDeps
  #next: Promise<PullPage>

  constructor(deps: PagesDeps) {
    this.#deps = deps
    this.#next = this.#ask(startOf(deps.order))
  }

  /** The page that `next` will answer. */
  async peek(): Promise<PullPage> {
    const page = await this.#next
    if (page.status === 'resync') throw new Error('The server was restored while it was read.')
    return page
  }

  async next(): Promise<PullPage> {
    const page = await this.peek()
    if (page.complete) return page
    this.#next = this.#ask(page.cursor)
    // So that the question has left before this thread is busy with the page.
    await setImmediate()
    return page
  }

  #ask(cursor: PullPage['cursor']): Promise<PullPage> {
    const { remote, order } = this.#deps
    const { job, pageSize = PAGE } = order
    const { caller, full, acked, cursor: from } = job
    const asked = remote.pull({ ...caller, since: full ? -1 : from.rev, cursor, acked, limit: pageSize })
    // Whoever awaits it hears of its failure; where nobody does any more, it is of no interest.
    asked.catch(() => {})
    return asked
  }
}

function startOf({ job, staged }: PagesDeps['order']): PullPage['cursor'] {
  return staged?.cursor ?? (job.full ? { rev: 0, token: null } : job.cursor)
}
