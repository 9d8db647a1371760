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
  saved: 'Auf diesem Computer gespeichert',
  shared: 'Mit dem Team geteilt',
  onTheWay_one: '{{count}} Änderung unterwegs',
  onTheWay_other: '{{count}} Änderungen unterwegs',
  offline: 'Offline, alles hier gespeichert',
  offlineWaiting_one: 'Offline, {{count}} Änderung wartet',
  offlineWaiting_other: 'Offline, {{count}} Änderungen warten',
  paused: 'Teilen angehalten',
  blocked: 'Nicht geteilt',
  notConnected: 'Nicht verbunden',
  notConnectedHint:
    'Hudson antwortet nicht. Was du geschrieben hast, bleibt hier; alle paar Sekunden wird es wieder versucht.',
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
