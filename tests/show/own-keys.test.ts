import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sameChord } from '#shared/chord.ts'
import { defaultKeys, effectiveKeys } from '#shared/effective-keys.ts'
import type { KeySettings } from '#shared/effective-keys.ts'
import { giveKeys, judgeKeys, presetKeys, swapped } from '#shared/key-changes.ts'
import { keyIds, keyTable, meet } from '#shared/key-table.ts'
import type { Binding, KeyId } from '#shared/key-table.ts'
import { must } from '#shared/must.ts'
import { chordOf, matchesChord } from '../../src/renderer/keys/chord.ts'
import type { Press } from '../../src/renderer/keys/chord.ts'

const keysOf = (settings: KeySettings, id: KeyId): readonly string[] =>
  must(
    effectiveKeys(settings).find((one) => one.id === id),
    id,
  ).keys
const given = (id: KeyId, ...keys: readonly string[]): KeySettings => giveKeys(defaultKeys, { id, keys })

/** Two commands of one screen with one key. */
function clashes(table: readonly Binding[]): string[] {
  return table.flatMap((a, at) =>
    table
      .slice(at + 1)
      .filter((b) => meet(a, b))
      .flatMap((b) =>
        a.keys
          .filter((key) => b.keys.some((theirs) => sameChord(key, theirs)))
          .map((key) => `${a.id}, ${b.id}: ${key}`),
      ),
  )
}

const chord = fc
  .tuple(
    fc.subarray(['Mod+', 'Ctrl+', 'Alt+', 'Shift+']),
    fc.constantFrom('A', 'F', 'K', 'S', 'Z', '5', '0', 'Digit', '=', '.', '?', 'Space', 'Enter', 'ArrowDown', 'Escape'),
  )
  .map(([held, key]) => `${held.join('')}${key}`)
const id = fc.constantFrom(...keyIds)
const settings: fc.Arbitrary<KeySettings> = fc.record({
  preset: fc.constantFrom('hudson', 'pavoi'),
  changed: fc.dictionary(id, fc.array(chord, { maxLength: 4 }), { maxKeys: 12 }),
})

describe('the keys that act', () => {
  test('are the table’s own where nothing was changed', () => {
    expect(effectiveKeys(defaultKeys)).toEqual(keyTable)
  })
  test('the preset “Pavoi” swaps the arrows and nothing else', () => {
    const pavoi: KeySettings = { preset: 'pavoi', changed: {} }
    expect(keysOf(pavoi, 'next')).toEqual(['ArrowRight', 'Space', 'PageDown'])
    expect(keysOf(pavoi, 'previousImage')).toEqual(['ArrowUp'])
    const moved = effectiveKeys(pavoi).filter(({ keys }, at) => keys.join() !== keyTable[at]?.keys.join())
    expect(moved.map((one) => one.id)).toEqual(['next', 'previous', 'nextImage', 'previousImage'])
    expect(clashes(effectiveKeys(pavoi))).toEqual([])
  })
  test('never give one key to two commands of one screen, whatever the settings say', () => {
    fc.assert(
      fc.property(settings, (any) => {
        expect(clashes(effectiveKeys(any))).toEqual([])
      }),
    )
  })
  test('never lose the digits to another command, nor Escape', () => {
    fc.assert(
      fc.property(settings, (any) => {
        expect(keysOf(any, 'cancel')).toEqual(['Escape'])
        const off = any.changed.number?.length === 0
        expect(keysOf(any, 'number')).toEqual(off ? [] : ['Digit'])
      }),
    )
  })
  test('a digit key can be switched off, and only that', () => {
    expect(keysOf({ preset: 'hudson', changed: { number: [] } }, 'number')).toEqual([])
    expect(keysOf({ preset: 'hudson', changed: { number: ['X'] } }, 'number')).toEqual(['Digit'])
  })
  test('a key that nobody may have is passed over', () => {
    expect(keysOf({ preset: 'hudson', changed: { palette: ['X'], next: ['Tab', 'X'] } }, 'palette')).toEqual([])
    expect(keysOf({ preset: 'hudson', changed: { palette: ['X'], next: ['Tab', 'X'] } }, 'next')).toEqual(['X'])
  })
})

describe('a wish for a key', () => {
  const judge = (wish: KeyId, ...keys: readonly string[]) => judgeKeys(defaultKeys, { id: wish, keys })
  test('that nobody has is free; so is one of a screen that is never in front with it', () => {
    expect(judge('next', 'J')).toEqual({ kind: 'free' })
    // The builder and the show are never on one screen; both have G and A free for themselves.
    expect(judge('timer', 'G')).toEqual({ kind: 'free' })
    expect(judge('skip', 'A')).toEqual({ kind: 'free' })
  })
  test('names who has it', () => {
    expect(judge('next', 'F')).toEqual({ kind: 'taken', by: ['fullImage'], canSwap: true })
    // Everywhere is on the console too.
    expect(judge('timer', 'Mod+K')).toMatchObject({ kind: 'taken', by: ['palette'] })
    expect(judge('palette', 'Mod+Z')).toMatchObject({ kind: 'taken', by: ['undo'] })
  })
  test('Ctrl and Mod are one key', () => {
    expect(judge('next', 'Ctrl+K')).toMatchObject({ kind: 'taken', by: ['palette'] })
  })
  test('digits with Alt stay with the presets', () => {
    expect(judge('next', 'Alt+5')).toEqual({ kind: 'kept', by: 'sendPreset' })
  })
  test('is refused with its reason', () => {
    const reason = (wish: KeyId, key: string) => {
      const verdict = judge(wish, key)
      return verdict.kind === 'reserved' ? verdict.reason : verdict.kind
    }
    expect(reason('next', 'Tab')).toBe('focus')
    expect(reason('next', 'Shift+Escape')).toBe('back')
    expect(reason('next', '7')).toBe('digit')
    expect(reason('next', 'Mod+W')).toBe('system')
    expect(reason('next', 'F11')).toBe('system')
    expect(reason('next', 'Mod+C')).toBe('text')
    expect(reason('palette', 'X')).toBe('typed')
    expect(reason('palette', 'Alt+ArrowLeft')).toBe('text')
    expect(reason('palette', 'F8')).toBe('free')
    // Its own key is never refused.
    expect(reason('clearMessage', 'Shift+Escape')).toBe('free')
  })
  test('taken over, the other command loses that key and keeps its others', () => {
    const after = giveKeys(defaultKeys, { id: 'fullImage', keys: ['Space'] })
    expect(keysOf(after, 'fullImage')).toEqual(['Space'])
    expect(keysOf(after, 'next')).toEqual(['ArrowDown', 'PageDown'])
  })
  test('swapped, each has the other’s', () => {
    const after = must(swapped(defaultKeys, { id: 'timer', keys: ['F'] }), 'a swap')
    expect([keysOf(after, 'timer'), keysOf(after, 'fullImage')]).toEqual([['F'], ['T']])
    expect(after.changed).toEqual({ timer: ['F'], fullImage: ['T'] })
  })
  test('no swap where the other could not have it', () => {
    // A bare letter would be typed where the palette acts.
    expect(judge('timer', 'Mod+K')).toMatchObject({ kind: 'taken', canSwap: false })
  })
  test('back to the preset’s keys is no change', () => {
    const away = given('next', 'J')
    expect(away.changed).toEqual({ next: ['J'] })
    expect(giveKeys(away, { id: 'next', keys: presetKeys(away, 'next') })).toEqual(defaultKeys)
  })
  test('granted, is what acts, whatever was before', () => {
    fc.assert(
      fc.property(settings, id, chord, (any, wish, key) => {
        if (!['free', 'taken'].includes(judgeKeys(any, { id: wish, keys: [key] }).kind)) return
        const binding = must(
          keyTable.find((one) => one.id === wish),
          'a command',
        )
        if (['number', 'holdNumber', 'sendPreset', 'cancel', 'fullScreen'].includes(binding.id)) return
        const after = giveKeys(any, { id: wish, keys: [key] })
        expect(keysOf(after, wish)).toEqual([key])
        expect(clashes(effectiveKeys(after))).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})

describe('a press', () => {
  const plain: Press = { key: '', code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
  const name = (press: Partial<Press>, mac = false) => chordOf({ ...plain, ...press }, mac)
  test('is named as the table names it', () => {
    expect(name({ key: 'j', code: 'KeyJ' })).toBe('J')
    expect(name({ key: 'J', code: 'KeyJ', shiftKey: true, ctrlKey: true })).toBe('Mod+Shift+J')
    expect(name({ key: 'j', code: 'KeyJ', metaKey: true }, true)).toBe('Mod+J')
    expect(name({ key: 'j', code: 'KeyJ', ctrlKey: true }, true)).toBe('Ctrl+J')
    expect(name({ key: ' ', code: 'Space', shiftKey: true })).toBe('Shift+Space')
    expect(name({ key: '?', code: 'Slash', shiftKey: true })).toBe('?')
    expect(name({ key: '+', code: 'Equal', shiftKey: true, ctrlKey: true })).toBe('Mod+=')
    expect(name({ key: 'F8', code: 'F8' })).toBe('F8')
  })
  test('of a modifier alone, or with a key of the system’s own, has no name', () => {
    expect(name({ key: 'Shift', code: 'ShiftLeft', shiftKey: true })).toBeNull()
    expect(name({ key: 'k', code: 'KeyK', metaKey: true })).toBeNull()
  })
  test('is found again by its name', () => {
    const pressed = ['a KeyA', 'Z KeyY', 'е KeyT', 'ö Semicolon', '? Minus', '+ NumpadAdd', '& Digit1', '5 Numpad5']
    const named = ['  Space', 'ArrowUp ArrowUp', '≠ Equal', '. Period', 'F8 F8', 'Enter NumpadEnter']
    const key = fc
      .constantFrom(...pressed, ...named)
      .map((one) => [one.slice(0, one.lastIndexOf(' ')), one.slice(one.lastIndexOf(' ') + 1)])
    const held = fc.record({
      ctrlKey: fc.boolean(),
      metaKey: fc.boolean(),
      altKey: fc.boolean(),
      shiftKey: fc.boolean(),
    })
    fc.assert(
      fc.property(key, held, fc.boolean(), ([typed = '', code = ''], mods, mac) => {
        const press = { key: typed, code, ...mods }
        const found = chordOf(press, mac)
        if (found === null) return
        expect(matchesChord(found, press, mac), found).toBe(true)
      }),
    )
    expect.hasAssertions()
  })
})
