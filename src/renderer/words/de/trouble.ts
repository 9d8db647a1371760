import type { trouble as english } from '../en/trouble.ts'
import type { Translation } from '../en.ts'

export const trouble = {
  region: 'Was einen Blick braucht',
  more_one: '{{count}} weiterer Hinweis',
  more_other: '{{count}} weitere Hinweise',
  fewer: 'Nur den ersten zeigen',
  since: 'Seit',
  retry: 'Jetzt noch einmal versuchen',
  storage: {
    full: {
      title: 'Nichts wird gespeichert: die Festplatte ist voll',
      text: 'Was du schreibst, bleibt in seinem Feld. Schaffe Platz auf diesem Computer; Hudson versucht es alle paar Sekunden und macht von selbst weiter.',
    },
    refused: {
      title: 'Nichts wird gespeichert: Hudson darf nicht in seinen Datenordner schreiben',
      text: 'Was du schreibst, bleibt in seinem Feld. Prüfe die Rechte des Ordners und ob der Datenträger schreibgeschützt ist; Hudson versucht es alle paar Sekunden und macht von selbst weiter.',
    },
    broken: {
      title: 'Nichts wird gespeichert: der Datenträger lässt sich nicht beschreiben',
      text: 'Was du schreibst, bleibt in seinem Feld. Prüfe, ob der Datenträger verbunden und in Ordnung ist; Hudson versucht es alle paar Sekunden und macht von selbst weiter.',
    },
  },
  update: {
    title: 'Update nötig',
    text: 'Dein Team arbeitet mit einem neueren Hudson. Du kannst hier weiterarbeiten, aber nichts geht an das Team und nichts kommt von dort, bis dieses Hudson aktualisiert ist.',
    waiting_one: '{{count}} Änderung wartet auf diesem Computer. Sie ist sicher und wird nach dem Update gesendet.',
    waiting_other:
      '{{count}} Änderungen warten auf diesem Computer. Sie sind sicher und werden nach dem Update gesendet.',
    look: 'Nach dem Update suchen',
    looking: 'Sucht …',
    install: '{{version}} installieren und neu starten',
    installing: 'Installiert …',
    none: 'Es gibt noch keine neuere Version. Frag, wer sich um die Datenbank des Teams kümmert.',
    byHand:
      'Diese Kopie aktualisiert sich nicht selbst: Installiere das neueste Hudson auf diesem Computer und starte es neu.',
    save: 'Änderungen als Datei sichern',
    saved: '„{{name}}“ gesichert',
  },
  recovery: {
    title: 'Hudson hat seine Daten repariert',
    text: 'Ein Teil davon war auf diesem Computer beschädigt. Was lesbar war, ist wieder da.',
    lost_one:
      'Ein Teil davon war auf diesem Computer beschädigt. {{count}} Änderung, die auf das Team wartete, war nicht mehr lesbar.',
    lost_other:
      'Ein Teil davon war auf diesem Computer beschädigt. {{count}} Änderungen, die auf das Team warteten, waren nicht mehr lesbar.',
    show: 'Was gerettet wurde',
    dismiss: 'Ausblenden',
    last: 'Die letzte Reparatur',
    at: 'Repariert am {{time}}.',
    editsKept: 'Wartende Änderungen behalten',
    editsLost: 'Wartende Änderungen verloren',
    rowsRead: 'Einträge gelesen',
    rowsMended: 'Einträge ausgebessert',
    rowsFromBackup: 'Aus dem Backup',
    rowsMade: 'Neu angelegt',
    lostAdvice: 'Sieh durch, was du zuletzt geändert hast: Die verlorenen Änderungen fehlen dort.',
    mendedAdvice: 'In den ausgebesserten Einträgen wurde ein beschädigter Wert ersetzt. Sieh sie einmal an.',
    madeAdvice: 'Was sein Produkt oder seine Session verloren hat, steht jetzt unter „Recovered …“.',
    incomplete:
      'Es kann etwas fehlen. Mit einem Team kommt es zurück, sobald dessen Datenbank erreicht wird; ohne Team hat ein Backup vielleicht mehr.',
    backup: 'Das Backup {{name}} wurde verwendet.',
    folder: 'Nichts wurde gelöscht: Die beschädigten Dateien liegen im Ordner {{name}}.',
  },
  damage: {
    title: 'Ein Teil der Daten auf diesem Computer ist beschädigt',
    text: 'Was du gespeichert hast, bleibt. Beende Hudson und starte es neu, nach der Show, falls eine läuft: Es repariert dann, was es kann, und sagt dir, was es fand.',
  },
  secrets: {
    title: 'Ein gespeichertes Passwort oder ein Schlüssel ist nicht lesbar',
    text: 'Was ihn braucht, ist abgeschaltet; alles andere geht, und was du änderst, wird hier gespeichert.',
    open: 'Einstellungen öffnen',
  },
  clock: {
    behind_one: 'Die Uhr dieses Computers geht {{count}} Minute nach',
    behind_other: 'Die Uhr dieses Computers geht {{count}} Minuten nach',
    ahead_one: 'Die Uhr dieses Computers geht {{count}} Minute vor',
    ahead_other: 'Die Uhr dieses Computers geht {{count}} Minuten vor',
    text: 'Die Zeiten, die dein Team bei deinen Änderungen sieht, stimmen nicht. Schalte in den Systemeinstellungen die automatische Zeit ein.',
  },
  studio: {
    title: 'Anzeigen in Browsern lassen sich nicht öffnen',
    text: 'Dieser Computer gab Hudson keinen Port dafür. Dieses Fenster und die Bildschirme dieses Computers gehen; Hudson versucht es jede Minute.',
  },
} satisfies Translation<typeof english>
