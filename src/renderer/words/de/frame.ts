import type { frame as english } from '../en/frame.ts'
import type { Translation } from '../en.ts'

export const frame = {
  skip: 'Zum Inhalt springen',
  rail: 'Hauptnavigation',
  sessions: 'Sessions',
  products: 'Produkte',
  activity: 'Aktivität',
  running_one: '{{count}} läuft',
  running_other: '{{count}} laufen',
  settings: 'Einstellungen',
  dev: 'Entwickler',
  opened: '{{screen}} geöffnet',
  broken: {
    title: 'Diese Ansicht hat ein Problem',
    text: 'Deine Daten sind sicher. Lade die Ansicht neu; hilft das nicht, schließe Hudson und öffne es noch einmal.',
    reload: 'Neu laden',
  },
  notFound: {
    title: 'Hier ist nichts',
    text: 'Der Link ist vielleicht alt, oder das Ziel wurde gelöscht.',
    back: 'Zu den Sessions',
  },
} satisfies Translation<typeof english>
