import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { FieldDraft, SAVE_AFTER_MS } from '../../src/renderer/sessions/draft/field-draft.ts'
import type { DraftSource } from '../../src/renderer/sessions/draft/field-draft.ts'

class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>()
  get length(): number {
    return this.#items.size
  }
  clear(): void {
    this.#items.clear()
  }
  getItem(name: string): string | null {
    return this.#items.get(name) ?? null
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null
  }
  removeItem(name: string): void {
    this.#items.delete(name)
  }
  setItem(name: string, value: string): void {
    this.#items.set(name, value)
  }
}

/** A place to save to, whose answers come when the test says so. */
function openPlace(saved: string) {
  const place = {
    saved,
    taken: [] as string[],
    answers: [] as ((error?: Error) => void)[],
  }
  const source: DraftSource = {
    get saved() {
      return place.saved
    },
    check: (text) => (text.trim() === '' ? 'A name is needed.' : null),
    save: (text) => {
      place.taken.push(text)
      return new Promise((resolve, reject) => {
        place.answers.push((error) => {
          if (error) reject(error)
          else {
            place.saved = text.trim()
            resolve(undefined)
          }
        })
      })
    },
  }
  return { place, source }
}

function open(saved = 'Old') {
  const storage = new MemoryStorage()
  const { place, source } = openPlace(saved)
  const draft = new FieldDraft('field', storage)
  draft.connect(source)
  return { draft, place, source, storage }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('a field that saves itself', () => {
  test('saves once, after the last key', async () => {
    const { draft, place } = open()
    draft.focus()
    for (const text of ['N', 'Ne', 'New']) {
      draft.type(text)
      await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1)
    }
    expect(place.taken).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(place.taken).toEqual(['New'])
    expect(draft.view().status).toBe('saving')
    place.answers[0]?.()
    await settle()
    expect(draft.view()).toMatchObject({ status: 'saved', text: 'New' })
  })

  test('keeps the text while someone is in it, also where saving trimmed it, and lets go on leaving', async () => {
    const { draft, place } = open()
    draft.focus()
    draft.type('New ')
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
    place.answers[0]?.()
    await settle()
    expect(draft.view().text).toBe('New ')
    place.saved = 'Changed elsewhere'
    expect(draft.view().text).toBe('New ')
    draft.leave()
    expect(draft.view().text).toBeNull()
    expect(place.taken).toEqual(['New '])
  })

  test('saves at once on leaving', () => {
    const { draft, place } = open()
    draft.focus()
    draft.type('New')
    draft.leave()
    expect(place.taken).toEqual(['New'])
  })

  test('saves what was typed during a save after it, never beside it', async () => {
    const { draft, place } = open()
    draft.focus()
    draft.type('A')
    draft.flush()
    draft.type('AB')
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS * 2)
    expect(place.taken).toEqual(['A'])
    place.answers[0]?.()
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
    expect(place.taken).toEqual(['A', 'AB'])
  })

  test('typed back to what is saved saves nothing', async () => {
    const { draft, place, storage } = open()
    draft.focus()
    draft.type('Other')
    draft.type('Old')
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
    expect(place.taken).toEqual([])
    expect(storage.length).toBe(0)
  })

  test('goes back to the first text also after another one was saved', async () => {
    const { draft, place } = open()
    draft.focus()
    draft.type('New')
    draft.flush()
    place.answers[0]?.()
    await settle()
    draft.type('Old')
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
    expect(place.taken).toEqual(['New', 'Old'])
  })

  test('says what failed, keeps the text, and saves it when asked again', async () => {
    const { draft, place, storage } = open()
    draft.focus()
    draft.type('New')
    draft.leave()
    place.answers[0]?.(new Error('No room left.'))
    await settle()
    expect(draft.view()).toEqual({ text: 'New', status: 'failed', problem: 'No room left.' })
    expect(storage.getItem('draft:field')).toBe('New')
    draft.flush()
    place.answers[1]?.()
    await settle()
    expect(place.saved).toBe('New')
    expect(draft.view().text).toBeNull()
    expect(storage.length).toBe(0)
  })

  test('is saved once it may work again, and only where it had failed', async () => {
    const { draft, place } = open()
    draft.type('New')
    draft.retry()
    expect(place.taken).toEqual([])
    draft.leave()
    place.answers[0]?.(new Error('No room left.'))
    await settle()
    draft.retry()
    place.answers[1]?.()
    await settle()
    expect([place.taken, place.saved, draft.view().text]).toEqual([['New', 'New'], 'New', null])
  })

  test('does not save what is wrong, and says why', () => {
    const { draft, place } = open()
    draft.focus()
    draft.type('  ')
    draft.leave()
    expect(place.taken).toEqual([])
    expect(draft.view()).toEqual({ text: '  ', status: 'wrong', problem: 'A name is needed.' })
  })

  test('taken back during a save, it shows what is saved', async () => {
    const { draft, place, storage } = open()
    draft.focus()
    draft.type('New')
    draft.flush()
    draft.discard()
    place.answers[0]?.()
    await settle()
    expect(draft.view().text).toBeNull()
    expect(storage.length).toBe(0)
  })

  test('is there again after a page that ended before it was saved, and is saved then', async () => {
    const { draft, source, place, storage } = open()
    draft.focus()
    draft.type('Half a sente')
    const next = new FieldDraft('field', storage)
    next.connect(source)
    expect(next.view().text).toBe('Half a sente')
    next.start()
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS)
    expect(place.taken.at(-1)).toBe('Half a sente')
  })

  test('that saves on leaving only waits for that', async () => {
    const { draft, source, place } = open()
    draft.connect({ ...source, saved: 'Old', onLeaveOnly: true })
    draft.focus()
    draft.type('Ri')
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS * 3)
    expect(place.taken).toEqual([])
    draft.leave()
    expect(place.taken).toEqual(['Ri'])
  })
})
