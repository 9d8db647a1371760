/** Where a binding acts. A screen names its scope; `show` is both host and producer, `global` is every screen. */
export type KeyScope = 'show' | 'host' | 'producer' | 'builder' | 'global'
/** The headings of the help overlay. */
export type KeyGroup = 'lineUp' | 'picture' | 'message' | 'display' | 'clock' | 'builder' | 'app'

/** What has keys of its own; `elsewhere` is every other page of the app. */
export type Screen = 'host' | 'producer' | 'builder' | 'elsewhere'

interface BindingShape {
  readonly id: string
  /**
   * Chords, such as `ArrowDown` or `Mod+Shift+P`. `Mod` is ⌘ on macOS and Ctrl elsewhere. `Digit` stands for any of the ten.
   */
  readonly keys: readonly string[]
  readonly where: KeyScope
  readonly group: KeyGroup
  /** Whether it also acts while a text field has the focus. */
  readonly inFields?: true
  /** Whether holding the key down repeats it. */
  readonly repeat?: true
  /** Acts only after the key was held so long. */
  readonly holdMs?: number
  /** The shell or the browser acts on it, not this table; listed so that the help overlay is complete. */
  readonly native?: true
  /** Screens of its scope where it does nothing, so that its keys are free there. */
  readonly absentIn?: readonly Screen[]
}

/** Every key of the app, as it is without settings. What acts is the table of `effective-keys.ts`. */
export const keyTable = [
  { id: 'number', keys: ['Digit'], where: 'show', group: 'lineUp' },
  { id: 'holdNumber', keys: ['Shift+Digit'], where: 'show', group: 'lineUp' },
  { id: 'enterNumber', keys: ['Enter'], where: 'show', group: 'lineUp' },
  { id: 'enterAsNext', keys: ['Shift+Enter'], where: 'show', group: 'lineUp' },
  { id: 'cancel', keys: ['Escape'], where: 'show', group: 'lineUp' },
  { id: 'next', keys: ['ArrowDown', 'Space', 'PageDown'], where: 'show', group: 'lineUp' },
  { id: 'previous', keys: ['ArrowUp', 'Shift+Space', 'PageUp'], where: 'show', group: 'lineUp' },
  { id: 'first', keys: ['Home'], where: 'show', group: 'lineUp' },
  { id: 'last', keys: ['End'], where: 'show', group: 'lineUp' },
  { id: 'back', keys: ['Backspace'], where: 'show', group: 'lineUp' },
  { id: 'cycleNext', keys: ['N'], where: 'producer', group: 'lineUp' },
  { id: 'takeNext', keys: ['F12'], where: 'producer', group: 'lineUp' },
  { id: 'guard', keys: ['L'], where: 'producer', group: 'lineUp', holdMs: 1000 },

  { id: 'nextImage', keys: ['ArrowRight'], where: 'show', group: 'picture' },
  { id: 'previousImage', keys: ['ArrowLeft'], where: 'show', group: 'picture' },
  { id: 'fullImage', keys: ['F'], where: 'show', group: 'picture' },

  { id: 'focusMessage', keys: ['M'], where: 'producer', group: 'message' },
  { id: 'sendPreset', keys: ['Alt+Digit'], where: 'producer', group: 'message' },
  { id: 'clearMessage', keys: ['Shift+Escape'], where: 'producer', group: 'message', inFields: true },
  { id: 'acknowledge', keys: ['A'], where: 'host', group: 'message' },

  { id: 'blank', keys: ['B', '.'], where: 'show', group: 'display' },
  { id: 'notes', keys: ['H'], where: 'show', group: 'display' },
  { id: 'turnPage', keys: ['P'], where: 'show', group: 'display' },
  { id: 'textLarger', keys: ['Mod+='], where: 'host', group: 'display', repeat: true },
  { id: 'textSmaller', keys: ['Mod+-'], where: 'host', group: 'display', repeat: true },
  { id: 'textNormal', keys: ['Mod+0'], where: 'host', group: 'display' },
  { id: 'updateHost', keys: ['Mod+Enter'], where: 'producer', group: 'display', inFields: true },

  { id: 'timer', keys: ['T'], where: 'producer', group: 'clock' },
  { id: 'resetTimer', keys: ['Shift+T'], where: 'producer', group: 'clock' },
  { id: 'timerMore', keys: ['Alt+='], where: 'producer', group: 'clock', repeat: true },
  { id: 'timerLess', keys: ['Alt+-'], where: 'producer', group: 'clock', repeat: true },

  { id: 'moveUp', keys: ['Alt+ArrowUp'], where: 'builder', group: 'builder', repeat: true },
  { id: 'moveDown', keys: ['Alt+ArrowDown'], where: 'builder', group: 'builder', repeat: true },
  { id: 'moveTo', keys: ['G'], where: 'builder', group: 'builder' },
  { id: 'remove', keys: ['Delete'], where: 'builder', group: 'builder' },
  { id: 'skip', keys: ['S'], where: 'builder', group: 'builder' },
  { id: 'undo', keys: ['Mod+Z'], where: 'builder', group: 'builder' },
  { id: 'redo', keys: ['Mod+Shift+Z', 'Ctrl+Y'], where: 'builder', group: 'builder' },
  { id: 'newSession', keys: ['Mod+N'], where: 'global', group: 'app', inFields: true },
  { id: 'duplicate', keys: ['Mod+D'], where: 'builder', group: 'builder' },
  { id: 'print', keys: ['Mod+P'], where: 'builder', group: 'builder', inFields: true },

  { id: 'palette', keys: ['Mod+K'], where: 'global', group: 'app', inFields: true },
  { id: 'find', keys: ['Mod+F'], where: 'global', group: 'app', inFields: true },
  { id: 'save', keys: ['Mod+S', 'Mod+Enter'], where: 'global', group: 'app', inFields: true, absentIn: ['producer'] },
  { id: 'settings', keys: ['Mod+,'], where: 'global', group: 'app', inFields: true },
  { id: 'products', keys: ['Mod+Shift+P'], where: 'global', group: 'app', inFields: true },
  { id: 'sessions', keys: ['Mod+Shift+S'], where: 'global', group: 'app', inFields: true },
  { id: 'hostWindow', keys: ['Mod+Shift+H'], where: 'global', group: 'app', inFields: true },
  { id: 'producerWindow', keys: ['Mod+Shift+L'], where: 'global', group: 'app', inFields: true },
  { id: 'help', keys: ['?'], where: 'global', group: 'app' },
  { id: 'fullScreen', keys: ['F11'], where: 'global', group: 'app', native: true },
] as const satisfies readonly BindingShape[]

export type KeyId = (typeof keyTable)[number]['id']
export interface Binding extends BindingShape {
  readonly id: KeyId
}

/** The ids of all keys. */
export const keyIds: readonly KeyId[] = keyTable.map(({ id }) => id)

/** What clickers and pedals send, and how often they bounce: a second press within that time is the same press. */
export const clicker = { keys: ['PageDown', 'PageUp', '.', 'B'] as readonly string[], bounceMs: 150 }

/** The order in which the help overlay shows its groups. */
export const keyGroups: readonly KeyGroup[] = ['lineUp', 'picture', 'message', 'display', 'clock', 'builder', 'app']

/** The bindings of a table that act on a screen of that scope (the global ones are the frame's). */
export function bindingsOf(scope: KeyScope, table: readonly Binding[] = keyTable): readonly Binding[] {
  const both = scope === 'host' || scope === 'producer'
  return table.filter(({ where }) => where === scope || (both && where === 'show'))
}

/** The screens on which a binding acts. */
function screensOf({ where, absentIn = [] }: Binding): readonly Screen[] {
  const all: readonly Screen[] = where === 'global' ? screens : where === 'show' ? ['host', 'producer'] : [where]
  return all.filter((screen) => !absentIn.includes(screen))
}

const screens: readonly Screen[] = ['host', 'producer', 'builder', 'elsewhere']

/** Whether two bindings act on the same screen, so that they cannot share a key. */
export function meet(a: Binding, b: Binding): boolean {
  const of = screensOf(b)
  return screensOf(a).some((screen) => of.includes(screen))
}
