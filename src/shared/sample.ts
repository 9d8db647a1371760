import * as z from 'zod'
import { command } from './endpoint.ts'
import { Id, Nothing } from './fields.ts'

export const sample = {
  /** Loads the sample brand with its products and sessions; a second time changes nothing. */
  'sample.load': command(Nothing, z.object({ products: z.int(), sessions: z.array(Id) })),
}
