import type { Language } from '#shared/settings.ts'
import { useEffect } from 'react'
import { speak } from './words.ts'

/** Keeps the page in that language; until it is known, in the one of the last time. */
export function useLanguage(language: Language | undefined): void {
  useEffect(() => {
    if (language) void speak(language)
  }, [language])
}
