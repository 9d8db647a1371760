/** Support bundles, crash reports, and what diagnostics say of them. */
export const support = {
  'Nothing was written.': 'Nichts wurde geschrieben.',
  'The file cannot be written there, so nothing was saved.':
    'Dort lässt sich die Datei nicht schreiben, es wurde nichts gespeichert.',
  'Choose another folder or name.': 'Wähle einen anderen Ordner oder Namen.',
  'This preview is not kept any more, so nothing was saved.':
    'Diese Vorschau gibt es nicht mehr, es wurde nichts gespeichert.',
  'Look at a new one first.': 'Sieh dir zuerst eine neue an.',
  'This report is not there any more.': 'Diesen Bericht gibt es nicht mehr.',
  'It was deleted meanwhile.': 'Er wurde inzwischen gelöscht.',
  'No edit waits.': 'Keine Änderung wartet.',
  '1 edit waits, the oldest for {...time}.': '1 Änderung wartet, seit {time}.',
  '{count} edits wait, the oldest for {...time}.': '{count} Änderungen warten, die älteste seit {time}.',
  '{count} minutes': '{count} Minuten',
  '1 minute': '1 Minute',
  '{count} hours': '{count} Stunden',
  '{count} days': '{count} Tagen',
  'They are saved here and go out once a team is set up.':
    'Sie sind hier gespeichert und gehen hinaus, sobald ein Team eingerichtet ist.',
  'The team answers and does not take them.': 'Das Team antwortet und nimmt sie nicht an.',
  'Sync now; if that does not help, save a support bundle.':
    'Gleiche jetzt ab; hilft das nicht, speichere ein Support-Paket.',
  'Everything is saved here.': 'Alles ist hier gespeichert.',
  'Go online before others need them.': 'Geh online, bevor andere sie brauchen.',
  'Only the desktop app knows the screens.': 'Nur die Desktop-App kennt die Bildschirme.',
  'No screen was found.': 'Kein Bildschirm wurde gefunden.',
  '{number}: {width} × {height}, free': '{number}: {width} × {height}, frei',
  '{number}: {width} × {height}, shows the host view': '{number}: {width} × {height}, zeigt die Host-Ansicht',
  '{number}: {width} × {height}, not connected': '{number}: {width} × {height}, nicht verbunden',
  'Connect the missing one again, or take the host view off it.':
    'Schließ den fehlenden wieder an, oder nimm die Host-Ansicht von ihm.',
  'Nothing broke in the last 30 days.': 'In den letzten 30 Tagen ging nichts kaputt.',
  '1 report of the last 30 days.': '1 Bericht aus den letzten 30 Tagen.',
  '{count} reports of the last 30 days.': '{count} Berichte aus den letzten 30 Tagen.',
  '1 report of the last 30 days, {images} memory images.':
    '1 Bericht aus den letzten 30 Tagen, {images} Speicherabbilder.',
  '{count} reports of the last 30 days, {images} memory images.':
    '{count} Berichte aus den letzten 30 Tagen, {images} Speicherabbilder.',
  'Something broke today: a support bundle holds the report.':
    'Heute ging etwas kaputt: Ein Support-Paket enthält den Bericht.',
  'This preview is not kept any more, so nothing was saved. Look at a new one first.':
    'Diese Vorschau gibt es nicht mehr, es wurde nichts gespeichert. Sieh dir zuerst eine neue an.',
  'The folder for the file is not there. Nothing was written.':
    'Der Ordner für die Datei ist nicht da. Nichts wurde geschrieben.',
  'This report is not there any more. It was deleted meanwhile.':
    'Diesen Bericht gibt es nicht mehr. Er wurde inzwischen gelöscht.',
  'The address for crash reports is no DSN of Sentry.': 'Die Adresse für Absturzberichte ist keine DSN von Sentry.',
  'The file needs a whole path.': 'Die Datei braucht einen ganzen Pfad.',
} as const
