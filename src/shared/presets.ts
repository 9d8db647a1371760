import * as z from 'zod'
import { command, query } from './endpoint.ts'
import { Done, Id, Line, Nothing } from './fields.ts'
import { MessageColor } from './live.ts'

export const Preset = z.object({
  id: Id,
  text: z.string(),
  color: MessageColor,
  /** Seconds after which a message sent from it clears itself; null = it stays. */
  clearAfterSeconds: z.int().nullable(),
})
export type Preset = z.infer<typeof Preset>
const presetFields = {
  text: Line(200),
  color: MessageColor,
  clearAfterSeconds: z.int().min(1).max(3_600).nullable(),
}

export const presets = {
  'presets.list': query(Nothing, z.object({ items: z.array(Preset) })),
  'presets.create': command(
    z.strictObject({ ...presetFields, clearAfterSeconds: presetFields.clearAfterSeconds.optional() }),
    Preset,
  ),
  'presets.update': command(
    z.strictObject({ id: Id, patch: z.strictObject(presetFields).partial(), after: Id.nullable().optional() }),
    Preset,
  ),
  'presets.delete': command(z.strictObject({ id: Id }), Done),
}
