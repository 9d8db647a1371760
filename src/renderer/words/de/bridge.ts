import type { bridge as english } from '../en/bridge.ts'
import type { Translation } from '../en.ts'

export const bridge = {
  refused: 'Diese Seite darf das nicht. Öffne sie aus Hudson neu.',
  noAnswer: 'Hudson antwortet nicht. Vielleicht wurde es geschlossen.',
  notHandedOver: '„{{name}}“ kam nicht an: Hudson antwortet nicht.',
} satisfies Translation<typeof english>
