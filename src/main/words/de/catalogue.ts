/** Products, brands, pictures, and the files that they come from. */
export const catalogue = {
  'There is a brand named "{name}" already. Choose it, or give this one another name.':
    'Eine Marke „{name}“ gibt es schon. Wähle sie, oder gib dieser einen anderen Namen.',
  'This brand is not there any more.': 'Diese Marke gibt es nicht mehr.',
  'This product is not in the catalogue any more.': 'Dieses Produkt ist nicht mehr im Katalog.',
  'That product is no longer there.': 'Dieses Produkt gibt es nicht mehr.',
  'This product does not come from Shopify, so there is nothing to go back to.':
    'Dieses Produkt kommt nicht aus Shopify, es gibt also nichts, worauf es zurückgesetzt werden könnte.',
  '1 line-up uses "{name}", so it cannot be deleted. Archive it instead.':
    '1 Line-up verwendet „{name}“, deshalb lässt es sich nicht löschen. Archiviere es stattdessen.',
  '{count} line-ups use "{name}", so it cannot be deleted. Archive it instead.':
    '{count} Line-ups verwenden „{name}“, deshalb lässt es sich nicht löschen. Archiviere es stattdessen.',
  'Name one CSV file: by its path, by an upload, or by its content.':
    'Nenne eine CSV-Datei: ihren Pfad, einen Upload oder ihren Inhalt.',
  'Name one file: by its path, by an upload, or by its content.':
    'Nenne eine Datei: ihren Pfad, einen Upload oder ihren Inhalt.',
  'give exactly one of path, uploadId and content': 'gib genau eins davon an: path, uploadId, content',
  'This file is empty.': 'Diese Datei ist leer.',
  'Export the products from Shopify as CSV and choose that file.':
    'Exportiere die Produkte aus Shopify als CSV und wähle diese Datei.',
  'This is not a product export of Shopify: its first line has no column {columns}. Found: {found}':
    'Das ist kein Produkt-Export aus Shopify: In der ersten Zeile fehlt die Spalte {columns}. Gefunden: {found}',
  'This line has {count} columns, the header {wanted}: the line seems to be cut off.':
    'Diese Zeile hat {count} Spalten, die Kopfzeile {wanted}: Die Zeile scheint abgeschnitten.',
  'This line has {count} columns, the header only {wanted}: a comma may stand in a field without quotes.':
    'Diese Zeile hat {count} Spalten, die Kopfzeile nur {wanted}: Vielleicht steht ein Komma in einem Feld ohne Anführungszeichen.',
  'There is no handle, so it is not clear which product this is.':
    'Der Handle fehlt, deshalb ist nicht klar, welches Produkt das ist.',
  'There is no title, and no line before it has one for this handle.':
    'Der Titel fehlt, und keine Zeile davor hat einen für diesen Handle.',
  'It belongs to the product of line {line}, which was left out.':
    'Sie gehört zum Produkt aus Zeile {line}, das ausgelassen wurde.',
  'It repeats a variant of "{name}"; the first one counts.':
    'Sie wiederholt eine Variante von „{name}“; die erste zählt.',
  'The compare-at price ({was}) is not above the price ({price}), so no "was" price is shown.':
    'Der Vergleichspreis ({was}) liegt nicht über dem Preis ({price}), deshalb wird kein Statt-Preis gezeigt.',
  'The picture\'s address "{url}" is not one of the web, so it was left out.':
    'Die Bildadresse „{url}“ ist keine aus dem Web, sie wurde ausgelassen.',
  'The {...what} "{text}" is not an amount such as 12.50.': '{what}: „{text}“ ist kein Betrag wie 12.50.',
  'compare-at price': 'Vergleichspreis',
  'Its data does not fit into the catalogue.': 'Die Angaben passen nicht in den Katalog.',
  'There is no product id.': 'Die Produkt-Id fehlt.',
  '"{pid}" is not a product id of TikTok: those have digits only.':
    '„{pid}“ ist keine Produkt-Id von TikTok: Die bestehen nur aus Ziffern.',
  'There is no seller SKU, so it is not clear which product this is.':
    'Die Seller-SKU fehlt, deshalb ist nicht klar, welches Produkt das ist.',
  'This is not a product list of TikTok Shop: it has no columns "Product ID" and "Seller SKU". In Seller Center, export the products and choose that file.':
    'Das ist keine Produktliste aus TikTok Shop: Die Spalten „Product ID“ und „Seller SKU“ fehlen. Exportiere im Seller Center die Produkte und wähle diese Datei.',
  '{count} products have this SKU.': '{count} Produkte haben diese SKU.',
  'In TikTok this is product {pid}, but line {line} says {other}.':
    'In TikTok ist das Produkt {pid}, aber Zeile {line} sagt {other}.',
  'This is not a file. Choose a CSV file.': 'Das ist keine Datei. Wähle eine CSV-Datei.',
  'This file cannot be read. Check that it is there and that you may open it.':
    'Diese Datei lässt sich nicht lesen. Prüf, ob sie da ist und ob du sie öffnen darfst.',
  'This is not a text file. Export the list as CSV once more, and choose that file.':
    'Das ist keine Textdatei. Exportiere die Liste noch einmal als CSV und wähle diese Datei.',
  'The file is not UTF-8. It was read as Windows-1252 (Western Europe); check that accents are right.':
    'Die Datei ist nicht UTF-8. Sie wurde als Windows-1252 (Westeuropa) gelesen; prüf, ob die Umlaute stimmen.',
  'This file has {size} MiB; at most {most} MiB can be imported. Export fewer products at a time.':
    'Diese Datei hat {size} MiB; höchstens {most} MiB lassen sich importieren. Exportiere weniger Produkte auf einmal.',
  'A quote (") opens on this line and is never closed.':
    'In dieser Zeile beginnt ein Anführungszeichen, das nie geschlossen wird.',
  'This record is too large. Is there a quote (") that is never closed?':
    'Dieser Eintrag ist zu groß. Gibt es ein Anführungszeichen, das nie geschlossen wird?',
  'There is a quote (") within a field that does not begin with one. Such fields must be quoted whole, the quote doubled.':
    'In einem Feld, das nicht damit beginnt, steht ein Anführungszeichen. Solche Felder müssen ganz in Anführungszeichen stehen, das innere verdoppelt.',
  'The quotes (") on this line do not match: something stands between a closing quote and the next column.':
    'Die Anführungszeichen in dieser Zeile passen nicht: Zwischen einem schließenden und der nächsten Spalte steht etwas.',
  'The spreadsheet rounded this id, so its last digits are lost. Format the column as text, put the ids in again, and save the file once more.':
    'Die Tabellenkalkulation hat diese Id gerundet, die letzten Ziffern sind verloren. Formatiere die Spalte als Text, füge die Ids neu ein und speichere die Datei noch einmal.',
  'Choose a CSV or Excel file: its name ends in .csv, .tsv, .txt or .xlsx.':
    'Wähle eine CSV- oder Excel-Datei: Ihr Name endet auf .csv, .tsv, .txt oder .xlsx.',
  'This workbook is too large to be read. Save the sheet that you need as CSV.':
    'Diese Excel-Datei ist zu groß zum Lesen. Speichere das Blatt, das du brauchst, als CSV.',
  'This workbook cannot be read. Open it in your spreadsheet program, save it as .xlsx or CSV, and choose that file.':
    'Diese Excel-Datei lässt sich nicht lesen. Öffne sie in deiner Tabellenkalkulation, speichere sie als .xlsx oder CSV und wähle diese Datei.',
  'This workbook is too large: at most {most} MB can be read. Save the sheet that you need as CSV, and choose that file.':
    'Diese Excel-Datei ist zu groß: Höchstens {most} MB lassen sich lesen. Speichere das Blatt, das du brauchst, als CSV und wähle diese Datei.',
  'A product can have {most} pictures. Remove one to add another.':
    'Ein Produkt kann {most} Bilder haben. Entferne eins, um ein anderes hinzuzufügen.',
  'Give one picture: a file or an address.': 'Gib ein Bild an: eine Datei oder eine Adresse.',
  'Give a file or an address': 'Gib eine Datei oder eine Adresse an',
  'The address must begin with https:// or http://': 'Die Adresse muss mit https:// oder http:// beginnen',
  '{...problem}. Choose a PNG, JPEG, WebP, GIF or AVIF picture.':
    '{problem}. Wähle ein Bild in PNG, JPEG, WebP, GIF oder AVIF.',
  'The file is larger than 20 MB': 'Die Datei ist größer als 20 MB',
  'This is not a picture (it looks like text)': 'Das ist kein Bild (es sieht nach Text aus)',
  'This is not a picture (it looks like a workbook)': 'Das ist kein Bild (es sieht nach einer Excel-Datei aus)',
  'This is not a picture we can show (it looks like {...what})':
    'Dieses Bild können wir nicht zeigen (es sieht aus wie {what})',
  'The picture is cut off: its end is missing': 'Das Bild ist abgeschnitten: Sein Ende fehlt',
  'The picture is damaged: its size cannot be read': 'Das Bild ist beschädigt: Seine Größe lässt sich nicht lesen',
  'The picture is too large to show: {width} × {height} pixels. Save it with at most 4,000 a side':
    'Das Bild ist zu groß zum Zeigen: {width} × {height} Pixel. Speichere es mit höchstens 4.000 je Seite',
  'an empty file': 'eine leere Datei',
  'a HEIC photo': 'ein HEIC-Foto',
  'an SVG or XML file': 'eine SVG- oder XML-Datei',
  'a video': 'ein Video',
  'a file of the type {type}': 'eine Datei vom Typ {type}',
  'a program': 'ein Programm',
  'data, neither a picture nor text': 'Daten, weder Bild noch Text',
  'a web page': 'eine Webseite',
  'The server did not answer within 30 seconds': 'Der Server hat 30 Sekunden lang nicht geantwortet',
  'The server could not be reached, or the connection broke off':
    'Der Server war nicht erreichbar, oder die Verbindung ist abgebrochen',
  'The address is not one of the web (http or https)': 'Die Adresse ist keine aus dem Web (http oder https)',
  'The address leads from one place to the next without end': 'Die Adresse führt endlos von einem Ort zum nächsten',
  'The address answers with an empty file': 'Die Adresse liefert eine leere Datei',
  'The address answers {status}': 'Die Adresse antwortet mit {status}',
  'The picture could not be fetched': 'Das Bild ließ sich nicht holen',
  'The picture could not be stored on this machine': 'Das Bild ließ sich auf diesem Computer nicht speichern',
  'The file of this picture is not on this machine': 'Die Datei dieses Bildes ist nicht auf diesem Computer',
  'The picture to put it behind is no longer there.': 'Das Bild, hinter das es soll, ist nicht mehr da.',
  'That picture is no longer there.': 'Dieses Bild ist nicht mehr da.',
  'This picture was added from a file that is not here any more. Add the file again.':
    'Dieses Bild kam aus einer Datei, die nicht mehr hier ist. Füge die Datei noch einmal hinzu.',
  'That file cannot be opened. It may have been moved or deleted; choose it again.':
    'Diese Datei lässt sich nicht öffnen. Vielleicht wurde sie verschoben oder gelöscht; wähle sie noch einmal.',
  'That is not a file. Choose a picture.': 'Das ist keine Datei. Wähle ein Bild.',
  'The file is larger than 20 MB. Choose a smaller one.': 'Die Datei ist größer als 20 MB. Wähle eine kleinere.',
  'That upload is no longer there. Choose the file again.':
    'Dieser Upload ist nicht mehr da. Wähle die Datei noch einmal.',
  'The file is larger than 50 MB. Choose a smaller one.': 'Die Datei ist größer als 50 MB. Wähle eine kleinere.',
  'The file is empty. Choose another one.': 'Die Datei ist leer. Wähle eine andere.',
  'This file cannot be used: it looks like {...what}. Pictures may be PNG, JPEG, WebP, GIF or AVIF, and lists CSV or XLSX.':
    'Diese Datei ist nicht verwendbar: Sie sieht aus wie {what}. Bilder dürfen PNG, JPEG, WebP, GIF oder AVIF sein, Listen CSV oder XLSX.',
} as const
