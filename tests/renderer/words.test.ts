import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { de } from '../../src/renderer/words/de.ts'
import { en } from '../../src/renderer/words/en.ts'
import { textsOf } from '../support/catalogue.ts'

const PLURAL = /_(zero|one|two|few|many|other)$/

const languages = { en: textsOf(en), de: textsOf(de) }
const english = new Map(languages.en)
const bare = new Set(languages.en.map(([key]) => key.replace(PLURAL, '')))

const sources = globSync('src/renderer/**/*.{ts,tsx}')
  .filter((path) => !path.includes('/words/en') && !path.includes('/words/de'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

test('both languages have the same keys', () => {
  expect(languages.de.map(([key]) => key).toSorted()).toEqual([...english.keys()].toSorted())
})

test.each(['en', 'de'] as const)(
  '%s: no text is empty, and what is filled in is what the English text fills in',
  (language) => {
    const wrong = languages[language].filter(
      ([key, text]) => text.trim() === '' || filledIn(text) !== filledIn(english.get(key) ?? ''),
    )
    expect(wrong).toEqual([])
  },
)

function filledIn(text: string): string {
  return [...new Set(text.match(/\{\{.*?\}\}/g))].toSorted().join(' ')
}

test.each(['en', 'de'] as const)('%s: what is counted has every form that the language has', (language) => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const keys = new Set(languages[language].map(([key]) => key))
  const counted = [...keys].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, ''))
  expect(counted.length).toBeGreaterThan(20)
  expect(counted.flatMap((key) => forms.map((form) => `${key}_${form}`)).filter((key) => !keys.has(key))).toEqual([])
})

test('every key that the screens name is there', () => {
  const named = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => ({ path, key })),
  )
  expect(named.length).toBeGreaterThan(300)
  expect(named.filter(({ key }) => !bare.has(key))).toEqual([])
})

test('no text stands in the screens themselves', () => {
  const texts = sources.flatMap(({ path, text }) => {
    const nodes = path.endsWith('x')
      ? [...text.matchAll(/(?<![=-])>\s*([A-Z“][\w’]+(?:[ ,.…][^<>{}=;()]*)?)\s*<\//g)]
      : []
    const names = [
      ...text.matchAll(
        /\b(?:aria-label|title|alt|label|hint|placeholder|message)="([A-Z][a-z]{3,}[^"]*|[A-Z][a-z]+ [a-z][^"]*)"/g,
      ),
    ]
    return [...nodes, ...names].map(([, found = '']) => ({ path, found }))
  })
  // The one name that is the same in every language.
  expect(texts.filter(({ found }) => found !== 'Hudson')).toEqual([])
})

test('every key is named somewhere', () => {
  const code = sources.map(({ text }) => text).join('\n')
  const literals = new Set([...code.matchAll(/'([\w.-]+)'/g)].map(([, key]) => key))
  const patterns = [...code.matchAll(/`([\w.-]+\.(?:[\w.-]|\$\{[^}]*\})*)`/g)]
    .filter(([, key = '']) => key.includes('${'))
    .map(([, key = '']) => new RegExp(`^${key.replaceAll('.', '\\.').replaceAll(/\$\{[^}]*\}/g, '.+')}$`))
  // Read as a whole: `words().caps` by the names of keys, `words().bridge.refused` by its name.
  const read = new Set([...code.matchAll(/\bwords\(\)\.([\w.]+)/g)].map(([, key = '']) => key))
  const isRead = (key: string): boolean => read.has(key) || read.has(key.split('.')[0] ?? '')
  const unused = [...bare].filter(
    (key) => !literals.has(key) && !isRead(key) && !patterns.some((pattern) => pattern.test(key)),
  )
  expect(unused).toEqual([])
})

/** Words of programmers, which people read only where they look for them. */
const jargon = {
  en: /\b(queue|cursor|schema|outbox|payload|mutation|sync pending|conflict detected|endpoint|backend|timeout|exception|null|undefined)\b/i,
  de: /\b(queue|warteschlange|cursor|schema|outbox|payload|mutation|endpunkt|backend|timeout|exception|null|undefined)\b/i,
} as const

test.each(['en', 'de'] as const)('%s: calm and plain', (language) => {
  const wrong = languages[language].filter(
    ([key, text]) =>
      /!|\p{Emoji_Presentation}|\.\.\./u.test(text) ||
      (!/^(dev|diagnostics)\./.test(key) && jargon[language].test(text)),
  )
  expect(wrong).toEqual([])
})

test('German says du, and quotes as German does', () => {
  const formal = /[a-zäöüß,] (?:Sie|Ihnen|Ihre?[nmrs]?)\b/
  const count = (text: string, mark: string): number => text.split(mark).length
  const wrong = languages.de.filter(
    ([, text]) => formal.test(text) || /["”]/.test(text) || count(text, '„') !== count(text, '“'),
  )
  expect(wrong).toEqual([])
})
