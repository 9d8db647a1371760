import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { activity } from './en/activity.ts'
import { dev } from './en/dev.ts'
import { diagnostics } from './en/diagnostics.ts'
import { files } from './en/files.ts'
import { frame } from './en/frame.ts'
import { points } from './en/points.ts'
import { products } from './en/products.ts'
import { sessions } from './en/sessions.ts'
import { settings } from './en/settings.ts'
import { show } from './en/show.ts'
import { ui } from './en/ui.ts'

/** The one catalogue of strings. */
const en = { activity, dev, diagnostics, files, frame, points, products, sessions, settings, show, ui }

declare module 'i18next' {
  interface CustomTypeOptions {
    readonly resources: { readonly translation: typeof en }
  }
}

/** Makes the words ready; once, before the first render. */
export async function loadWords(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
}
