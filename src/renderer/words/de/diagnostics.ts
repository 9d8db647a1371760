import type { diagnostics as english } from '../en/diagnostics.ts'
import type { Translation } from '../en.ts'

export const diagnostics = {
  title: 'Diagnose',
  open: 'Diagnose',
  looking: 'Wird geprüft …',
  again: 'Noch einmal prüfen',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  states: { ok: 'Gut', warn: 'Sieh es dir an', error: 'Falsch', skipped: 'Nicht eingerichtet' },
  names: {
    version: 'Dieses Hudson',
    team: 'Team',
    clock: 'Uhr',
    shopify: 'Shopify',
    model: 'Modell',
    database: 'Lokale Datenbank',
    backups: 'Sicherungen',
    disk: 'Festplatte',
    pictures: 'Bilder',
    secrets: 'Zugangsdaten',
    activity: 'Aktivität',
    updates: 'Updates',
    queue: 'Wartende Änderungen',
    displays: 'Bildschirme',
    crashes: 'Abstürze',
  },
} satisfies Translation<typeof english>
