import * as z from 'zod'
import { command } from './endpoint.ts'
import { Id, Line, Time } from './fields.ts'

export const studio = {
  /** A link for a display or an OBS overlay, with a token that opens this session only. */
  'studio.link': command(
    z.strictObject({ sessionId: Id, kind: z.enum(['host', 'overlay']), display: Line(60).optional() }),
    z.object({ url: z.string(), expiresAt: Time }),
  ),
}
