/** The team's database: how things stand with it, and what is in the way. */
export const team = {
  'No team database is set up any more.': 'Es ist keine Team-Datenbank mehr eingerichtet.',
  'No team database is set up on this computer. Everything is saved here.':
    'Auf diesem Computer ist keine Team-Datenbank eingerichtet. Alles ist hier gespeichert.',
  'No team database is set up on this computer.': 'Auf diesem Computer ist keine Team-Datenbank eingerichtet.',
  'Paused on this computer.': 'Auf diesem Computer angehalten.',
  "Looking for the team's database.": 'Die Team-Datenbank wird gesucht.',
  '1 edit waits; nothing is lost.': '1 Änderung wartet; es ist nichts verloren.',
  '{count} edits wait; nothing is lost.': '{count} Änderungen warten; es ist nichts verloren.',
  '1 edit waits for the network; nothing is lost.': '1 Änderung wartet auf das Netz; es ist nichts verloren.',
  '{count} edits wait for the network; nothing is lost.':
    '{count} Änderungen warten auf das Netz; es ist nichts verloren.',
  '1 edit waits until you resume; nothing is lost.': '1 Änderung wartet, bis du fortsetzt; es ist nichts verloren.',
  '{count} edits wait until you resume; nothing is lost.':
    '{count} Änderungen warten, bis du fortsetzt; es ist nichts verloren.',
  'Others deleted 1 product or session at once. They are kept here until you say so.':
    'Andere haben 1 Produkt oder Session gelöscht. Hier bleibt es, bis du zustimmst.',
  'Others deleted {count} products or sessions at once. They are kept here until you say so.':
    'Andere haben {count} Produkte oder Sessions auf einmal gelöscht. Hier bleiben sie, bis du zustimmst.',
  '1 edit waits, and the oldest has not moved for {minutes} min although the team can be reached. Look at Diagnostics.':
    '1 Änderung wartet und bewegt sich seit {minutes} Min. nicht, obwohl das Team erreichbar ist. Sieh in der Diagnose nach.',
  '{count} edits wait, and the oldest has not moved for {minutes} min although the team can be reached. Look at Diagnostics.':
    '{count} Änderungen warten, und die älteste bewegt sich seit {minutes} Min. nicht, obwohl das Team erreichbar ist. Sieh in der Diagnose nach.',
  'The second copy of the edits that wait cannot be written. Is the disk full? The edits themselves are safe.':
    'Die zweite Kopie der wartenden Änderungen lässt sich nicht schreiben. Ist die Festplatte voll? Die Änderungen selbst sind sicher.',
  "This computer's clock is {minutes} min behind. Set it right: times that others see are off.":
    'Die Uhr dieses Computers geht {minutes} Min. nach. Stell sie richtig: Die Zeiten, die andere sehen, stimmen nicht.',
  "This computer's clock is {minutes} min ahead. Set it right: times that others see are off.":
    'Die Uhr dieses Computers geht {minutes} Min. vor. Stell sie richtig: Die Zeiten, die andere sehen, stimmen nicht.',
  '1 row of the team does not fit this version and is not shown. Update Hudson.':
    '1 Eintrag des Teams passt nicht zu dieser Version und wird nicht gezeigt. Aktualisiere Hudson.',
  '{count} rows of the team do not fit this version and are not shown. Update Hudson.':
    '{count} Einträge des Teams passen nicht zu dieser Version und werden nicht gezeigt. Aktualisiere Hudson.',
  "Conflicts are decided with the team's database. This one stays open until you are connected again.":
    'Konflikte werden mit der Team-Datenbank entschieden. Dieser bleibt offen, bis du wieder verbunden bist.',
  'Hudson is closing. What waits is sent at the next start.':
    'Hudson wird gerade geschlossen. Was wartet, geht beim nächsten Start raus.',
  'Your work goes on here; edits are kept on this computer and sent later.':
    'Hier kannst du weiterarbeiten; Änderungen bleiben auf diesem Computer und gehen später raus.',
  'The team database answers with an error.': 'Die Team-Datenbank antwortet mit einem Fehler.',
  'If this lasts, run Diagnostics and send its report to whoever looks after the database.':
    'Wenn das anhält, öffne die Diagnose und schick ihren Bericht an den, der die Datenbank betreut.',
  'The team\'s database is older than this Hudson. Whoever looks after it runs "hudson migrate"; your work is kept until then.':
    'Die Team-Datenbank ist älter als dieses Hudson. Wer sie betreut, führt „hudson migrate“ aus; deine Arbeit bleibt bis dahin erhalten.',
  'The file with the certificates to trust (settings, team.caFile) cannot be read. Choose it again, or take it out of the settings.':
    'Die Datei mit den vertrauten Zertifikaten (Einstellungen, team.caFile) lässt sich nicht lesen. Wähle sie noch einmal, oder nimm sie aus den Einstellungen.',
  'What came from the team could not be saved on this computer.':
    'Was vom Team kam, ließ sich auf diesem Computer nicht speichern.',
  'Look whether its disk is full.': 'Sieh nach, ob die Festplatte voll ist.',
  'The database plan has used up its allowance for this month, so the database is switched off.':
    'Der Tarif der Datenbank ist für diesen Monat aufgebraucht, deshalb ist sie abgeschaltet.',
  'Ask whoever looks after the database to raise the plan, or wait for the next month.':
    'Bitte den, der die Datenbank betreut, um einen größeren Tarif, oder warte auf den nächsten Monat.',
  'Too many programs use the team database at once.': 'Zu viele Programme nutzen die Team-Datenbank gleichzeitig.',
  'If this lasts, close Hudson where nobody needs it, or ask whoever looks after the database for more connections.':
    'Wenn das anhält, schließe Hudson, wo es niemand braucht, oder bitte den, der die Datenbank betreut, um mehr Verbindungen.',
  'There is no database at this address any more, or it was never right.':
    'An dieser Adresse gibt es keine Datenbank mehr, oder sie war nie richtig.',
  'Compare the database address with the one that whoever looks after the database gave you.':
    'Vergleiche die Adresse mit der, die du von dem bekommen hast, der die Datenbank betreut.',
  'The database has been switched off by hand.': 'Die Datenbank wurde von Hand abgeschaltet.',
  'Ask whoever looks after the database to switch it on again.':
    'Bitte den, der die Datenbank betreut, sie wieder einzuschalten.',
  'The database cannot be found by a number.': 'Über eine Nummer lässt sich die Datenbank nicht finden.',
  'Write the host in the database address as the name that Neon shows, not as an IP address.':
    'Schreib den Host in der Adresse als den Namen, den Neon zeigt, nicht als IP-Adresse.',
  'The database does not let this computer in from where it is now.':
    'Die Datenbank lässt diesen Computer von da, wo er gerade ist, nicht herein.',
  'Ask whoever looks after the database to allow your internet address, or use the network that is allowed.':
    'Bitte den, der die Datenbank betreut, deine Internetadresse zu erlauben, oder nutze das erlaubte Netz.',
  'What stands before the database (a pooler) refuses a setting of the connection.':
    'Was vor der Datenbank steht (ein Pooler), lehnt eine Einstellung der Verbindung ab.',
  'Use the direct address of the database.': 'Nimm die direkte Adresse der Datenbank.',
  'The server has no database of this name.': 'Der Server hat keine Datenbank mit diesem Namen.',
  'Compare the name at the end of the database address with the one that whoever looks after the database gave you.':
    'Vergleiche den Namen am Ende der Adresse mit dem, den du von dem bekommen hast, der die Datenbank betreut.',
  'This is a read-only copy of the database: nothing can be saved in it.':
    'Das ist eine Kopie der Datenbank nur zum Lesen: Darin lässt sich nichts speichern.',
  'Use the address of the main database.': 'Nimm die Adresse der Hauptdatenbank.',
  'The team database is waking up.': 'Die Team-Datenbank wacht gerade auf.',
  'This takes a moment; there is nothing to do.': 'Das dauert einen Moment; du musst nichts tun.',
  'The database offers no encrypted connection, and without one Hudson sends nothing over a network.':
    'Die Datenbank bietet keine verschlüsselte Verbindung, und ohne die sendet Hudson nichts über ein Netz.',
  'Ask whoever looks after the database to switch TLS on.': 'Bitte den, der die Datenbank betreut, TLS einzuschalten.',
  "The database's certificate is not valid today.": 'Das Zertifikat der Datenbank gilt heute nicht.',
  'Check the date and time of this computer first; if they are right, ask whoever looks after the database to renew the certificate.':
    'Prüf zuerst Datum und Uhrzeit dieses Computers; stimmen sie, bitte den, der die Datenbank betreut, das Zertifikat zu erneuern.',
  "The database's certificate is for another host name, so this may not be your database.":
    'Das Zertifikat der Datenbank gilt für einen anderen Hostnamen; vielleicht ist das nicht eure Datenbank.',
  'Compare the host in the database address with the one that whoever looks after the database gave you.':
    'Vergleiche den Host in der Adresse mit dem, den du von dem bekommen hast, der die Datenbank betreut.',
  'The database speaks only an older kind of encryption (before TLS 1.3).':
    'Die Datenbank kann nur eine ältere Verschlüsselung (vor TLS 1.3).',
  'Ask whoever looks after the database to update it. Until then, TLS 1.2 can be allowed.':
    'Bitte den, der die Datenbank betreut, sie zu aktualisieren. Bis dahin lässt sich TLS 1.2 erlauben.',
  "The database's certificate cannot be trusted: something between here and the database reads along, or the server made its certificate itself.":
    'Dem Zertifikat der Datenbank ist nicht zu trauen: Unterwegs liest etwas mit, oder der Server hat es selbst ausgestellt.',
  'If a company network or a virus scanner is in between, ask who runs it to leave the database out. If the server has a CA of its own, name its CA file.':
    'Ist ein Firmennetz oder ein Virenscanner dazwischen, lass die Datenbank dort ausnehmen. Hat der Server eine eigene CA, gib ihre CA-Datei an.',
  'The database does not accept the user name or the password.':
    'Die Datenbank nimmt den Benutzernamen oder das Passwort nicht an.',
  'Enter the database address again, as whoever looks after the database gave it to you.':
    'Gib die Adresse noch einmal ein, so wie du sie von dem bekommen hast, der die Datenbank betreut.',
  'The team database has been updated for a newer Hudson.':
    'Die Team-Datenbank wurde für ein neueres Hudson aktualisiert.',
  'Update Hudson on this computer; then everything is sent.':
    'Aktualisiere Hudson auf diesem Computer; dann geht alles raus.',
  'This is the database of another team.': 'Das ist die Datenbank eines anderen Teams.',
  'Enter the address of your own team, or start with another data folder.':
    'Gib die Adresse deines eigenen Teams ein, oder starte mit einem anderen Datenordner.',
  'The database is not set up for this version of Hudson.':
    'Die Datenbank ist für diese Version von Hudson nicht eingerichtet.',
  'Ask whoever looks after the database to run "hudson migrate" on it.':
    'Bitte den, der die Datenbank betreut, „hudson migrate“ darauf auszuführen.',
  'This login may not do what Hudson needs in the database.':
    'Dieser Zugang darf in der Datenbank nicht, was Hudson braucht.',
  'Ask whoever looks after the database for a login made with "hudson migrate --create-login".':
    'Bitte den, der die Datenbank betreut, um einen Zugang aus „hudson migrate --create-login“.',
  'Somebody else changed the same thing at the same moment.': 'Jemand anders hat im selben Moment dasselbe geändert.',
  'Hudson tries again at once.': 'Hudson versucht es sofort wieder.',
  'The team database has closed the connection, as it does when it falls asleep or restarts.':
    'Die Team-Datenbank hat die Verbindung geschlossen, wie sie es beim Einschlafen oder Neustart tut.',
  'Hudson connects again at once.': 'Hudson verbindet sich sofort wieder.',
  'Another program keeps the team database busy.': 'Ein anderes Programm beschäftigt die Team-Datenbank.',
  'Hudson tries again.': 'Hudson versucht es wieder.',
  'If this lasts, ask whoever looks after the database who has left something open in it.':
    'Wenn das anhält, frag den, der die Datenbank betreut, wer darin etwas offen gelassen hat.',
  'The team database is full.': 'Die Team-Datenbank ist voll.',
  'Ask whoever looks after the database to give it more room.':
    'Bitte den, der die Datenbank betreut, ihr mehr Platz zu geben.',
  'There is no internet connection, or the host in the database address is wrong.':
    'Es gibt keine Internetverbindung, oder der Host in der Adresse ist falsch.',
  'Check the network; if other pages open, check the database address.':
    'Prüf das Netz; gehen andere Seiten auf, prüf die Adresse der Datenbank.',
  'The team database cannot be reached.': 'Die Team-Datenbank ist nicht erreichbar.',
  'Check the network.': 'Prüf das Netz.',
  'The database address cannot be used: {...why}': 'Die Adresse der Datenbank ist nicht verwendbar: {why}',
  'it names no database.': 'Sie nennt keine Datenbank.',
  'it names no user.': 'Sie nennt keinen Benutzer.',
  'it has no password.': 'Ihr fehlt das Passwort.',
  'it names no host.': 'Sie nennt keinen Host.',
  'It looks like postgresql://USER:PASSWORD@HOST/DATABASE.':
    'Sie sieht so aus: postgresql://USER:PASSWORD@HOST/DATABASE.',
  'it cannot be read. It looks like {example}; in the password, write @ as %40, / as %2F, # as %23, % as %25.':
    'Sie lässt sich nicht lesen. Sie sieht so aus: {example}; schreib im Passwort @ als %40, / als %2F, # als %23, % als %25.',
  'it starts with "{protocol}".': 'Sie beginnt mit „{protocol}“.',
  'A PostgreSQL address starts with "postgresql:".': 'Eine PostgreSQL-Adresse beginnt mit „postgresql:“.',
  'it contains a "#". In the password, write # as %23.': 'Sie enthält ein „#“. Schreib im Passwort # als %23.',
  'its host is no name and no IP address. A path of a socket or a list of hosts cannot be used.':
    'Ihr Host ist weder ein Name noch eine IP-Adresse. Der Pfad eines Sockets oder eine Liste von Hosts geht nicht.',
  'it sets "{name}" after the "?". Remove that part.': 'Sie setzt „{name}“ hinter dem „?“. Nimm diesen Teil heraus.',
  'its "sslmode" is unknown. Write sslmode=verify-full, or leave it out.':
    'Ihr „sslmode“ ist unbekannt. Schreib sslmode=verify-full, oder lass ihn weg.',
  "sslmode={mode} would send the team's work over the network without checking who reads it. Write sslmode=verify-full, or leave it out. For a server with a certificate of its own, name its CA file.":
    'sslmode={mode} würde die Arbeit des Teams übers Netz schicken, ohne zu prüfen, wer mitliest. Schreib sslmode=verify-full, oder lass ihn weg. Für einen Server mit eigenem Zertifikat gib seine CA-Datei an.',
  'The CA file holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----").':
    'In der CA-Datei steht kein Zertifikat in PEM-Form („-----BEGIN CERTIFICATE-----“).',
  'its {...name} has a "%" that stands for nothing. Write % as %25.':
    'In {name} steht ein „%“, das nichts bedeutet. Schreib % als %25.',
  'database name': 'Datenbankname',
  'user name': 'Benutzername',
  password: 'Passwort',
  'The database answers, and is not set up for Hudson yet.':
    'Die Datenbank antwortet und ist noch nicht für Hudson eingerichtet.',
  "This login may not use Hudson's functions.": 'Dieser Zugang darf die Funktionen von Hudson nicht benutzen.',
  'Ask whoever looks after the database for one made by "hudson migrate --create-login".':
    'Bitte den, der die Datenbank betreut, um einen aus „hudson migrate --create-login“.',
  'The database was set up by an older Hudson.': 'Die Datenbank wurde von einem älteren Hudson eingerichtet.',
  'Ask whoever looks after the database to run "hudson migrate" on it again.':
    'Bitte den, der die Datenbank betreut, „hudson migrate“ noch einmal darauf auszuführen.',
  'PostgreSQL {version}, reached in {ms} ms, ready for the team.':
    'PostgreSQL {version}, in {ms} ms erreicht, bereit für das Team.',
  'Close Hudson where nobody needs it, or ask whoever looks after the database for more connections; then try again.':
    'Schließe Hudson, wo es niemand braucht, oder bitte den, der die Datenbank betreut, um mehr Verbindungen; versuch es dann noch einmal.',
  'It takes longer than usual: try again in a minute.':
    'Es dauert länger als sonst: Versuch es in einer Minute noch einmal.',
  'Try again in a minute. If this lasts, ask whoever looks after the database who has left something open in it.':
    'Versuch es in einer Minute noch einmal. Wenn das anhält, frag den, der die Datenbank betreut, wer darin etwas offen gelassen hat.',
  'Its computer answers, and no database at this port: compare host and port with those that whoever looks after the database gave you.':
    'Der Rechner antwortet, aber an diesem Port keine Datenbank: Vergleiche Host und Port mit denen, die du von dem bekommen hast, der die Datenbank betreut.',
  'Check the network and the host in the database address, then try again.':
    'Prüf das Netz und den Host in der Adresse, und versuch es dann noch einmal.',
} as const
