import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/**
 * The keys that releases are signed with: the one in use, and a spare that lies offline. A release needs one of them. Before
 * the first release both are made anew with `hudson-release keygen`; nobody has the private halves of these (docs/releasing.md).
 */
const current = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAO89RpCzRynqna4nFo6A9vV3Zq6A6JDiMlxRWJcxRDUw=
-----END PUBLIC KEY-----`
const spare = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA5nYwnuh7hkD6Y9cvl4ecG1ND+aMwCKWqP559RJUs9mE=
-----END PUBLIC KEY-----`

/** The keys that are believed. `more`: PEM texts, one after the other, that a developer adds. */
export function trustedKeys(more = ''): KeyObject[] {
  const added = more.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? []
  return [current, spare, ...added].map((pem) => createPublicKey(pem))
}
