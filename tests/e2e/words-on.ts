import type { Page } from 'playwright'
import { de } from '../../src/renderer/words/de.ts'
import { en } from '../../src/renderer/words/en.ts'
import { textsOf } from '../support/catalogue.ts'

const german = new Map(textsOf(de))
const both = new Set(german.values())
/** What the English catalogue says otherwise than the German one. */
const english = textsOf(en).filter(([key, text]) => german.get(key) !== text && !both.has(text))
const exact = new Set(english.filter(([, text]) => !text.includes('{{')).map(([, text]) => text))
const filled = english
  .filter(([, text]) => text.includes('{{') && (text.replaceAll(/\{\{.*?\}\}/g, '').match(/\p{L}/gu) ?? []).length > 3)
  .map(
    ([, text]) =>
      new RegExp(
        `^${text
          .split(/\{\{.*?\}\}/)
          .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
          .join('.+')}$`,
        'u',
      ),
  )

/** What a person reads on a page, or hears of it: its texts, and the names of its controls. */
export function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>()
    const note = (text: string | null): void => {
      const plain = (text ?? '').replaceAll(/\s+/g, ' ').trim()
      if (plain !== '') found.add(plain)
    }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode())
      if (walker.currentNode.parentElement?.checkVisibility()) note(walker.currentNode.nodeValue)
    const names = ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt']
    for (const name of names) for (const one of document.querySelectorAll(`[${name}]`)) note(one.getAttribute(name))
    note(document.title.replace(/ – Hudson$/, ''))
    return [...found]
  })
}

/** Those of them that are the English catalogue's. */
export async function englishOn(page: Page): Promise<string[]> {
  const words = await wordsOn(page)
  return words.filter((text) => exact.has(text) || filled.some((pattern) => pattern.test(text)))
}
