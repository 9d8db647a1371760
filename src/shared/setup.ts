import * as z from 'zod'
import { command } from './endpoint.ts'

const Told = z.object({
  ok: z.boolean(),
  /** What was found, or what is wrong and what to do; for people. */
  detail: z.string(),
})

export const setup = {
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
    Told,
  ),
}
