import type { dev as english } from '../en/dev.ts'
import type { Translation } from '../en.ts'

export const dev = {
  title: 'Entwickler',
  closed: 'Diese Seite gibt es nur in Entwicklungsversionen.',
  calls: 'Aufrufe',
  search: 'Aufruf suchen',
  query: 'Abfrage',
  command: 'Befehl',
  audience: 'für {{audience}}',
  input: 'Eingabe als JSON',
  send: 'Aufrufen',
  notJson: 'Das ist kein JSON: {{reason}}',
  reply: 'Antwort',
  took: '{{ms}} ms',
  schema: 'Schema der Eingabe',
  events: 'Ereignisse',
  noEvents: 'Seit diese Seite offen ist, wurde nichts gemeldet.',
  clear: 'Leeren',
} satisfies Translation<typeof english>
