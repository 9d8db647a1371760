/** Sessions, line-ups and the show. */
export const sessions = {
  'This session is not there any more.': 'Diese Session gibt es nicht mehr.',
  'That session is no longer there.': 'Diese Session gibt es nicht mehr.',
  'There is no such session.': 'Diese Session gibt es nicht.',
  'The item that this should follow is not in this line-up any more. Choose another place.':
    'Die Position, hinter die es soll, steht nicht mehr in diesem Line-up. Wähle eine andere Stelle.',
  'This item is not in the line-up any more.': 'Diese Position steht nicht mehr im Line-up.',
  'Some of these items are not in the line-up any more, so nothing was changed. Choose again.':
    'Einige dieser Positionen stehen nicht mehr im Line-up, deshalb wurde nichts geändert. Wähle noch einmal.',
  'These items stand in different sessions. Change one session at a time.':
    'Diese Positionen gehören zu verschiedenen Sessions. Ändere eine Session nach der anderen.',
  'Some of these products are not in the catalogue any more, so nothing was added. Choose again.':
    'Einige dieser Produkte sind nicht mehr im Katalog, deshalb kam nichts dazu. Wähle noch einmal.',
  'The live guard is on, and nothing was changed: {...what} could confuse the show. Do it after the show, or turn the guard off in the producer console first.':
    'Der Schutz ist an, und nichts wurde geändert: {what} könnte die Show durcheinanderbringen. Mach es nach der Show, oder schalte den Schutz zuerst in der Regie aus.',
  'removing several items at once': 'Mehrere Positionen auf einmal zu entfernen',
  'undoing or redoing this step': 'Diesen Schritt rückgängig zu machen oder zu wiederholen',
  'archiving the session': 'Die Session zu archivieren',
  'deleting the session': 'Die Session zu löschen',
  '"{name}" is live and cannot be deleted now. While it is live, the guard protects it. End the show first, then try again.':
    '„{name}“ ist live und lässt sich jetzt nicht löschen. Solange sie live ist, schützt sie der Schutz. Beende zuerst die Show und versuch es dann noch einmal.',
  '"{name}" is live and cannot be archived now. While it is live, the guard protects it. End the show first, then try again.':
    '„{name}“ ist live und lässt sich jetzt nicht archivieren. Solange sie live ist, schützt sie der Schutz. Beende zuerst die Show und versuch es dann noch einmal.',
  '"{name}" is live and cannot be changed to that status now. While it is live, the guard protects it. End the show first, then try again.':
    '„{name}“ ist live, dieser Status geht jetzt nicht. Solange sie live ist, schützt sie der Schutz. Beende zuerst die Show und versuch es dann noch einmal.',
  '"{name}" is in rehearsal and cannot be deleted now. End the rehearsal first, then try again.':
    '„{name}“ wird geprobt und lässt sich jetzt nicht löschen. Beende zuerst die Probe und versuch es dann noch einmal.',
  '"{name}" is in rehearsal and cannot be archived now. End the rehearsal first, then try again.':
    '„{name}“ wird geprobt und lässt sich jetzt nicht archivieren. Beende zuerst die Probe und versuch es dann noch einmal.',
  '"{name}" is in rehearsal and cannot be changed to that status now. End the rehearsal first, then try again.':
    '„{name}“ wird geprobt, dieser Status geht jetzt nicht. Beende zuerst die Probe und versuch es dann noch einmal.',
  'This step cannot be undone any more: the product was added to the line-up again since.':
    'Dieser Schritt lässt sich nicht mehr rückgängig machen: Das Produkt kam seither wieder ins Line-up.',
  'This step cannot be undone any more: number {number} belongs to another item since. Undo that first, or add the product again.':
    'Dieser Schritt lässt sich nicht mehr rückgängig machen: Die Nummer {number} gehört seither einer anderen Position. Mach das zuerst rückgängig, oder füge das Produkt neu hinzu.',
  '"{name}" is live: viewers know the numbers as they are. Renumber after the show.':
    '„{name}“ ist live: Zuschauer kennen die Nummern, wie sie sind. Nummeriere nach der Show neu.',
  '"{name}" is archived. Take it out of the archive first.': '„{name}“ ist archiviert. Hol sie zuerst aus dem Archiv.',
  'There are no rows in this file. Choose another one.': 'In dieser Datei stehen keine Zeilen. Wähle eine andere.',
  'This file has {count} rows, and a line-up takes at most {most}. Is it the right one?':
    'Diese Datei hat {count} Zeilen, und ein Line-up fasst höchstens {most}. Ist es die richtige?',
  'There is no SKU, id or name, so it is not clear which product this is.':
    'SKU, Id und Name fehlen, deshalb ist nicht klar, welches Produkt das ist.',
  'This has {count} characters; at most {most} fit.': 'Das hat {count} Zeichen; höchstens {most} passen hinein.',
  '"{text}" is not a number of an item.': '„{text}“ ist keine Nummer einer Position.',
  '"{text}" is neither yes nor no.': '„{text}“ ist weder Ja noch Nein.',
  'Does the point in "{text}" stand before the cents? Write it with two decimals, such as 1299.00.':
    'Steht der Punkt in „{text}“ vor den Cents? Schreib es mit zwei Nachkommastellen, etwa 1299.00.',
  '"{text}" is more than a price can be.': '„{text}“ ist mehr, als ein Preis sein kann.',
  '"{text}" is not a price. Write it as 12.50.': '„{text}“ ist kein Preis. Schreib ihn so: 12,50.',
  'Say by how many seconds.': 'Sag, um wie viele Sekunden.',
  'Start a rehearsal or go live first.': 'Starte zuerst eine Probe oder geh live.',
  'This message is not shown any more; there was nothing to acknowledge.':
    'Diese Nachricht ist nicht mehr zu sehen; es gab nichts zu bestätigen.',
  '{number} is on air already.': '{number} ist schon auf Sendung.',
  'No {number} (the line-up is empty).': 'Keine {number} (das Line-up ist leer).',
  'No {number} ({range}).': 'Keine {number} ({range}).',
  'The item on air is not in the line-up any more. The host keeps what was shown.':
    'Was auf Sendung ist, steht nicht mehr im Line-up. Der Host behält, was zu sehen war.',
  'The message to put it behind is no longer there.': 'Die Nachricht, hinter die es soll, ist nicht mehr da.',
  'This session is archived. Take it out of the archive, then start it.':
    'Diese Session ist archiviert. Hol sie aus dem Archiv und starte sie dann.',
  'This session is live. End the show before you rehearse again.':
    'Diese Session ist live. Beende die Show, bevor du wieder probst.',
  'The line-up is empty. Add products, then start.': 'Das Line-up ist leer. Füge Produkte hinzu und starte dann.',
} as const
