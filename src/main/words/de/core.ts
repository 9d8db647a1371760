/** What any part of the core may say. */
export const core = {
  'Nothing was changed.': 'Nichts wurde geändert.',
  'Nothing moved.': 'Nichts wurde bewegt.',
  'Nothing was written.': 'Nichts wurde geschrieben.',
  'Nothing is lost; try again in a while.': 'Es ist nichts verloren; versuch es später noch einmal.',
  'Try again.': 'Versuch es noch einmal.',
  'It may have been deleted meanwhile.': 'Vielleicht wurde es inzwischen gelöscht.',
  'It may have been deleted.': 'Vielleicht wurde es gelöscht.',
  'It may have been removed meanwhile.': 'Vielleicht wurde es inzwischen entfernt.',
  'Choose another one.': 'Wähle etwas anderes.',
  'Choose a smaller one.': 'Wähle eine kleinere.',
  'Hudson tries again by itself.': 'Hudson versucht es von selbst wieder.',
  'Check the internet connection.': 'Prüf die Internetverbindung.',
  'The log has more.': 'Im Protokoll steht mehr.',
  'There is no call named "{name}".': 'Einen Aufruf „{name}“ gibt es nicht.',
  'This display may not do that.': 'Dieses Display darf das nicht.',
  'This display belongs to another session.': 'Dieses Display gehört zu einer anderen Session.',
  'This call does not fit. {...problem}': 'Dieser Aufruf passt nicht. {problem}',
  'must be plain data, at most 64 levels deep': 'müssen einfache Daten sein, höchstens 64 Ebenen tief',
  'Something went wrong on our side; nothing of yours was lost. The log has it as {id}.':
    'Bei uns ist etwas schiefgegangen; von dir ist nichts verloren. Im Protokoll steht es unter {id}.',
  'Something went wrong on our side; what was done until then is kept. The log has the reason.':
    'Bei uns ist etwas schiefgegangen; was bis dahin fertig war, bleibt. Der Grund steht im Protokoll.',
  'Something went wrong on our side; the log has the reason.':
    'Bei uns ist etwas schiefgegangen; der Grund steht im Protokoll.',
  'Something went wrong on our side; nothing of yours was lost.':
    'Bei uns ist etwas schiefgegangen; von dir ist nichts verloren.',
  'The disk is full, so nothing was saved. Free some space, then try again.':
    'Die Festplatte ist voll, deshalb wurde nichts gespeichert. Schaff Platz und versuch es noch einmal.',
  'Another program is using the data of Hudson, so nothing was saved. Close that program, then try again.':
    'Ein anderes Programm verwendet die Daten von Hudson, deshalb wurde nichts gespeichert. Schließe es und versuch es noch einmal.',
  "A part of Hudson's data on this computer is damaged, so this did not work. Nothing else was changed.":
    'Ein Teil der Daten von Hudson auf diesem Computer ist beschädigt, deshalb hat das nicht geklappt. Sonst wurde nichts geändert.',
  'End Hudson and start it again: it then repairs what it can, and tells you what it found.':
    'Beende Hudson und starte es neu: Dann repariert es, was geht, und sagt dir, was es gefunden hat.',
  'Hudson may not write to its data folder, so nothing was saved. Check its permissions and that its disk is not write-protected, or choose another data folder.':
    'Hudson darf nicht in seinen Datenordner schreiben, deshalb wurde nichts gespeichert. Prüf die Rechte, und ob die Festplatte schreibgeschützt ist, oder wähle einen anderen Datenordner.',
  'The disk could not be read or written, so nothing was saved. Check that it is connected and healthy, then try again.':
    'Die Festplatte ließ sich nicht lesen oder beschreiben, deshalb wurde nichts gespeichert. Prüf, ob sie verbunden und in Ordnung ist, und versuch es noch einmal.',
  'The data folder cannot be used: it is not a folder, or cannot be made. Choose another data folder.':
    'Der Datenordner ist nicht verwendbar: Er ist kein Ordner oder lässt sich nicht anlegen. Wähle einen anderen.',
  'A call needs the name of what it calls.': 'Ein Aufruf braucht den Namen dessen, was er aufruft.',
  'Give itemId or itemIds, one of them': 'Gib itemId oder itemIds an, eins von beiden',
  'Give a number or an itemId, one of them': 'Gib eine Nummer oder eine itemId an, eins von beiden',
  'Give keep or choices, one of them': 'Gib keep oder choices an, eins von beiden',
  'is not an id': 'ist keine Id',
  'This page needs a link from Hudson': 'Diese Seite braucht einen Link von Hudson',
  'Open it from the Hudson app, or use the link that “hudson serve” printed when it started. The link changes with each start. For a host display or an overlay, copy a new link from the session in Hudson.':
    'Öffne sie aus der Hudson-App, oder nimm den Link, den „hudson serve“ beim Start ausgegeben hat. Er ändert sich mit jedem Start. Für ein Host-Display oder ein Overlay kopiere einen neuen Link aus der Session in Hudson.',
  'This page may not call Hudson.': 'Diese Seite darf Hudson nicht aufrufen.',
  'This call is too large, or is not plain data.': 'Dieser Aufruf ist zu groß oder besteht nicht aus einfachen Daten.',
  'Too many calls at once. Try again in a second.': 'Zu viele Aufrufe auf einmal. Versuch es gleich noch einmal.',
  'This needs a valid token of the running Hudson.': 'Dafür braucht es ein gültiges Token des laufenden Hudson.',
  'This page cannot be continued. Start again from the first page.':
    'Hier geht es nicht weiter. Fang noch einmal auf der ersten Seite an.',
  'There is nothing to undo.': 'Es gibt nichts rückgängig zu machen.',
  'There is nothing to redo.': 'Es gibt nichts zu wiederholen.',
  'This step cannot be undone any more: what it changed was changed again since.':
    'Dieser Schritt lässt sich nicht mehr rückgängig machen: Was er geändert hat, wurde seither wieder geändert.',
  'That is no longer there.': 'Das ist nicht mehr da.',
  'This data was written by a newer version of Hudson (data {data}, this app {app}). Nothing was changed. Install the newer version, or choose another data folder.':
    'Diese Daten hat eine neuere Version von Hudson geschrieben (Daten {data}, diese App {app}). Nichts wurde geändert. Installiere die neuere Version oder wähle einen anderen Datenordner.',
  'The file hudson.db in this data folder was made by another program. Nothing was changed. Choose another data folder, or move that file away.':
    'Die Datei hudson.db in diesem Datenordner stammt von einem anderen Programm. Nichts wurde geändert. Wähle einen anderen Datenordner oder verschiebe die Datei.',
  'Hudson already runs on this data folder, without a window. End that one first.':
    'Hudson läuft auf diesem Datenordner schon, ohne Fenster. Beende es zuerst.',
  'Hudson is closing.': 'Hudson wird gerade geschlossen.',
  'This job is not there any more. The list of activity keeps the last 50.':
    'Das gibt es nicht mehr. Unter Aktivität bleiben die letzten 50.',
  'This has ended already, so there is nothing to cancel.': 'Das ist schon zu Ende, es gibt nichts abzubrechen.',
  'This is still under way. Wait for its end, or cancel it first.':
    'Das läuft noch. Warte, bis es zu Ende ist, oder brich es zuerst ab.',
  'Nothing of this failed, so there is nothing to try again.':
    'Davon ist nichts fehlgeschlagen, es gibt nichts noch einmal zu versuchen.',
  'Only the desktop app can ask where to save a file. In a browser, download it, or print the page and save that as PDF.':
    'Nur die Desktop-App kann fragen, wohin eine Datei soll. Lade sie im Browser herunter, oder drucke die Seite und speichere sie als PDF.',
  '“{name}” could not be written there. Is it open in another program, or the disk full? Choose another place.':
    '„{name}“ ließ sich dort nicht schreiben. Ist es in einem anderen Programm offen oder die Festplatte voll? Wähle einen anderen Ort.',
  'The page could not be drawn, so nothing was saved.':
    'Die Seite ließ sich nicht zeichnen, deshalb wurde nichts gespeichert.',
  'The run sheet could not be drawn in time, so nothing was saved. Try again, or print it and save that as PDF.':
    'Der Ablaufplan wurde nicht rechtzeitig fertig, deshalb wurde nichts gespeichert. Versuch es noch einmal, oder drucke ihn und speichere das als PDF.',
  'Display links need the studio server, and it does not run here. Start Hudson, then try again.':
    'Links für Displays brauchen den Studio-Server, und der läuft hier nicht. Starte Hudson und versuch es noch einmal.',
  'That screen is not connected to this computer. Check its cable, then choose it again.':
    'Dieser Bildschirm ist nicht mit diesem Computer verbunden. Prüf das Kabel und wähle ihn noch einmal.',
  'The address has to begin with https://. Plain http:// works on this computer only.':
    'Die Adresse muss mit https:// beginnen. http:// geht nur auf diesem Computer selbst.',
  'Invalid input': 'Passt nicht',
  'Too small: expected string to have >={count} characters': 'Zu kurz: mindestens {count} Zeichen',
  'Too big: expected string to have <={count} characters': 'Zu lang: höchstens {count} Zeichen',
  'Too small: expected number to be >={least}': 'Zu klein: mindestens {least}',
  'Too big: expected number to be <={most}': 'Zu groß: höchstens {most}',
  'Invalid URL': 'Das ist keine Adresse',
  'Nothing is lost.': 'Es ist nichts verloren.',
  'Test again in a minute.': 'Teste in einer Minute noch einmal.',
} as const
