import type { presence as english } from '../en/presence.ts'
import type { Translation } from '../en.ts'

export const presence = {
  editing: '{{device}} bearbeitet das gerade',
  looking: '{{device}} sieht sich das an',
  note_one:
    '{{device}} bearbeitet das auch. Verschiedene Felder werden zusammengeführt; beim selben werdet ihr beide gefragt.',
  note_other:
    '{{device}} bearbeiten das auch. Verschiedene Felder werden zusammengeführt; beim selben werdet ihr alle gefragt.',
} satisfies Translation<typeof english>
