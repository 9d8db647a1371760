import { buildIfNeeded } from '../../scripts/build-if-needed.mjs'

/** For tests that run the built app: builds it once before them, unless the build is newer than its sources. */
export function setup(): void {
  buildIfNeeded()
}
