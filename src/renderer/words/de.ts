import { activity } from './de/activity.ts'
import { backups } from './de/backups.ts'
import { bridge } from './de/bridge.ts'
import { caps } from './de/caps.ts'
import { care } from './de/care.ts'
import { conflicts } from './de/conflicts.ts'
import { dev } from './de/dev.ts'
import { diagnostics } from './de/diagnostics.ts'
import { files } from './de/files.ts'
import { frame } from './de/frame.ts'
import { health } from './de/health.ts'
import { keyboard } from './de/keyboard.ts'
import { pictures } from './de/pictures.ts'
import { points } from './de/points.ts'
import { presence } from './de/presence.ts'
import { products } from './de/products.ts'
import { sessions } from './de/sessions.ts'
import { settings } from './de/settings.ts'
import { sharing } from './de/sharing.ts'
import { show } from './de/show.ts'
import { trouble } from './de/trouble.ts'
import { ui } from './de/ui.ts'
import { wizard } from './de/wizard.ts'
import type { en, Translation } from './en.ts'

// Hudson says "du", and one word for one thing:
// session: Session · line-up: Line-up · item: Position · product: Produkt · section: Abschnitt · run sheet: Ablaufplan
// host: Host · host view: Host-Ansicht · host display: Host-Display · producer (console): Regie · message: Nachricht
// preset: Vorlage · talking points: Stichpunkte · notes: Notizen · picture: Bild · price: Preis · was: Statt-Preis
// on air: auf Sendung · rehearsal: Probe · go live: live gehen · guard: Schutz · update host: Host aktualisieren
// override: überschreiben · differs from the catalogue: weicht vom Katalog ab · revert, reset: zurücksetzen
// edit, change: Änderung · share: teilen · pause: anhalten · conflict: Konflikt · backup: Sicherung · computer: Computer
// to sync with Shopify: abgleichen · test: testen · undo: rückgängig · redo: wiederholen · retry: noch einmal versuchen

/** The catalogue in German. */
export const de = {
  activity,
  backups,
  bridge,
  caps,
  care,
  conflicts,
  dev,
  diagnostics,
  files,
  frame,
  health,
  keyboard,
  pictures,
  points,
  presence,
  products,
  sessions,
  settings,
  sharing,
  show,
  trouble,
  ui,
  wizard,
} satisfies Translation<typeof en>
