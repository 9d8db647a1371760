import * as z from 'zod'
import { command, query } from './endpoint.ts'

const Told = z.object({
  ok: z.boolean(),
  /** What was found, or what is wrong and what to do; for people. */
  detail: z.string(),
})

export const setup = {
  /** What is set up: for the first steps. */
  'setup.state': query(
    z.strictObject({}),
    z.object({ team: z.boolean(), shopify: z.boolean(), model: z.boolean(), products: z.int(), sessions: z.int() }),
  ),
  /** Connects to a team's database, and looks whether it is one that this login may use. Keeps nothing. */
  'setup.testDatabase': command(z.strictObject({ url: z.string().trim().min(1).max(4096) }), Told),
  /** Tries a shop and a way in: those given, else those that are stored. Keeps nothing. */
  'setup.testShopify': command(
    z
      .strictObject({
        shop: z.string().max(300),
        token: z.string().trim().max(4096),
        clientId: z.string().trim().max(200),
        clientSecret: z.string().trim().max(4096),
      })
      .partial(),
    Told,
  ),
  /** Tries a model service: what is given, else what is stored. Keeps nothing. */
  'setup.testOpenai': command(
    z.strictObject({ key: z.string().trim().max(4096), model: z.string().trim().max(200) }).partial(),
    // When the model is switched off, where the service says so.
    Told.extend({ endsOn: z.string().optional() }),
  ),
}
