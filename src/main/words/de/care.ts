/** Backups, repair, secrets, diagnostics and updates. */
export const care = {
  'A backup needs a whole path.': 'Eine Sicherung braucht einen ganzen Pfad.',
  'is not a whole path': 'ist kein ganzer Pfad',
  'There is a file of that name already. Nothing was written. Choose another name.':
    'Eine Datei mit diesem Namen gibt es schon. Nichts wurde geschrieben. Wähle einen anderen Namen.',
  'The folder for the backup is not there.': 'Der Ordner für die Sicherung ist nicht da.',
  'Name one backup: by its id, or by the path of its file.': 'Nenne eine Sicherung: ihre Id oder den Pfad ihrer Datei.',
  'There is no such backup.': 'Diese Sicherung gibt es nicht.',
  'A session is live or in rehearsal, and a restore could change what the host reads. Nothing was changed. End it first, then restore.':
    'Eine Session ist live oder in der Probe, und ein Wiederherstellen könnte ändern, was der Host liest. Nichts wurde geändert. Beende sie zuerst.',
  'This file is no backup of Hudson. Nothing was changed. Choose another file.':
    'Diese Datei ist keine Sicherung von Hudson. Nichts wurde geändert. Wähle eine andere.',
  'This backup is damaged. Nothing was changed. Choose another one.':
    'Diese Sicherung ist beschädigt. Nichts wurde geändert. Wähle eine andere.',
  'This backup was made by a newer version of Hudson. Nothing was changed. Install that version, then restore it.':
    'Diese Sicherung stammt von einer neueren Version von Hudson. Nichts wurde geändert. Installiere sie und stelle dann wieder her.',
  'Everything in the backup is here as it was. Restoring would change nothing.':
    'Alles aus der Sicherung ist hier, wie es war. Wiederherstellen würde nichts ändern.',
  '1 {...kind} comes back: {names}': '1 {kind} kommt zurück: {names}',
  '{count} {...kind} come back: {names}': '{count} {kind} kommen zurück: {names}',
  '1 {...kind} goes back to what it was: {names}': '1 {kind} wird wieder wie vorher: {names}',
  '{count} {...kind} go back to what they were: {names}': '{count} {kind} werden wieder wie vorher: {names}',
  '1 {...kind} was made since, and stays: {names}': '1 {kind} kam seither dazu und bleibt: {names}',
  '{count} {...kind} were made since, and stay: {names}': '{count} {kind} kamen seither dazu und bleiben: {names}',
  brand: 'Marke',
  brands: 'Marken',
  product: 'Produkt',
  products: 'Produkte',
  variant: 'Variante',
  variants: 'Varianten',
  picture: 'Bild',
  pictures: 'Bilder',
  session: 'Session',
  sessions: 'Sessions',
  'line-up item': 'Position',
  'line-up items': 'Positionen',
  'version of talking points': 'Fassung der Stichpunkte',
  'versions of talking points': 'Fassungen der Stichpunkte',
  'message preset': 'Vorlage',
  'message presets': 'Vorlagen',

  'The data of Hudson on this computer was damaged. It was repaired when Hudson started.':
    'Die Daten von Hudson auf diesem Computer waren beschädigt. Sie wurden beim Start repariert.',
  '1 row was read from it and is here.': '1 Eintrag ließ sich daraus lesen und ist hier.',
  '{count} rows were read from it and are here.': '{count} Einträge ließen sich daraus lesen und sind hier.',
  '1 row came back from the backup {backup}.': '1 Eintrag kam aus der Sicherung {backup} zurück.',
  '{count} rows came back from the backup {backup}.': '{count} Einträge kamen aus der Sicherung {backup} zurück.',
  'In 1 row a damaged value was replaced; look at them once.':
    'In 1 Eintrag wurde ein beschädigter Wert ersetzt; sieh ihn dir einmal an.',
  'In {count} rows a damaged value was replaced; look at them once.':
    'In {count} Einträgen wurde ein beschädigter Wert ersetzt; sieh sie dir einmal an.',
  'What has lost the product or session that it belongs to now stands under "Recovered …" ({count}).':
    'Was sein Produkt oder seine Session verloren hat, steht jetzt unter „Recovered …“ ({count}).',
  'The damaged files are kept in the folder quarantine/{folder}; nothing was deleted.':
    'Die beschädigten Dateien liegen im Ordner quarantine/{folder}; nichts wurde gelöscht.',
  'Some of the edits that wait on this computer were damaged, and were repaired.':
    'Einige der Änderungen, die auf diesem Computer warten, waren beschädigt und wurden repariert.',
  "A part of Hudson's data on this computer is damaged. What you saved is kept.":
    'Ein Teil der Daten von Hudson auf diesem Computer ist beschädigt. Was du gespeichert hast, bleibt.',
  'End Hudson and start it again, after the show if one is on: it then repairs what it can, and tells you what it found.':
    'Beende Hudson und starte es neu, nach der Show, falls eine läuft: Dann repariert es, was geht, und sagt dir, was es gefunden hat.',
  '1 edit that waits for the team: safe, and sent as before.':
    '1 Änderung, die auf das Team wartet: sicher, und sie geht raus wie vorgesehen.',
  '{count} edits that wait for the team: safe, and sent as before.':
    '{count} Änderungen, die auf das Team warten: sicher, und sie gehen raus wie vorgesehen.',
  '1 edit could not be read any more. Look through what you changed last before this start.':
    '1 Änderung ließ sich nicht mehr lesen. Sieh durch, was du vor diesem Start zuletzt geändert hast.',
  '{count} edits could not be read any more. Look through what you changed last before this start.':
    '{count} Änderungen ließen sich nicht mehr lesen. Sieh durch, was du vor diesem Start zuletzt geändert hast.',
  "What is missing here comes from the team's database as soon as it is reached; until then lists may be short.":
    'Was hier fehlt, kommt aus der Team-Datenbank, sobald sie erreichbar ist; bis dahin können Listen kürzer sein.',
  'A part of the data may be missing. Compare with what you remember; a backup may have more.':
    'Ein Teil der Daten kann fehlen. Vergleiche mit dem, was du noch weißt; eine Sicherung hat vielleicht mehr.',
  "Everything else was read, and is checked against the team's database as soon as it is reached.":
    'Alles andere wurde gelesen und wird mit der Team-Datenbank verglichen, sobald sie erreichbar ist.',

  "This computer's keychain does not give back what is put into it.":
    'Der Schlüsselbund dieses Computers gibt nicht heraus, was hineinkommt.',
  "This computer's keychain cannot be used: it is locked, or there is none. Unlock it, or install one (on Linux: GNOME Keyring or KWallet).":
    'Der Schlüsselbund dieses Computers ist nicht verwendbar: Er ist gesperrt, oder es gibt keinen. Entsperre ihn oder installiere einen (unter Linux: GNOME Keyring oder KWallet).',
  'The passphrase (HUDSON_SECRETS_PASSPHRASE) does not open the stored secrets. They are unchanged: start Hudson with the one that they were stored with.':
    'Die Passphrase (HUDSON_SECRETS_PASSPHRASE) öffnet die gespeicherten Zugangsdaten nicht. Sie sind unverändert: Starte Hudson mit der, mit der sie gespeichert wurden.',
  'The file of stored secrets (secrets/{file}) cannot be read. Nothing in it was changed.':
    'Die Datei mit den Zugangsdaten (secrets/{file}) lässt sich nicht lesen. Nichts darin wurde geändert.',
  'The key of this computer is not available.': 'Der Schlüssel dieses Computers ist nicht verfügbar.',
  'What this computer encrypts it does not decrypt again.':
    'Was dieser Computer verschlüsselt, entschlüsselt er nicht wieder.',
  'The key of this computer is not available: its keychain is locked.':
    'Der Schlüssel dieses Computers ist nicht verfügbar: Sein Schlüsselbund ist gesperrt.',
  'No keyring of this desktop could be used, so stored secrets would lie open. Install and unlock one (GNOME Keyring or KWallet), or start Hudson with HUDSON_SECRETS_PASSPHRASE.':
    'Kein Schlüsselbund dieses Desktops war verwendbar, Zugangsdaten lägen also offen. Installiere und entsperre einen (GNOME Keyring oder KWallet), oder starte Hudson mit HUDSON_SECRETS_PASSPHRASE.',
  'Until then it is kept in {...place}.': 'Bis dahin liegt es hier: {place}.',
  'It is kept in {...place}, which cannot be reached now. Nothing was removed; try again once it can.':
    'Es liegt hier, gerade nicht erreichbar: {place}. Nichts wurde entfernt; versuch es noch einmal, wenn es geht.',
  'It is kept in {...place}.': 'Es liegt hier: {place}.',
  'Nothing was removed.': 'Nichts wurde entfernt.',
  'It is no longer in {...place}, where it was put. Enter it again.':
    'Es ist nicht mehr da, wo es lag ({place}). Gib es noch einmal ein.',
  'It cannot be read from {...place} now. Nothing was removed; try again after a restart.':
    'Es lässt sich gerade nicht lesen ({place}). Nichts wurde entfernt; versuch es nach einem Neustart noch einmal.',
  'Nothing here can keep secrets.': 'Hier kann nichts Zugangsdaten aufbewahren.',
  'It was stored by the desktop app, or with a passphrase.':
    'Es wurde von der Desktop-App oder mit einer Passphrase gespeichert.',
  "the desktop app's own store": 'eigene Ablage der Desktop-App',
  "this computer's keychain": 'Schlüsselbund dieses Computers',
  'a file that a passphrase opens': 'Datei, die eine Passphrase öffnet',
  'memory, until Hudson is closed': 'Arbeitsspeicher, bis Hudson geschlossen wird',

  'No answer within 20 seconds.': 'Keine Antwort innerhalb von 20 Sekunden.',
  'This could not be looked at; the log has the reason.': 'Das ließ sich nicht prüfen; der Grund steht im Protokoll.',
  'Every page of the local database is sound.': 'Jede Seite der lokalen Datenbank ist in Ordnung.',
  'The local database is damaged. Close Hudson and start it again: it repairs itself and says what it did.':
    'Die lokale Datenbank ist beschädigt. Schließe Hudson und starte es neu: Es repariert sich und sagt, was es getan hat.',
  '{ready} here, {waiting} on their way, {failed} failed.':
    '{ready} hier, {waiting} unterwegs, {failed} fehlgeschlagen.',
  'The products say why.': 'Warum, steht bei den Produkten.',
  'What is kept can be read.': 'Was aufbewahrt wird, lässt sich lesen.',
  'Nothing failed lately.': 'Zuletzt ist nichts fehlgeschlagen.',
  '{count} failed. Activity says which, and tries them again.':
    '{count} fehlgeschlagen. Unter Aktivität steht, welche; dort lassen sie sich noch einmal versuchen.',
  'This copy does not update itself.': 'Diese Kopie aktualisiert sich nicht selbst.',
  'The last look for a newer version failed.': 'Die letzte Suche nach einer neueren Version ist fehlgeschlagen.',
  'Ready.': 'Bereit.',
  'On this computer only; no team is set up.': 'Nur auf diesem Computer; kein Team ist eingerichtet.',
  'Sharing is paused. Everything is saved here.': 'Teilen ist angehalten. Alles ist hier gespeichert.',
  'The team cannot be reached.': 'Das Team ist nicht erreichbar.',
  'Reached in {ms} ms, schema {schema}, {count} edits wait.':
    'In {ms} ms erreicht, Schema {schema}, {count} Änderungen warten.',
  'Nobody to compare it with: the team was not reached yet.':
    'Nichts zum Vergleichen: Das Team war noch nicht erreichbar.',
  'It agrees with the team.': 'Sie stimmt mit der des Teams überein.',
  "This computer's clock is {seconds} seconds behind.": 'Die Uhr dieses Computers geht {seconds} Sekunden nach.',
  "This computer's clock is {seconds} seconds ahead.": 'Die Uhr dieses Computers geht {seconds} Sekunden vor.',
  "Turn on automatic time in the system's settings.":
    'Schalte in den Systemeinstellungen die automatische Uhrzeit ein.',
  'There is no backup yet; the first one is made by itself.':
    'Es gibt noch keine Sicherung; die erste kommt von selbst.',
  '{count} kept, the newest from {time} UTC.': '{count} vorhanden, die neueste von {time} UTC.',
  'Leave Hudson open for a while, or make one in Settings.':
    'Lass Hudson eine Weile offen, oder mach eine in den Einstellungen.',
  'No shop is set up.': 'Es ist kein Shop eingerichtet.',
  'No model is set up.': 'Es ist kein Modell eingerichtet.',
  '{size} GB free where Hudson keeps its data.': '{size} GB frei, wo Hudson seine Daten hat.',
  'Make room before the next show: nothing can be saved on a full disk.':
    'Schaff vor der nächsten Show Platz: Auf einer vollen Festplatte lässt sich nichts speichern.',
  'Make room soon.': 'Schaff bald Platz.',

  'This Hudson does not run from an installed package, so it cannot update itself. Install a new version by hand.':
    'Dieses Hudson läuft nicht aus einem installierten Paket und kann sich deshalb nicht selbst aktualisieren. Installiere eine neue Version von Hand.',
  'It is for another program.': 'Es ist für ein anderes Programm.',
  'It is for the channel “{channel}”.': 'Es ist für den Kanal „{channel}“.',
  'It is for another kind of computer.': 'Es ist für eine andere Art von Computer.',
  'It is out of date. If this goes on, check the clock of this computer.':
    'Es ist veraltet. Bleibt das so, prüf die Uhr dieses Computers.',
  'It is from the future. Check the clock of this computer.': 'Es ist aus der Zukunft. Prüf die Uhr dieses Computers.',
  'It is older than one that was seen before.': 'Es ist älter als eines, das schon da war.',
  'Version {version} does not come as the kind of package that is installed here.':
    'Version {version} gibt es nicht in der Art von Paket, die hier installiert ist.',
  'Version {version} cannot read the data of {installed}. You stay on {installed} until a newer one is there.':
    'Version {version} kann die Daten von {installed} nicht lesen. Du bleibst bei {installed}, bis es eine neuere gibt.',
  'Version {version} cannot be installed over {installed}. Install {first} first, from the website.':
    'Version {version} lässt sich nicht über {installed} installieren. Installiere zuerst {first} von der Website.',
  'You stay on {installed} until {until} is there. The newest stable version is {version}.':
    'Du bleibst bei {installed}, bis {until} da ist. Die neueste stabile Version ist {version}.',
  'The update was refused.': 'Das Update wurde abgelehnt.',
  'Nothing was downloaded or installed.': 'Nichts wurde heruntergeladen oder installiert.',
  'It is no manifest of Hudson.': 'Es ist kein Manifest von Hudson.',
  'It is not signed by Hudson’s makers.': 'Es ist nicht von den Machern von Hudson signiert.',
  'Its manifest cannot be read ({why}).': 'Sein Manifest lässt sich nicht lesen ({why}).',
  'The package of the earlier version was changed, so it is not used.':
    'Das Paket der älteren Version wurde verändert, deshalb wird es nicht verwendet.',
  '“{name}” is live. Nothing is installed before it has ended.':
    '„{name}“ ist live. Vor dem Ende wird nichts installiert.',
  '“{name}” is in rehearsal. Nothing is installed before it has ended.':
    '„{name}“ wird geprobt. Vor dem Ende wird nichts installiert.',
  '“{name}” begins within two hours. Nothing is installed before it.':
    '„{name}“ beginnt in weniger als zwei Stunden. Davor wird nichts installiert.',
  'The disk is full. Nothing was installed. Make room, then try again.':
    'Die Festplatte ist voll. Nichts wurde installiert. Schaff Platz und versuch es noch einmal.',
  'The update came damaged, and was thrown away.': 'Das Update kam beschädigt an und wurde verworfen.',
  'Nothing was installed.': 'Nichts wurde installiert.',
  'There is no update to be found for this computer.': 'Für diesen Computer ist kein Update zu finden.',
  'The place that updates come from cannot be reached: {...why}. It is tried again later.':
    'Der Ort, von dem Updates kommen, ist nicht erreichbar: {why}. Später wird es wieder versucht.',
  'The place that updates come from cannot be used: {...why}. Nothing was installed.':
    'Der Ort, von dem Updates kommen, ist nicht verwendbar: {why}. Nichts wurde installiert.',
  'it stopped answering': 'er antwortet nicht mehr',
  'the connection broke': 'die Verbindung ist abgebrochen',
  'it leads to an address that cannot be read': 'er führt zu einer Adresse, die sich nicht lesen lässt',
  'it leads to an address without encryption': 'er führt zu einer Adresse ohne Verschlüsselung',
  'it leads on and on': 'er führt immer weiter',
  'it answered with {status}': 'er hat mit {status} geantwortet',
  'its address is not encrypted': 'seine Adresse ist nicht verschlüsselt',
  'The update is larger than it may be. It was refused, and nothing was installed.':
    'Das Update ist größer, als es sein darf. Es wurde abgelehnt, nichts wurde installiert.',
  'The update could not be installed.': 'Das Update ließ sich nicht installieren.',
  'There is no update to install. Look for one first.': 'Es gibt kein Update zu installieren. Such zuerst danach.',
  'An update is being looked for or fetched already.': 'Es wird schon nach einem Update gesucht oder eines geholt.',
  'Something went wrong with the update.': 'Beim Update ist etwas schiefgegangen.',
  'The package was changed after it had been checked. It was thrown away, and nothing was installed.':
    'Das Paket wurde nach der Prüfung verändert. Es wurde verworfen, nichts wurde installiert.',
  'No earlier version is kept here.': 'Hier ist keine ältere Version aufgehoben.',
  'Version {version} may not be taken back to {earlier}.': 'Von Version {version} geht es nicht zu {earlier} zurück.',
  'The package of {version} is gone.': 'Das Paket von {version} ist weg.',
  'Version {earlier} cannot read the data of {version}, and the backup from before is gone.':
    'Version {earlier} kann die Daten von {version} nicht lesen, und die Sicherung von davor ist weg.',
  'The disk is full: nothing is saved. Free some space; Hudson goes on by itself.':
    'Die Festplatte ist voll: Nichts wird gespeichert. Schaff Platz; Hudson macht von selbst weiter.',
  'Hudson may not write to its data folder: nothing is saved. Check its permissions and that its disk is not write-protected.':
    'Hudson darf nicht in seinen Datenordner schreiben: Nichts wird gespeichert. Prüf die Rechte, und ob die Festplatte schreibgeschützt ist.',
  'The disk cannot be written: nothing is saved. Check that it is connected and healthy.':
    'Die Festplatte lässt sich nicht beschreiben: Nichts wird gespeichert. Prüf, ob sie verbunden und in Ordnung ist.',
  'The installation of Hudson is corrupted: a part of it is missing, or belongs to another system. Your data is safe and was not touched. Install Hudson again; it goes on where it was. The log says more: {path}':
    'Die Installation von Hudson ist beschädigt: Ein Teil fehlt oder gehört zu einem anderen System. Deine Daten sind sicher und unberührt. Installiere Hudson neu; es geht da weiter, wo es war. Im Protokoll steht mehr: {path}',
  'The part of Hudson that speaks with the keychain is missing or belongs to another system. Install Hudson again.':
    'Der Teil von Hudson, der mit dem Schlüsselbund spricht, fehlt oder gehört zu einem anderen System. Installiere Hudson neu.',
  'The file needs a whole path.': 'Die Datei braucht einen ganzen Pfad.',
  'There is a file of this name already. Nothing was changed; choose another place.':
    'Eine Datei mit diesem Namen gibt es schon. Nichts wurde geändert; wähle einen anderen Ort.',
  'The file could not be written there. Nothing was changed; choose another place.':
    'Die Datei ließ sich dort nicht schreiben. Nichts wurde geändert; wähle einen anderen Ort.',
} as const
