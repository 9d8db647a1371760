/** What is printed on the keys of a keyboard, where it is a word. */
export const caps = {
  Ctrl: 'Ctrl',
  Shift: 'Shift',
  Space: 'Space',
  Enter: 'Enter',
  Backspace: 'Backspace',
  Escape: 'Esc',
  Delete: 'Del',
  Home: 'Home',
  End: 'End',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
} as const
