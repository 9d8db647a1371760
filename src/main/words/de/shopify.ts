/** The shop: its access, its answers and what is taken over from it. */
export const shopify = {
  'Type the name of your shop, for example mystore.myshopify.com.':
    'Gib den Namen deines Shops ein, zum Beispiel mystore.myshopify.com.',
  '"{text}" is not the name of a shop. It looks like mystore.myshopify.com.':
    '„{text}“ ist kein Name eines Shops. Er sieht so aus: mystore.myshopify.com.',
  "{host} is a domain of the shop's own. Hudson needs the name that ends in .myshopify.com: in Shopify, open Settings, then Domains.":
    '{host} ist eine eigene Domain des Shops. Hudson braucht den Namen, der auf .myshopify.com endet: in Shopify unter Einstellungen, Domains.',
  'What Shopify answered to the client id and secret cannot be read.':
    'Was Shopify auf Client-Id und Client-Secret geantwortet hat, lässt sich nicht lesen.',
  'The app may not read products. In its settings at Shopify, add the scope read_products, release it and install it on the shop again.':
    'Die App darf keine Produkte lesen. Füge in ihren Einstellungen bei Shopify das Recht read_products hinzu, veröffentliche sie und installiere sie im Shop neu.',
  'Shopify did not answer within 30 seconds.': 'Shopify hat 30 Sekunden lang nicht geantwortet.',
  'Shopify cannot be reached, or the connection broke off.':
    'Shopify ist nicht erreichbar, oder die Verbindung ist abgebrochen.',
  'Check the internet connection; Hudson tries again by itself.':
    'Prüf die Internetverbindung; Hudson versucht es von selbst wieder.',
  'An answer of Shopify was larger than 32 MB.': 'Eine Antwort von Shopify war größer als 32 MB.',
  'What came in place of an answer of Shopify cannot be read: it was cut off, or something between us (a sign-in page of the network?) answered instead.':
    'Was statt einer Antwort von Shopify kam, lässt sich nicht lesen: Es war abgeschnitten, oder etwas dazwischen hat geantwortet (eine Anmeldeseite des Netzes?).',
  'Shopify answered in a form that Hudson does not know.':
    'Shopify hat in einer Form geantwortet, die Hudson nicht kennt.',
  'Shopify answered in a form that this version of Hudson does not know.':
    'Shopify hat in einer Form geantwortet, die diese Version von Hudson nicht kennt.',
  'Shopify answered without saying anything.': 'Shopify hat geantwortet, ohne etwas zu sagen.',
  'Shopify asks us to slow down.': 'Shopify bittet uns, langsamer zu machen.',
  'Shopify asks us to slow down; about {seconds} s': 'Shopify bittet uns, langsamer zu machen; etwa {seconds} s',
  'Shopify did not answer; another try in {seconds} s': 'Shopify hat nicht geantwortet; neuer Versuch in {seconds} s',
  'Another desktop has taken over the sync with Shopify meanwhile.':
    'Ein anderer Computer hat den Abgleich mit Shopify inzwischen übernommen.',
  '{device} brings the changes from Shopify for the team right now. They arrive here by themselves.':
    '{device} holt gerade die Änderungen aus Shopify für das Team. Sie kommen hier von selbst an.',
  'Type the name of the shop, and either an access token or a client id with its secret.':
    'Gib den Namen des Shops ein und dazu ein Zugriffstoken oder eine Client-Id mit Client-Secret.',
  'Shopify did not answer within 20 seconds. Check the internet connection, and try again.':
    'Shopify hat 20 Sekunden lang nicht geantwortet. Prüf die Internetverbindung und versuch es noch einmal.',
  'This shop answers in a form that Hudson does not know.':
    'Dieser Shop antwortet in einer Form, die Hudson nicht kennt.',
  '{shop} answers, but the access does not include reading products. Add the scope read_products to your app, release it and install it again.':
    '{shop} antwortet, aber der Zugang darf keine Produkte lesen. Füge deiner App das Recht read_products hinzu, veröffentliche sie und installiere sie neu.',
  '{shop}: 1 product, prices in {currency}.': '{shop}: 1 Produkt, Preise in {currency}.',
  '{shop}: {count} products, prices in {currency}.': '{shop}: {count} Produkte, Preise in {currency}.',
  '{shop}: at least {count} products, prices in {currency}.':
    '{shop}: mindestens {count} Produkte, Preise in {currency}.',
  'It answers as version {version}; Hudson was made for {own}.':
    'Er antwortet als Version {version}; Hudson ist für {own} gemacht.',
  'The shop sends us to another address. Its name may have changed: look for the one that ends in .myshopify.com in Shopify, under Settings, Domains.':
    'Der Shop schickt uns zu einer anderen Adresse. Vielleicht hat sich sein Name geändert: Such in Shopify unter Einstellungen, Domains den, der auf .myshopify.com endet.',
  'Shopify did not answer in time.': 'Shopify hat nicht rechtzeitig geantwortet.',
  'Shopify has a problem of its own right now ({status}).': 'Shopify hat gerade selbst ein Problem ({status}).',
  'Nothing is lost; Hudson tries again by itself.': 'Es ist nichts verloren; Hudson versucht es von selbst wieder.',
  'Shopify refused the request ({status}).': 'Shopify hat die Anfrage abgelehnt ({status}).',
  'Shopify does not accept the access that it just gave us. Check the client id and secret, and that the app is still installed on the shop.':
    'Shopify nimmt den Zugang nicht an, den es uns gerade gegeben hat. Prüf Client-Id und Client-Secret, und ob die App noch im Shop installiert ist.',
  'Shopify does not know this access token. A client id or secret does not work in its place. Copy the token again, or use the client id and secret of your app.':
    'Shopify kennt dieses Zugriffstoken nicht. Client-Id oder Client-Secret gehen nicht an seiner Stelle. Kopiere das Token noch einmal, oder nimm Client-Id und Client-Secret deiner App.',
  'The shop is frozen because of an unpaid bill. Its owner has to settle it with Shopify.':
    'Der Shop ist wegen einer offenen Rechnung eingefroren. Sein Inhaber muss das mit Shopify klären.',
  'Shopify does not let this app read the shop any more. Make a new app for it (dev.shopify.com), and use its client id and secret.':
    'Shopify lässt diese App den Shop nicht mehr lesen. Leg eine neue App an (dev.shopify.com) und nimm ihre Client-Id und ihr Client-Secret.',
  'There is no shop of this name. Compare it with the one in the address of your Shopify admin.':
    'Einen Shop mit diesem Namen gibt es nicht. Vergleiche ihn mit dem in der Adresse deiner Shopify-Verwaltung.',
  'Shopify has locked this shop. Its owner has to ask Shopify why.':
    'Shopify hat diesen Shop gesperrt. Sein Inhaber muss bei Shopify nachfragen.',
  'Shopify took the request for an attack and refused it. Wait a while; if it lasts, try from another network.':
    'Shopify hielt die Anfrage für einen Angriff und hat sie abgelehnt. Warte eine Weile; hält es an, versuch es aus einem anderen Netz.',
  'Shopify had an internal error.': 'Shopify hatte einen internen Fehler.',
  'The access does not include reading products. In the settings of your app at Shopify, add the scope read_products, release it and install it on the shop again.':
    'Der Zugang darf keine Produkte lesen. Füge in den Einstellungen deiner App bei Shopify das Recht read_products hinzu, veröffentliche sie und installiere sie im Shop neu.',
  'Shopify finds this question too large.': 'Shopify ist diese Frage zu groß.',
  'The shop is closed or not active at Shopify. Its owner can open it again.':
    'Der Shop ist bei Shopify geschlossen oder nicht aktiv. Sein Inhaber kann ihn wieder öffnen.',
  'Shopify did not understand what Hudson asked. A newer version of Hudson may help; the log has more.':
    'Shopify hat nicht verstanden, was Hudson gefragt hat. Vielleicht hilft eine neuere Version von Hudson; im Protokoll steht mehr.',
  'This app and this shop belong to different Shopify organisations, so its client id and secret cannot be used here. Make the app in the organisation that owns the shop.':
    'Diese App und dieser Shop gehören zu verschiedenen Shopify-Organisationen, deshalb gehen Client-Id und Client-Secret hier nicht. Leg die App in der Organisation an, der der Shop gehört.',
  'The app is not installed on this shop yet. On dev.shopify.com, open the app, release a version, and install it on the shop.':
    'Die App ist in diesem Shop noch nicht installiert. Öffne sie auf dev.shopify.com, veröffentliche eine Version und installiere sie im Shop.',
  'Shopify does not know this client id and secret. Copy both again from the settings of your app on dev.shopify.com.':
    'Shopify kennt diese Client-Id und dieses Client-Secret nicht. Kopiere beide noch einmal aus den Einstellungen deiner App auf dev.shopify.com.',
  'Shopify does not give access for this client id and secret. Check both, and that the app is installed on the shop.':
    'Shopify gibt für diese Client-Id und dieses Client-Secret keinen Zugang. Prüf beide, und ob die App im Shop installiert ist.',
  'No Shopify shop is set up on this computer. Add its name and access in Settings, under Connections.':
    'Auf diesem Computer ist kein Shopify-Shop eingerichtet. Trag Namen und Zugang in den Einstellungen ein.',
  'No Shopify shop is set up on this computer any more.':
    'Auf diesem Computer ist kein Shopify-Shop mehr eingerichtet.',
  'This sync is still under way. Wait for its end, or cancel it first.':
    'Dieser Abgleich läuft noch. Warte, bis er zu Ende ist, oder brich ihn zuerst ab.',
  "{gone} of {known} products are not in Shopify any more. That looks like another shop, so none of them was archived. Compare the shop's name in Settings; if this is right, start a full sync and agree to archive them.":
    '{gone} von {known} Produkten gibt es in Shopify nicht mehr. Das sieht nach einem anderen Shop aus, deshalb wurde keins archiviert. Vergleiche den Namen des Shops in den Einstellungen; stimmt er, vergleiche alles und stimme dem Archivieren zu.',
  'What Shopify says of it cannot be read ({field}).': 'Was Shopify dazu sagt, lässt sich nicht lesen ({field}).',
  'It has no title.': 'Es hat keinen Titel.',
  'Its title is {count} characters long; Hudson takes 1,000.': 'Sein Titel hat {count} Zeichen; Hudson nimmt 1.000.',
  'Its description is longer than half a million characters. Shorten it in Shopify.':
    'Seine Beschreibung hat mehr als eine halbe Million Zeichen. Kürze sie in Shopify.',
  'The price "{price}" of its variant "{variant}" is not an amount such as 12.50.':
    'Der Preis „{price}“ seiner Variante „{variant}“ ist kein Betrag wie 12.50.',
  'A product without a title': 'Ein Produkt ohne Titel',
} as const
