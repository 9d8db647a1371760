import { globSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { failure } from '#shared/reply.ts'
import { german, germanOf } from '../../src/main/words/german.ts'
import { createSpeech } from '../../src/main/words/speech.ts'
import { createTranslate } from '../../src/main/words/translate.ts'

describe('a text is translated', () => {
  const translate = createTranslate({
    'Nothing was changed.': 'Nichts wurde geändert.',
    'Hudson is closing.': 'Hudson wird geschlossen.',
    'Move {...what} to "{section}"': '{what} nach „{section}“',
    '"{name}"': '„{name}“',
    '{count} items': '{count} Positionen',
    '{...what} of {name} (was|were) lost': '{what} von {name} verloren',
    name: 'Name',
    price: 'Preis',
    'Use a.b (c) for $1.': 'Nimm a.b (c) für $1.',
    'It reads http://x.': 'Da steht http://x.',
  })
  test.each([
    ['as a whole', 'Nothing was changed.', 'Nichts wurde geändert.'],
    [
      'sentence by sentence',
      'Hudson is closing. Nothing was changed.',
      'Hudson wird geschlossen. Nichts wurde geändert.',
    ],
    ['as far as it is known', 'Odd. Nothing was changed.', 'Odd. Nichts wurde geändert.'],
    ['with what is filled in', 'Move 3 items to "Rings. And (more) $&"', '3 Positionen nach „Rings. And (more) $&“'],
    ['with its parts', 'Move "Nothing was changed." to "A"', '„Nothing was changed.“ nach „A“'],
    ['with lists', 'price, name and price of Anna were lost', 'Preis, Name und Preis von Anna verloren'],
    ['with an end of its own', 'price of Anna was lost.', 'Preis von Anna verloren.'],
    ['letter by letter', 'Use a.b (c) for $1.', 'Nimm a.b (c) für $1.'],
    ['not, where it is not known', 'Use aXb (c) for $1.', 'Use aXb (c) for $1.'],
    ['not, where a part of a list is a name', 'name and Anna', 'name and Anna'],
  ])('%s', (_how, text, said) => expect(translate(text)).toBe(said))
})

describe('answers', () => {
  const german_ = createSpeech(() => 'de')
  const answered = (name: string, value: unknown): unknown => {
    const reply = german_.answer(name, { ok: true, value })
    return reply.ok && reply.value
  }

  test('errors are German, with the names that they tell, and their fields', () => {
    const reply = failure('conflict', '"Friday" is archived. Take it out of the archive first.', {
      path: 'is not a whole path',
    })
    expect(german_.answer('sessions.update', reply)).toEqual(
      failure('conflict', '„Friday“ ist archiviert. Hol sie zuerst aus dem Archiv.', { path: 'ist kein ganzer Pfad' }),
    )
    expect(createSpeech(() => 'en').answer('sessions.update', reply)).toBe(reply)
  })

  test('of an answer only what the core says is translated, not what people wrote', () => {
    const status = {
      state: 'paused',
      reason: 'Paused on this computer. 2 edits wait until you resume; nothing is lost.',
      warnings: [],
    }
    expect(answered('sync.status', status)).toEqual({
      state: 'paused',
      reason: 'Auf diesem Computer angehalten. 2 Änderungen warten, bis du fortsetzt; es ist nichts verloren.',
      warnings: [],
    })
    const product = { name: 'Nothing was changed.', images: [{ alt: 'Ready.', problem: 'The address answers 404' }] }
    expect(answered('products.get', product)).toEqual({
      name: 'Nothing was changed.',
      images: [{ alt: 'Ready.', problem: 'Die Adresse antwortet mit 404' }],
    })
  })

  test.each([
    [
      'conflicts.list',
      'text',
      'You and Anna changed the price and notes of "Gold hoop".',
      'Du und Anna habt beide geändert: Preis und Notizen von „Gold hoop“.',
    ],
    [
      'conflicts.list',
      'text',
      'Anna removed "Gold hoop" while you changed it.',
      'Anna hat „Gold hoop“ entfernt, während du es geändert hast.',
    ],
    [
      'conflicts.log',
      'text',
      'Your name of an item of "Friday" was replaced by Anna’s Mac\'s; the old one can be restored.',
      'Eine Position von „Friday“: Dein Stand wurde durch den von Anna’s Mac ersetzt (Name); der alte Wert lässt sich wiederherstellen.',
    ],
    ['history.state', 'label', 'Move 3 items to "Rings"', '3 Positionen in den Abschnitt „Rings“ legen'],
    ['history.state', 'label', 'Change the was price of "Gold hoop"', 'Statt-Preis von „Gold hoop“ ändern'],
    [
      'diagnostics.run',
      'detail',
      '83.2 GB free where Hudson keeps its data. Make room soon.',
      '83,2 GB frei, wo Hudson seine Daten hat. Schaff bald Platz.',
    ],
    [
      'setup.testShopify',
      'detail',
      'Tarnwick (tarnwick.myshopify.com): at least 10,000 products, prices in EUR.',
      'Tarnwick (tarnwick.myshopify.com): mindestens 10.000 Produkte, Preise in EUR.',
    ],
    [
      'sync.status',
      'reason',
      'The team database cannot be reached. Your work goes on here; edits are kept on this computer and sent later. Check the network. Hudson tries again by itself. 1 edit waits for the network; nothing is lost.',
      'Die Team-Datenbank ist nicht erreichbar. Hier kannst du weiterarbeiten; Änderungen bleiben auf diesem Computer und gehen später raus. Prüf das Netz. Hudson versucht es von selbst wieder. 1 Änderung wartet auf das Netz; es ist nichts verloren.',
    ],
    [
      'setup.testDatabase',
      'detail',
      'The database address cannot be used: it starts with "mysql:". A PostgreSQL address starts with "postgresql:".',
      'Die Adresse der Datenbank ist nicht verwendbar: Sie beginnt mit „mysql:“. Eine PostgreSQL-Adresse beginnt mit „postgresql:“.',
    ],
    [
      'lineup.remove',
      'reason',
      'The live guard is on, and nothing was changed: removing several items at once could confuse the show. Do it after the show, or turn the guard off in the producer console first.',
      'Der Schutz ist an, und nichts wurde geändert: Mehrere Positionen auf einmal zu entfernen könnte die Show durcheinanderbringen. Mach es nach der Show, oder schalte den Schutz zuerst in der Regie aus.',
    ],
    [
      'setup.testDatabase',
      'detail',
      'The database address cannot be used: it names no user. It looks like postgresql://USER:PASSWORD@HOST/DATABASE.',
      'Die Adresse der Datenbank ist nicht verwendbar: Sie nennt keinen Benutzer. Sie sieht so aus: postgresql://USER:PASSWORD@HOST/DATABASE.',
    ],
    [
      'products.get',
      'problem',
      '2 line-ups use "Ring", so it cannot be deleted. Archive it instead.',
      '2 Line-ups verwenden „Ring“, deshalb lässt es sich nicht löschen. Archiviere es stattdessen.',
    ],
    [
      'sessions.preview',
      'reason',
      '"Friday" is live and cannot be deleted now. While it is live, the guard protects it. End the show first, then try again.',
      '„Friday“ ist live und lässt sich jetzt nicht löschen. Solange sie live ist, schützt sie der Schutz. Beende zuerst die Show und versuch es dann noch einmal.',
    ],
    ['backups.preview', 'words', '2 line-up items come back: Ring; Bag', '2 Positionen kommen zurück: Ring; Bag'],
  ])('%s %s: %s', (...[name, field, text, said]) =>
    expect(answered(name, { [field]: text })).toEqual({ [field]: said }),
  )
})

const all = { ...german, ...germanOf.conflicts, ...germanOf.history }
/** What is said on the command line, or to programs, stays English. */
const english = /main\/(words|cli)\/|-de\.ts$|create-login|remote-migrate|start-studio|channel-member/
const sources = globSync('src/{main,shared}/**/*.ts')
  .filter((path) => !english.test(path))
  .map((path) => ({ path, code: inOnePiece(readFileSync(path, 'utf8')) }))

/** Texts that the lines' length broke in two. */
function inOnePiece(code: string): string {
  return code
    .replaceAll(/(['"`])\s*\+\s*\n\s*\1/g, '')
    .replaceAll(
      /`\s*\+\s*\n\s*(?:'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)")/g,
      (_all, a?: string, b?: string) => `${a ?? b ?? ''}\``,
    )
}

describe('the catalogue', () => {
  test('what it says still stands in the code', () => {
    // Of a text that is put together, three words in a row.
    const code = sources
      .map((one) => one.code)
      .join('\n')
      .replaceAll(String.raw`\'`, "'")
    const gone = Object.keys(all).filter(
      (key) => !zod.test(key) && !runs(key).some((run) => code.includes(run.replace(/[.;,]$/, ''))),
    )
    expect(gone).toEqual([])
  })

  test('what is filled in is filled in', () => {
    const holes = (text: string): string[] =>
      [...new Set((text.match(/\{(?:\.\.\.)?\w+\}/g) ?? []).map((one) => one.replace('...', '')))].toSorted()
    expect(Object.entries(all).filter(([key, text]) => holes(key).join() !== holes(text).join())).toEqual([])
  })

  test('it is calm, says du and quotes as German does', () => {
    const count = (text: string, mark: string): number => text.split(mark).length
    const wrong = Object.values(all).filter(
      (text) =>
        text.trim() === '' ||
        /[!"”]|[a-zäöüß,] (?:Sie|Ihnen|Ihre?[nmrs]?)\b/.test(text) ||
        count(text, '„') !== count(text, '“'),
    )
    expect(wrong).toEqual([])
  })

  test('every refusal that people may read is in it', () => {
    const translate = createTranslate(all)
    const literal =
      /(?:AppError|failure|unusable|refused)\(\s*(?:'[\w-]+',\s*)?(?:'((?:[^'\\\n]|\\.)*)'|"([^"\n]*)"|`([^`]*)`)/g
    const refusals = sources.flatMap(({ path, code }) =>
      [...code.matchAll(literal)].map(([, a, b, c]) => ({
        path,
        text: (a ?? b ?? c ?? '').replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7').replaceAll(String.raw`\'`, "'"),
      })),
    )
    expect(refusals.length).toBeGreaterThan(150)
    // What is put together of nothing but parts is in the examples above.
    const said = refusals.filter(
      ({ text }) => !/^\S*$|is 7 and cannot be 7 now|It looks like 7|^7[. ]|^Its 7/.test(text),
    )
    const left = ({ text }: { readonly text: string }): boolean => {
      const translated = translate(text)
      return text.split(/(?<=[.?]) (?=[A-Z])/).some((sentence) => sentence.length > 8 && translated.includes(sentence))
    }
    expect(said.filter(left)).toEqual([])
  })
})

/** Said by the library that checks inputs. */
const zod = /^(Invalid|Too (small|big))/

function runs(key: string): string[] {
  return key.split(/\{(?:\.\.\.)?\w+\}|\(\w+\|\w+\)/).flatMap((piece) => {
    const words = piece.trim().split(' ')
    return words.length < 3 ? [piece.trim()] : words.slice(2).map((_word, at) => words.slice(at, at + 3).join(' '))
  })
}
