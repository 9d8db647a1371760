import type { Language } from '#shared/settings.ts'
import { createSpeech } from '../../src/main/words/speech.ts'
import type { Say } from '../../src/main/words/speech.ts'

/** Says what the core and the shell say, in that language. */
export const sayIn = (language: Language): Say => createSpeech(() => language).say
