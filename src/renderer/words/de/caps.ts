import type { caps as english } from '../en/caps.ts'
import type { Translation } from '../en.ts'

export const caps = {
  Ctrl: 'Strg',
  Shift: 'Umschalt',
  Space: 'Leertaste',
  Enter: 'Enter',
  Backspace: 'Rücktaste',
  Escape: 'Esc',
  Delete: 'Entf',
  Home: 'Pos1',
  End: 'Ende',
  PageUp: 'Bild ↑',
  PageDown: 'Bild ↓',
} satisfies Translation<typeof english>
