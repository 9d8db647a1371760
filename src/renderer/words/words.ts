import type { Language } from '#shared/settings.ts'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { de } from './de.ts'
import { en } from './en.ts'
import type { Translation } from './en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: { readonly translation: typeof en }
  }
}

/** Where a page remembers what it last spoke, so that its first words are in that language already; at first, the browser's. */
const REMEMBERED = 'hudson.language'

/** Makes the words ready; once, before the first render. */
export async function loadWords(): Promise<void> {
  const language = (localStorage.getItem(REMEMBERED) ?? navigator.language).startsWith('de') ? 'de' : 'en'
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
}

/** From now on the page speaks that language. */
export async function speak(language: Language): Promise<void> {
  localStorage.setItem(REMEMBERED, language)
  document.documentElement.lang = language
  if (i18next.language !== language) await i18next.changeLanguage(language)
}

/** The words as they are spoken now, for code outside components. What is to be filled in is left to it. */
export function words(): Translation<typeof en> {
  return i18next.language === 'de' ? de : en
}
