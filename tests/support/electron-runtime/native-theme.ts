import type { NativeTheme } from 'electron'
import { strictEmitter } from './not-built.ts'
import { setup } from './setup.ts'

type Built = Pick<
  NativeTheme,
  | 'themeSource'
  | 'shouldUseDarkColors'
  | 'shouldUseHighContrastColors'
  | 'shouldUseInvertedColorScheme'
  | 'inForcedColorsMode'
  | 'prefersReducedTransparency'
  | 'shouldUseDarkColorsForSystemIntegratedUI'
>

/** The system's theme, which a test changes, and what the app makes of it (docs/api/native-theme.md). */
class StandInTheme extends strictEmitter('nativeTheme') implements Built {
  readonly shouldUseInvertedColorScheme = false
  readonly prefersReducedTransparency = false
  inForcedColorsMode = false
  shouldUseHighContrastColors = false
  #source: NativeTheme['themeSource'] = 'system'
  #systemDark = setup.dark

  get themeSource(): NativeTheme['themeSource'] {
    return this.#source
  }

  set themeSource(source: NativeTheme['themeSource']) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Unknown theme: ${source}`)
    const before = this.shouldUseDarkColors
    this.#source = source
    if (this.shouldUseDarkColors !== before) this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemDark : this.#source === 'dark'
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#systemDark
  }

  /** The user changes the system's theme. */
  system(facts: { readonly dark?: boolean; readonly highContrast?: boolean; readonly forcedColors?: boolean }): void {
    this.#systemDark = facts.dark ?? this.#systemDark
    this.shouldUseHighContrastColors = facts.highContrast ?? this.shouldUseHighContrastColors
    this.inForcedColorsMode = facts.forcedColors ?? this.inForcedColorsMode
    this.emit('updated')
  }
}

export const nativeTheme = new StandInTheme()
