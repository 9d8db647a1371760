import * as z from 'zod'
import { command, query } from './endpoint.ts'

const Told = z.object({
  ok: z.boolean(),
  /** What was found, or what is wrong and what to do; for people. */
  detail: z.string(),
  /** What of the input is to be mended, where that is known. */
  field: z.enum(['url', 'shop', 'token', 'clientId', 'clientSecret', 'key']).optional(),
})

/** One thing that was looked at in a team's database. */
export const DatabaseCheck = z.object({
  /** In the order in which one needs the other. `team`: whether it is the database of the team that this computer is in. */
  name: z.enum(['reached', 'encrypted', 'rights', 'version', 'team']),
  /** `skipped`: what comes before it failed. */
  state: z.enum(['ok', 'warn', 'error', 'skipped']),
  /** What was found, or what is wrong and what to do; empty where it was skipped. */
  detail: z.string(),
})
export type DatabaseCheck = z.infer<typeof DatabaseCheck>

/** What came of a look at a team's database. `checks` is empty where the address cannot be used. */
export const DatabaseTest = Told.extend({ checks: z.array(DatabaseCheck) })
export type DatabaseTest = z.infer<typeof DatabaseTest>

export const setup = {
  /** What is set up: for the first steps. */
  'setup.state': query(
    z.strictObject({}),
    z.object({ team: z.boolean(), shopify: z.boolean(), model: z.boolean(), products: z.int(), sessions: z.int() }),
  ),
  /**
   * Connects to a team's database (the one given, else the one that is stored), and looks whether this login may use it. One that
   * sleeps has 15 s to wake up. Keeps nothing.
   */
  'setup.testDatabase': command(z.strictObject({ url: z.string().trim().min(1).max(4096).optional() }), DatabaseTest),
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
