import type { pictures as english } from '../en/pictures.ts'
import type { Translation } from '../en.ts'

export const pictures = {
  title: 'Bilder',
  hint: 'Bilder von Produkten werden einmal geholt und bleiben auf diesem Computer; eine Show braucht dann kein Netz.',
  here: 'Hier',
  hereOf: '{{ready}} von {{total}}',
  room: 'Sie belegen',
  roomOf: '{{bytes}} von {{cap}} MB',
  cap: 'Platz für Bilder',
  megabytes: 'MB',
  days: 'Behalten, was niemand ansieht',
  daysUnit: 'Tage',
  explain:
    'Was weichen muss, wird wieder geholt, wenn es jemand öffnet. Bilder von Sessions, die bereit oder live sind, in den nächsten zwei Wochen anstehen oder in den letzten zwei Tagen geöffnet wurden, bleiben, und auch die, die du selbst hinzugefügt hast.',
  over: 'Es sind mehr hier, weil Sessions sie brauchen.',
  fetch: 'Fehlende holen',
  fetching: 'Was fehlt, wird geholt.',
  complete: 'Alle Bilder sind hier.',
} satisfies Translation<typeof english>
