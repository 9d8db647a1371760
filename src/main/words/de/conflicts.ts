/** What happened where two people changed the same, and what was decided about it. */
export const conflicts = {
  'This conflict is not there any more.': 'Diesen Konflikt gibt es nicht mehr.',
  'This entry is not in the log any more.': 'Dieser Eintrag steht nicht mehr im Protokoll.',
  'A session has one value for each of its fields: choose for each':
    'Eine Session hat für jedes Feld einen Wert: Wähle für jedes',
  'A session is deleted or it is not: choose one of the two':
    'Eine Session ist gelöscht oder nicht: Wähle eins von beiden',
  'An item has one place: choose one of the two': 'Eine Position hat einen Platz: Wähle einen von beiden',
  'A show stands at one place: choose one of the two': 'Eine Show steht an einer Stelle: Wähle eine von beiden',
  'A show stands at one place: choose mine or theirs for all of it':
    'Eine Show steht an einer Stelle: Wähle deine oder die andere für alles',
  'is no field of this conflict': 'ist kein Feld dieses Konflikts',
  'Choose for this field too': 'Wähle auch für dieses Feld',
  'Choose whether it stays': 'Wähle, ob es bleibt',
  'Choose mine or theirs': 'Wähle deine oder die andere Fassung',
  'does not fit': 'passt nicht',
  'This brand is not there any more': 'Diese Marke gibt es nicht mehr',
  'Give a place from 1 to {count}': 'Nenne einen Platz von 1 bis {count}',
  'There is no room at that place: choose mine or theirs, and move it afterwards':
    'An dieser Stelle ist kein Platz: Wähle deine oder die andere, und verschiebe danach',
  'The brand that was chosen is not there any more. Keep the other one, then choose a brand.':
    'Die gewählte Marke gibt es nicht mehr. Behalte die andere und wähle dann eine Marke.',
  'This decision does not fit. {...problem}': 'Diese Entscheidung passt nicht. {problem}',
  'This was decided with a newer version of Hudson. Update to restore it.':
    'Das wurde mit einer neueren Version von Hudson entschieden. Aktualisiere, um es wiederherzustellen.',
  'A show has gone on since. Choose the item in the producer console.':
    'Eine Show ist seither weitergegangen. Wähle die Position in der Regie.',
  'The same text is there already: there is nothing to restore.':
    'Derselbe Text ist schon da: Es gibt nichts wiederherzustellen.',
  'A person wrote a third value, so neither side was kept. Say mine or theirs.':
    'Jemand hat einen dritten Wert geschrieben, keine Seite blieb. Sag, welche es sein soll.',
  '{...what} was changed again since. Look at it first; it can be restored all the same.':
    '{what} wurde seither wieder geändert. Sieh es dir zuerst an; es lässt sich trotzdem wiederherstellen.',
  'Number {number} belongs to another item of this line-up now.':
    'Die Nummer {number} gehört jetzt einer anderen Position dieses Line-ups.',
  'Its brand is not there any more. Restore the brand first.':
    'Die Marke dazu gibt es nicht mehr. Stell zuerst die Marke wieder her.',
  'Its product is not there any more. Restore the product first.':
    'Das Produkt dazu gibt es nicht mehr. Stell zuerst das Produkt wieder her.',
  'Its session is not there any more. Restore the session first.':
    'Die Session dazu gibt es nicht mehr. Stell zuerst die Session wieder her.',
  'It is not there any more, and the log does not hold all of it.':
    'Es ist nicht mehr da, und im Protokoll steht nicht alles davon.',
  '"{name}" is live. Its status can be changed once the show has ended.':
    '„{name}“ ist live. Der Status lässt sich ändern, wenn die Show zu Ende ist.',
  '"{name}" is in rehearsal. Its status can be changed once that has ended.':
    '„{name}“ wird geprobt. Der Status lässt sich ändern, wenn die Probe zu Ende ist.',
  'The show "{name}" is not running any more. Start it again in the producer console.':
    'Die Show „{name}“ läuft nicht mehr. Starte sie in der Regie neu.',

  'You and {name} changed the {...what} of {...it}': 'Du und {name} habt beide geändert: {what} von {it}',
  '{one} and {other} changed the {...what} of {...it}': '{one} und {other} haben beide geändert: {what} von {it}',
  'You and {name} moved {...it} to different places': 'Du und {name} habt {it} an verschiedene Stellen verschoben',
  '{one} and {other} moved {...it} to different places':
    '{one} und {other} haben {it} an verschiedene Stellen verschoben',
  'You and {name} took the show {...it} to different places while apart':
    'Du und {name} habt die Show {it} getrennt voneinander an verschiedene Stellen geführt',
  '{one} and {other} took the show {...it} to different places while apart':
    '{one} und {other} haben die Show {it} getrennt voneinander an verschiedene Stellen geführt',
  'You deleted {...it} while {name} changed it': 'Du hast {it} gelöscht, während {name} es geändert hat',
  '{name} deleted {...it} while you changed it': '{name} hat {it} gelöscht, während du es geändert hast',
  '{one} deleted {...it} while {other} changed it': '{one} hat {it} gelöscht, während {other} es geändert hat',
  'You removed {...it} while {name} changed it': 'Du hast {it} entfernt, während {name} es geändert hat',
  '{name} removed {...it} while you changed it': '{name} hat {it} entfernt, während du es geändert hast',
  '{one} removed {...it} while {other} changed it': '{one} hat {it} entfernt, während {other} es geändert hat',
  'You and {name} changed {...it}': 'Du und {name} habt {it} geändert',
  '{one} and {other} changed {...it}': '{one} und {other} haben {it} geändert',

  '{...it} was not deleted, because a line-up uses it': '{it} wurde nicht gelöscht, weil ein Line-up es verwendet',
  'You deleted {...it}, which {name} had just changed': 'Du hast {it} gelöscht; {name} hatte es gerade geändert',
  '{name} deleted {...it}, which you had just changed': '{name} hat {it} gelöscht; du hattest es gerade geändert',
  '{one} deleted {...it}, which {other} had just changed': '{one} hat {it} gelöscht; {other} hatte es gerade geändert',
  'Your talking points were there already and were not added again':
    'Deine Stichpunkte waren schon da und kamen nicht noch einmal dazu',
  "{name}'s talking points were there already and were not added again":
    'Die Stichpunkte von {name} waren schon da und kamen nicht noch einmal dazu',
  '{...it} got another number, because the one it had was taken':
    '{it} hat eine andere Nummer bekommen, weil die alte vergeben war',
  "Your change of {...it} does not fit the team's data and was not taken":
    'Deine Änderung an {it} passt nicht zu den Daten des Teams und gilt nicht',
  "{name}'s change of {...it} does not fit the team's data and was not taken":
    'Die Änderung von {name} an {it} passt nicht zu den Daten des Teams und gilt nicht',
  'Your first {...what} of {...it} (was|were) replaced by a later wish, before anybody decided':
    '{it}: Dein erster Stand wich einem späteren, bevor jemand entschied ({what})',
  "{name}'s first {...what} of {...it} (was|were) replaced by a later wish, before anybody decided":
    '{it}: Der erste Stand von {name} wich einem späteren, bevor jemand entschied ({what})',
  "Your {...what} of {...it} (was|were) replaced by {name}'s":
    '{it}: Dein Stand wurde durch den von {name} ersetzt ({what})',
  "{name}'s {...what} of {...it} (was|were) replaced by yours":
    '{it}: Der Stand von {name} wurde durch deinen ersetzt ({what})',
  "{one}'s {...what} of {...it} (was|were) replaced by {other}'s":
    '{it}: Der Stand von {one} wurde durch den von {other} ersetzt ({what})',
  "Your {...what} of {...it} (was|were) not taken, because {name}'s came first":
    '{it}: Dein Stand gilt nicht, weil der von {name} früher da war ({what})',
  "{name}'s {...what} of {...it} (was|were) not taken, because yours came first":
    '{it}: Der Stand von {name} gilt nicht, weil deiner früher da war ({what})',
  "{one}'s {...what} of {...it} (was|were) not taken, because {other}'s came first":
    '{it}: Der Stand von {one} gilt nicht, weil der von {other} früher da war ({what})',
  'You and {name} changed different things of {...it}, and both are kept':
    'Du und {name} habt an {it} Verschiedenes geändert; beides bleibt',
  '{name} and you changed different things of {...it}, and both are kept':
    '{name} und du habt an {it} Verschiedenes geändert; beides bleibt',
  '{one} and {other} changed different things of {...it}, and both are kept':
    '{one} und {other} haben an {it} Verschiedenes geändert; beides bleibt',
  '{...it} was not added, because you had deleted its product':
    '{it} kam nicht dazu, weil du das Produkt gelöscht hattest',
  '{...it} was not added, because {name} had deleted its product':
    '{it} kam nicht dazu, weil {name} das Produkt gelöscht hatte',
  "You had deleted {...it} when {name}'s change of it came":
    'Du hattest {it} gelöscht, als die Änderung von {name} kam',
  '{name} had deleted {...it} when your change of it came': '{name} hatte {it} gelöscht, als deine Änderung kam',
  "{one} had deleted {...it} when {other}'s change of it came":
    '{one} hatte {it} gelöscht, als die Änderung von {other} kam',
  'You decided to delete {...it}': 'Du hast entschieden, {it} zu löschen',
  'Somebody decided to delete {...it}': 'Jemand hat entschieden, {it} zu löschen',
  '{name} decided to delete {...it}': '{name} hat entschieden, {it} zu löschen',
  'You decided to keep {...it}': 'Du hast entschieden, {it} zu behalten',
  'Somebody decided to keep {...it}': 'Jemand hat entschieden, {it} zu behalten',
  '{name} decided to keep {...it}': '{name} hat entschieden, {it} zu behalten',
  'You decided about the {...what} of {...it}: yours stays':
    'Du hast entschieden: {what} von {it}; deine Fassung bleibt',
  "You decided about the {...what} of {...it}: {name}'s stays":
    'Du hast entschieden: {what} von {it}; die Fassung von {name} bleibt',
  '{name} decided about the {...what} of {...it}: yours stays':
    '{name} hat entschieden: {what} von {it}; deine Fassung bleibt',
  "{name} decided about the {...what} of {...it}: {other}'s stays":
    '{name} hat entschieden: {what} von {it}; die Fassung von {other} bleibt',
  'You decided about the {...what} of {...it}': 'Du hast entschieden: {what} von {it}',
  '{name} decided about the {...what} of {...it}': '{name} hat entschieden: {what} von {it}',
  'Something was decided about {...it}': 'Über {it} wurde etwas entschieden',
  '{...what}; the old ones can be restored.': '{what}; die alten Werte lassen sich wiederherstellen.',
  '{...what}; the old one can be restored.': '{what}; der alte Wert lässt sich wiederherstellen.',
  '{...what}; the change can be restored.': '{what}; die Änderung lässt sich wiederherstellen.',
  '{...what}; what was there before can be restored.': '{what}; der vorige Stand lässt sich wiederherstellen.',
  '{...what}; the other one can be restored.': '{what}; die andere Fassung lässt sich wiederherstellen.',
  '{...what}; it can be restored.': '{what}; es lässt sich wiederherstellen.',

  "The team's database does not take these values.": 'Die Team-Datenbank nimmt diese Werte nicht an.',
  'A line-up uses it.': 'Ein Line-up verwendet es.',
  'It was there already.': 'Es war schon da.',
  'Its product was deleted.': 'Das Produkt dazu wurde gelöscht.',
  'It had been deleted and was put back.': 'Es war gelöscht und wurde zurückgeholt.',
  'It waited for a decision.': 'Es wartete auf eine Entscheidung.',
  'It had been deleted, and came back.': 'Es war gelöscht und kam zurück.',

  '"{name}"': '„{name}“',
  'an item of a line-up': 'eine Position eines Line-ups',
  'An item of a line-up': 'Eine Position eines Line-ups',
  'an item of "{name}"': 'eine Position von „{name}“',
  'An item of "{name}"': 'Eine Position von „{name}“',
  'a brand': 'eine Marke',
  'a product': 'ein Produkt',
  'a variant': 'eine Variante',
  'a picture': 'ein Bild',
  'a session': 'eine Session',
  'a show': 'eine Show',
  'a message': 'eine Nachricht',
  'A product': 'Ein Produkt',
  'A variant': 'Eine Variante',
  'A picture': 'Ein Bild',
  'A session': 'Eine Session',
  'A message': 'Eine Nachricht',
  'Talking points': 'Stichpunkte',
  'a variant of "{name}"': 'eine Variante von „{name}“',
  'A variant of "{name}"': 'Eine Variante von „{name}“',
  'a picture of "{name}"': 'ein Bild von „{name}“',
  'A picture of "{name}"': 'Ein Bild von „{name}“',
  'talking points of "{name}"': 'Stichpunkte von „{name}“',
  'Talking points of "{name}"': 'Stichpunkte von „{name}“',

  'talking points': 'Stichpunkte',
  'was price': 'Statt-Preis',
  price: 'Preis',
  place: 'Platz',
  product: 'Produkt',
  session: 'Session',
  name: 'Name',
  notes: 'Notizen',
  brand: 'Marke',
  description: 'Beschreibung',
  status: 'Status',
  'product number': 'Produktnummer',
  'Shopify id': 'Shopify-Id',
  tags: 'Tags',
  source: 'Quelle',
  title: 'Titel',
  barcode: 'Barcode',
  options: 'Optionen',
  stock: 'Bestand',
  address: 'Adresse',
  text: 'Text',
  author: 'Autor',
  'choice as the first picture': 'Wahl als erstes Bild',
  preview: 'Vorschau',
  colour: 'Farbe',
  code: 'Rabattcode',
  time: 'Zeit',
  'freezing of the numbers': 'Festhalten der Nummern',
  'highest number': 'Höchste Nummer',
  number: 'Nummer',
  section: 'Abschnitt',
  skipping: 'Überspringen',
  'time on screen': 'Zeit auf dem Bildschirm',
  content: 'Inhalt',
  SKU: 'SKU',
} as const
