import type { sharing as english } from '../en/sharing.ts'
import type { Translation } from '../en.ts'

export const sharing = {
  title: 'Teilen',
  hint: 'Änderungen gehen ans Team, und die des Teams kommen hierher, von selbst, solange es ein Netz gibt.',
  waits: 'Noch zu senden',
  nothing: 'Nichts',
  edits_one: '{{count}} Änderung',
  edits_other: '{{count}} Änderungen',
  editsSince_one: '{{count}} Änderung, seit {{time}}',
  editsSince_other: '{{count}} Änderungen, die älteste seit {{time}}',
  lastSent: 'Zuletzt gesendet',
  lastReceived: 'Zuletzt empfangen',
  never: 'Noch nie',
  now: 'Jetzt abgleichen',
  syncing: 'Wird abgeglichen …',
  synced: 'Alles ist geteilt.',
  pause: 'Anhalten',
  resume: 'Fortsetzen',
  paused: 'Angehalten. Alles wird hier gespeichert und geht hinaus, sobald du fortsetzt.',
  device: 'Name dieses Computers',
  deviceHint:
    'Das lesen andere neben einer Änderung von hier. Leer: der Name, den das System vergibt. Gilt ab dem nächsten Start von Hudson.',
  advanced: 'Besondere Netze',
  caFile: 'Datei mit vertrauten Zertifikaten',
  caFileHint:
    'Pfad einer PEM-Datei, für eine Datenbank, für die eine eigene Stelle bürgt. Leer: die öffentlichen. Gilt ab dem nächsten Start von Hudson.',
  tls12: 'Auch TLS 1.2 sprechen',
  tls12Warning:
    'Älter und schwächer als TLS 1.3. Schalte es nur ein, wenn der Host der Datenbank nichts Besseres kann, und wieder aus, sobald er es kann. Gilt ab dem nächsten Start von Hudson.',
} satisfies Translation<typeof english>
