import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Done, Id, Nothing } from './fields.ts'

/** What somebody has before them. */
export const Place = z.object({
  entity: z.enum(['sessions', 'session_products', 'products']),
  id: Id,
  /** The session that an item is of; null for what is in none. */
  sessionId: Id.nullable(),
  /** Whether a field of it has the focus. */
  editing: z.boolean(),
})
export type Place = z.infer<typeof Place>

/** The same, of another desktop. */
const Presence = Place.extend({ device: z.string() })
export type Presence = z.infer<typeof Presence>

export const presence = {
  /**
   * A page tells what its person has before them, whenever it changes and every 20 s while it has the focus; none of it: the page
   * shows nothing of the kind any more. What is not told again is forgotten after 45 s. `page` tells pages apart.
   */
  'presence.note': command(z.strictObject({ page: z.string().min(1).max(60), places: z.array(Place).max(5) }), Done),
  /** Where the others are, as far as the team's database can be asked. Only asked for while a page of ours tells where it is. */
  'presence.list': query(Nothing, z.object({ items: z.array(Presence) })),
}
