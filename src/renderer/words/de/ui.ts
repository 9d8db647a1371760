import type { ui as english } from '../en/ui.ts'
import type { Translation } from '../en.ts'

export const ui = {
  cancel: 'Abbrechen',
  close: 'Schließen',
  undo: 'Rückgängig',
  save: 'Speichern',
  discard: 'Verwerfen',
  retry: 'Noch einmal versuchen',
  failed: 'Das hat nicht geklappt. Es ist nichts verloren; versuch es noch einmal.',
  waiting: 'Einen Moment …',
  line: 'Zeile {{line}}',
  moreLines_one: 'Und {{count}} weitere.',
  moreLines_other: 'Und {{count}} weitere.',
  money: {
    'not-a-price': 'Das ist kein Preis. Schreib ihn so: 12,50.',
    'too-large': 'Dieser Preis ist zu hoch.',
  },
} satisfies Translation<typeof english>
