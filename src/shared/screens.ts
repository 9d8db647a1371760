import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Done, Id, Nothing } from './fields.ts'

/** A screen of this computer, and what of the show is on it. */
export const Screen = z.object({
  /** Tells it from the others by what it is (its model, size and place), so that it is known again after it was unplugged. */
  id: z.string(),
  /** Counts from 1; what Identify shows on it. */
  number: z.int(),
  name: z.string(),
  /** In the system's own pixels, which scaling makes larger than those of the panel. */
  width: z.int(),
  height: z.int(),
  primary: z.boolean(),
  /** `lost` was showing the host view when it was unplugged: it shows it again once it is back. */
  state: z.enum(['free', 'showing', 'lost']),
  /** The session whose host view it shows, or would. */
  sessionId: Id.nullable(),
})
export type Screen = z.infer<typeof Screen>

const OnScreen = z.strictObject({ screenId: z.string().min(1).max(300) })

/** The host view on the screens of this computer. Only the desktop app can; elsewhere there are none. */
export const screens = {
  'screens.list': query(Nothing, z.object({ screens: z.array(Screen) })),
  /** Covers that screen with the host view of the session; another one that was there gives way. */
  'screens.show': command(OnScreen.extend({ sessionId: Id }), Done),
  /** Takes the host view off that screen. */
  'screens.hide': command(OnScreen, Done),
  /** Shows each screen's number on it, for three seconds. */
  'screens.identify': command(Nothing, Done),
}
