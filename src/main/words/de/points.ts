/** The model that suggests talking points, and the service that it runs at. */
export const points = {
  'The model service asks us to slow down; about {seconds} s':
    'Der Modelldienst bittet uns, langsamer zu machen; etwa {seconds} s',
  'The connection to the model service broke off in the middle of an answer.':
    'Die Verbindung zum Modelldienst ist mitten in einer Antwort abgebrochen.',
  'The model did not want to write about this product.': 'Das Modell wollte über dieses Produkt nicht schreiben.',
  'The model service did not want to write about this product.':
    'Der Modelldienst wollte über dieses Produkt nicht schreiben.',
  'The model service stopped the answer because of its content rules.':
    'Der Modelldienst hat die Antwort wegen seiner Inhaltsregeln gestoppt.',
  'The answer became too long and was cut off. Try again, or choose a shorter length in Settings.':
    'Die Antwort wurde zu lang und ist abgeschnitten. Versuch es noch einmal, oder wähle in den Einstellungen eine kürzere Länge.',
  'What the model answered cannot be read. Try again, or choose another model.':
    'Was das Modell geantwortet hat, lässt sich nicht lesen. Versuch es noch einmal, oder wähle ein anderes Modell.',
  'The model service did not answer within a minute.': 'Der Modelldienst hat eine Minute lang nicht geantwortet.',
  'The model service did not answer within 30 seconds.': 'Der Modelldienst hat 30 Sekunden lang nicht geantwortet.',
  'The model service cannot be reached, or the connection broke off.':
    'Der Modelldienst ist nicht erreichbar, oder die Verbindung ist abgebrochen.',
  'The answer of the model is far too long.': 'Die Antwort des Modells ist viel zu lang.',
  'Something other than the model service answered: a sign-in page of the network?':
    'Geantwortet hat etwas anderes als der Modelldienst: eine Anmeldeseite des Netzes?',
  'The credit of your model account is used up, or its spending limit is reached. Add credit or raise the limit there, then try again.':
    'Das Guthaben deines Modellkontos ist aufgebraucht oder sein Limit erreicht. Lade es dort auf oder erhöhe das Limit, und versuch es noch einmal.',
  'The model service asks us to slow down.': 'Der Modelldienst bittet uns, langsamer zu machen.',
  'Your account has no model of this name. Choose another one in Settings, or leave the field empty for the default.':
    'Dein Konto hat kein Modell mit diesem Namen. Wähle in den Einstellungen ein anderes, oder lass das Feld leer.',
  'The model service has no such address. Check its address in Settings.':
    'Der Modelldienst hat keine solche Adresse. Prüf seine Adresse in den Einstellungen.',
  'The model service is overloaded right now.': 'Der Modelldienst ist gerade überlastet.',
  'The model service has a problem of its own right now ({status}).':
    'Der Modelldienst hat gerade selbst ein Problem ({status}).',
  'The model service refused the request ({status}).': 'Der Modelldienst hat die Anfrage abgelehnt ({status}).',
  'The key is not right. Copy it again from the website of the model service.':
    'Der Schlüssel stimmt nicht. Kopiere ihn noch einmal von der Website des Modelldienstes.',
  'The model service is not offered in the country from which you are connected.':
    'Den Modelldienst gibt es in dem Land nicht, aus dem du verbunden bist.',
  'The key may not do this. Give it the right to write answers ("model capabilities"), or make another key.':
    'Der Schlüssel darf das nicht. Gib ihm das Recht, Antworten zu schreiben („model capabilities“), oder leg einen anderen an.',
  'The account allows only certain internet addresses, and this one is not among them.':
    'Das Konto erlaubt nur bestimmte Internetadressen, und diese ist nicht dabei.',
  'The model service does not accept the key ({status}). Check it on the website of the service.':
    'Der Modelldienst nimmt den Schlüssel nicht an ({status}). Prüf ihn auf der Website des Dienstes.',
  'The description of this product is too long for the model. Shorten it, or choose another model.':
    'Die Beschreibung dieses Produkts ist zu lang für das Modell. Kürze sie, oder wähle ein anderes Modell.',
  'This model does not take the setting "{name}". Choose another model in Settings.':
    'Dieses Modell nimmt die Einstellung „{name}“ nicht an. Wähle in den Einstellungen ein anderes.',
  'The model service did not understand the request. Check the model and the address in Settings; the log has more.':
    'Der Modelldienst hat die Anfrage nicht verstanden. Prüf Modell und Adresse in den Einstellungen; im Protokoll steht mehr.',
  'No model is set up on this computer. Add a key of OpenAI, or the address of another service, in Settings, under Connections.':
    'Auf diesem Computer ist kein Modell eingerichtet. Trag in den Einstellungen einen Schlüssel von OpenAI oder die Adresse eines anderen Dienstes ein.',
  'No model is set up on this computer any more.': 'Auf diesem Computer ist kein Modell mehr eingerichtet.',
  'Name products, or one line-up.': 'Nenne Produkte oder ein Line-up.',
  'One of these products is not in the catalogue any more.': 'Eins dieser Produkte ist nicht mehr im Katalog.',
  'This suggestion is not there any more: it was taken, turned down, or written anew meanwhile.':
    'Diesen Vorschlag gibt es nicht mehr: Er wurde inzwischen übernommen, abgelehnt oder neu geschrieben.',
  'The model wrote no points for this product. Try again, or write them by hand.':
    'Das Modell hat für dieses Produkt keine Stichpunkte geschrieben. Versuch es noch einmal, oder schreib sie selbst.',
  'Type a key of OpenAI, or the address of another service in Settings.':
    'Gib einen Schlüssel von OpenAI ein oder in den Einstellungen die Adresse eines anderen Dienstes.',
  '{model} answers.': '{model} antwortet.',
  'It is switched off on {date}: choose another one before that.':
    'Es wird am {date} abgeschaltet: Wähle vorher ein anderes.',
} as const
