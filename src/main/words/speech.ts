import type { Feature } from '#shared/contract.ts'
import type { Reply } from '#shared/reply.ts'
import type { Language } from '#shared/settings.ts'
import { german, germanOf } from './german.ts'
import type { English } from './german.ts'
import { createTranslate } from './translate.ts'

/** Says a text of the catalogue, with `{name}` filled in. */
export type Say = (text: English, values?: Readonly<Record<string, string | number>>) => string

/** Speaks the language of the settings. The code, the log and the command line are English; it is put into words here. */
export interface Speech {
  readonly language: () => Language
  readonly say: Say
  /** A text of the core that was put together already. */
  inWords(text: string): string
  /** What a person reads of an answer, in their language. */
  answer(name: string, reply: Reply): Reply
}

/** Fields of answers that the core says in words, by feature. Names that people gave are in none of them. */
const spoken: Partial<Readonly<Record<Feature, readonly string[]>>> = {
  backups: ['words', 'reason'],
  conflicts: ['text', 'title'],
  diagnostics: ['detail'],
  history: ['label'],
  jobs: ['note', 'problem', 'message'],
  library: ['reason', 'warning', 'problem'],
  lineup: ['reason', 'problem', 'warning'],
  points: ['resting'],
  products: ['problem'],
  recovery: ['words'],
  screens: ['name'],
  secrets: ['problem'],
  sessions: ['reason', 'problem', 'warning'],
  setup: ['detail'],
  shopify: ['problem', 'note'],
  sync: ['reason', 'warnings'],
  updates: ['reason'],
}

export function createSpeech(language: () => Language): Speech {
  // Made when they are first needed: where Hudson speaks English, never.
  const made = new Map<string, (text: string) => string>()
  const translator = (feature: string): ((text: string) => string) => {
    const special = new Map<string, Readonly<Record<string, string>>>(Object.entries(germanOf)).get(feature)
    const name = special ? feature : ''
    const translate = made.get(name) ?? createTranslate({ ...german, ...special })
    made.set(name, translate)
    return translate
  }
  return {
    language,
    say: (text, values = {}) => {
      const said = language() === 'de' ? german[text] : text
      return said.replaceAll(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole))
    },
    inWords: (text) => (language() === 'de' ? translator('')(text) : text),
    answer: (name, reply) => {
      if (language() === 'en') return reply
      const feature = name.split('.')[0] ?? ''
      const translate = translator(feature)
      if (reply.ok) {
        const fields = spoken[feature as Feature]
        return fields ? { ok: true, value: translated(reply.value, new Set(fields), translate) } : reply
      }
      const { code, message, fields } = reply.error
      const said = Object.entries(fields ?? {}).map(([field, problem]) => [field, translate(problem)] as const)
      return {
        ok: false,
        error: { code, message: translate(message), ...(fields && { fields: Object.fromEntries(said) }) },
      }
    },
  }
}

/** The same value, with those of its fields translated, however deep they lie. */
function translated(value: unknown, fields: ReadonlySet<string>, translate: (text: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => translated(one, fields, translate))
  if (typeof value !== 'object' || value === null) return value
  const said = Object.entries(value).map(([name, one]: [string, unknown]) => {
    if (!fields.has(name)) return [name, translated(one, fields, translate)] as const
    if (typeof one === 'string') return [name, translate(one)] as const
    const texts = Array.isArray(one) ? one.map((text) => (typeof text === 'string' ? translate(text) : text)) : one
    return [name, texts] as const
  })
  return Object.fromEntries(said)
}
