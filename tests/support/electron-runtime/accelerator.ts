// The names that an accelerator may hold (https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts#accelerators).

const modifiers: ReadonlyMap<string, string> = new Map([
  ['command', 'Meta'],
  ['cmd', 'Meta'],
  ['control', 'Control'],
  ['ctrl', 'Control'],
  ['commandorcontrol', process.platform === 'darwin' ? 'Meta' : 'Control'],
  ['cmdorctrl', process.platform === 'darwin' ? 'Meta' : 'Control'],
  ['alt', 'Alt'],
  ['option', 'Alt'],
  ['altgr', 'AltGr'],
  ['shift', 'Shift'],
  ['super', 'Meta'],
  ['meta', 'Meta'],
])

const namedKeys = new Set(
  (
    'plus space tab capslock numlock scrolllock backspace delete insert return enter up ' +
    'down left right home end pageup pagedown escape esc printscreen ' +
    'volumeup volumedown volumemute medianexttrack mediaprevioustrack mediastop mediaplaypause numdec numadd numsub nummult numdiv'
  ).split(' '),
)

function isKey(name: string): boolean {
  return /^[\x21-\x7e]$/.test(name) || /^f([1-9]|1\d|2[0-4])$/.test(name) || /^num\d$/.test(name) || namedKeys.has(name)
}

/** One spelling for each combination; throws where Electron would not understand it. */
export function readAccelerator(accelerator: string): string {
  const parts = accelerator.toLowerCase().split('+')
  const key = parts.pop() ?? ''
  const held = parts.map((part) => modifiers.get(part) ?? '')
  if (!isKey(key) || held.includes('')) throw new TypeError(`"${accelerator}" is not an accelerator`)
  return [
    ...[...new Set(held)].toSorted((a, b) => a.localeCompare(b)),
    key === 'esc' ? 'escape' : key === 'return' ? 'enter' : key,
  ].join('+')
}
