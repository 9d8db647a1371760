import { describe, expect, test } from 'vitest'
import { bindingsOf, keyGroups, keyTable } from '#shared/key-table.ts'
import type { KeyScope } from '#shared/key-table.ts'
import { keyCaps } from '../../src/renderer/keys/key-label.ts'
import { matchKey } from '../../src/renderer/keys/match-key.ts'
import type { KeyMoment } from '../../src/renderer/keys/match-key.ts'
import { matchesChord } from '../../src/renderer/keys/chord.ts'

const plain: KeyMoment = {
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  composing: false,
  altGraph: false,
  target: 'page',
}
const rules = { mac: false, singleKeys: true }
function find(press: Partial<KeyMoment>, scope: KeyScope = 'producer', with_: Partial<typeof rules> = {}) {
  return matchKey(bindingsOf(scope), { ...plain, ...press }, { ...rules, ...with_ })
}
const id = (...args: Parameters<typeof find>) => find(...args)?.binding.id ?? null

describe('modifiers', () => {
  test('must match exactly', () => {
    expect(id({ key: '1', code: 'Digit1' })).toBe('number')
    expect(id({ key: '1', code: 'Digit1', ctrlKey: true })).toBeNull()
    expect(id({ key: '1', code: 'Digit1', altKey: true })).toBe('sendPreset')
    expect(id({ key: 't', code: 'KeyT' })).toBe('timer')
    expect(id({ key: 'T', code: 'KeyT', shiftKey: true })).toBe('resetTimer')
    expect(id({ key: ' ', code: 'Space', shiftKey: true })).toBe('previous')
  })
  test('Mod is ⌘ on macOS and Ctrl elsewhere, never both', () => {
    const k = { key: 'k', code: 'KeyK' }
    expect(id({ ...k, ctrlKey: true }, 'global')).toBe('palette')
    expect(id({ ...k, metaKey: true }, 'global')).toBeNull()
    expect(id({ ...k, metaKey: true }, 'global', { mac: true })).toBe('palette')
    expect(id({ ...k, ctrlKey: true }, 'global', { mac: true })).toBeNull()
    expect(id({ ...k, ctrlKey: true, metaKey: true }, 'global')).toBeNull()
  })
  test('AltGr types characters and is never a shortcut', () => {
    expect(id({ key: '2', code: 'Digit2', altKey: true, altGraph: true })).toBeNull()
  })
})

describe('keyboards', () => {
  test('the number pad counts', () => {
    expect(find({ key: '7', code: 'Numpad7' })?.digit).toBe(7)
    expect(id({ key: 'Enter', code: 'NumpadEnter' })).toBe('enterNumber')
    expect(id({ key: 'Home', code: 'Numpad7' })).toBe('first')
  })
  test('letters of other alphabets go by the place of the key', () => {
    expect(id({ key: 'е', code: 'KeyT' })).toBe('timer')
    expect(id({ key: 'я', code: 'KeyZ', ctrlKey: true }, 'builder')).toBe('undo')
  })
  test('Latin letters go by what they type', () => {
    expect(id({ key: 'z', code: 'KeyY', ctrlKey: true }, 'builder')).toBe('undo')
    expect(id({ key: 'a', code: 'KeyQ' }, 'host')).toBe('acknowledge')
  })
  test('French rows type digits without Shift too', () => {
    expect(find({ key: '&', code: 'Digit1' })?.digit).toBe(1)
  })
  test('a digit with Shift is held, whatever character the row types then', () => {
    const held = { id: 'holdNumber', digit: 9 }
    const hit = (press: Partial<KeyMoment>) => ({ id: id(press), digit: find(press)?.digit })
    expect(hit({ key: '(', code: 'Digit9', shiftKey: true })).toEqual(held)
    expect(hit({ key: '9', code: 'Digit9', shiftKey: true })).toEqual(held)
    expect(hit({ key: ')', code: 'Digit9', shiftKey: true })).toEqual(held)
    expect(id({ key: '(', code: 'Digit9', shiftKey: true }, 'builder')).toBeNull()
    expect(id({ key: '(', code: 'Digit9', shiftKey: true, target: 'field' })).toBeNull()
  })
  test('Option characters of macOS still mean their key', () => {
    const mac = { mac: true }
    expect(find({ key: '¡', code: 'Digit1', altKey: true }, 'producer', mac)?.digit).toBe(1)
    expect(id({ key: '≠', code: 'Equal', altKey: true }, 'producer', mac)).toBe('timerMore')
    expect(id({ key: '–', code: 'Minus', altKey: true }, 'producer', mac)).toBe('timerLess')
  })
  test('a question mark is one wherever it is typed', () => {
    expect(id({ key: '?', code: 'Slash', shiftKey: true }, 'global')).toBe('help')
    expect(id({ key: '?', code: 'Minus', shiftKey: true }, 'global')).toBe('help')
  })
  test('larger text works with and without Shift', () => {
    expect(id({ key: '=', code: 'Equal', ctrlKey: true }, 'host')).toBe('textLarger')
    expect(id({ key: '+', code: 'Equal', ctrlKey: true, shiftKey: true }, 'host')).toBe('textLarger')
    expect(id({ key: '0', code: 'Digit0', ctrlKey: true }, 'host')).toBe('textNormal')
  })
})

describe('what is suspended', () => {
  test('single keys in a text field; combinations that say so still act', () => {
    expect(id({ key: 'ArrowLeft', target: 'field' })).toBeNull()
    expect(id({ key: '4', code: 'Digit4', target: 'field' })).toBeNull()
    expect(id({ key: 'z', code: 'KeyZ', ctrlKey: true, target: 'field' }, 'builder')).toBeNull()
    expect(id({ key: 'Enter', ctrlKey: true, target: 'field' })).toBe('updateHost')
    expect(id({ key: 'k', code: 'KeyK', ctrlKey: true, target: 'field' }, 'global')).toBe('palette')
  })
  test('everything in an open dialog or menu', () => {
    expect(id({ key: 'k', code: 'KeyK', ctrlKey: true, target: 'dialog' }, 'global')).toBeNull()
    expect(id({ key: 'ArrowDown', target: 'dialog' })).toBeNull()
  })
  test('Space and Enter on a button, which act on the button only', () => {
    expect(id({ key: ' ', target: 'button' })).toBeNull()
    expect(id({ key: 'Enter', target: 'button' })).toBeNull()
    expect(id({ key: ' ', shiftKey: true, target: 'button' })).toBeNull()
    expect(id({ key: 'ArrowDown', target: 'button' })).toBe('next')
    expect(id({ key: '4', code: 'Digit4', target: 'button' })).toBe('number')
  })
  test('all keys while an input method composes', () => {
    expect(id({ key: 'Enter', composing: true })).toBeNull()
  })
  test('single keys where the setting is off, except Escape', () => {
    const off = { singleKeys: false }
    expect(id({ key: '4', code: 'Digit4' }, 'producer', off)).toBeNull()
    expect(id({ key: 'ArrowDown' }, 'producer', off)).toBeNull()
    expect(id({ key: 'Escape' }, 'producer', off)).toBe('cancel')
    expect(id({ key: '4', code: 'Digit4', altKey: true }, 'producer', off)).toBe('sendPreset')
  })
  test('auto-repeat of what moves the show; it is swallowed, not passed on', () => {
    expect(find({ key: 'ArrowDown', repeat: true })?.swallowed).toBe(true)
    expect(find({ key: '4', code: 'Digit4', repeat: true })?.swallowed).toBe(true)
    expect(find({ key: 'ArrowUp', altKey: true, repeat: true }, 'builder')?.swallowed).toBe(false)
  })
})

describe('the table', () => {
  test('has every id once, and every binding in a group that the overlay shows', () => {
    const ids = keyTable.map((binding) => binding.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(keyTable.every(({ group }) => keyGroups.includes(group))).toBe(true)
  })
  test('gives no chord to two bindings of one screen', () => {
    for (const scope of ['host', 'producer', 'builder'] as const) {
      // The console saves nothing: there, the same keys update the host.
      const everywhere = bindingsOf('global').filter((one) => scope !== 'producer' || one.id !== 'save')
      const chords = [...bindingsOf(scope), ...everywhere].flatMap(({ keys }) => keys)
      expect(new Set(chords).size, scope).toBe(chords.length)
    }
  })
  test('prints chords as the keyboard does', () => {
    expect(keyCaps('Mod+Shift+P', false)).toEqual(['Ctrl', 'Shift', 'P'])
    expect(keyCaps('Mod+Shift+P', true)).toEqual(['⌘', '⇧', 'P'])
  })
  test('the number pad’s plus makes text larger, too', () => {
    expect(matchesChord('Mod+=', { ...plain, key: '+', code: 'NumpadAdd', ctrlKey: true }, false)).toBe(true)
  })
})
