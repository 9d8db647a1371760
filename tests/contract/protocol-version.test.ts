import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { contract } from '#shared/contract.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { PROTOCOL_VERSION } from '#shared/protocol-version.ts'

/** What the hash was when the version was last raised. */
const known = { version: 7, hash: '921c3a3db6637334' }

function wireHash(): string {
  const endpoints: [string, Endpoint][] = Object.entries(contract)
  const wire = endpoints
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { kind, audience, input, output }]) => ({
      name,
      kind,
      audience,
      input: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
      output: z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }),
    }))
  return createHash('sha256').update(JSON.stringify(wire)).digest('hex').slice(0, 16)
}

test('the wire and its version change together: raise PROTOCOL_VERSION, then write both down here', () => {
  expect({ version: PROTOCOL_VERSION, hash: wireHash() }).toEqual(known)
})
