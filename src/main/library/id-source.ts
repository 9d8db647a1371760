import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

/** How many ids one draw of random bytes serves: the draw costs more than the ids. */
const IDS = 512
const BYTES = 16

/** Makes ids by the thousand, for an import. */
export function createIds(): () => string {
  const pool = new Uint8Array(IDS * BYTES)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    const random = pool.subarray(used, used + BYTES)
    used += BYTES
    return v7({ random })
  }
}
