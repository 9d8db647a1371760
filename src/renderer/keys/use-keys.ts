import { useEffect, useRef } from 'react'
import { bindingsOf, clicker } from '#shared/key-table.ts'
import type { Binding, KeyId, KeyScope } from '#shared/key-table.ts'
import { onAsked } from '../api.ts'
import { fieldHasFocus, overlayIsOpen, readPress } from './key-press.ts'
import { matchKey } from './match-key.ts'
import { onMac } from './platform.ts'
import { useKeyTable } from './use-key-table.ts'

/** One press of a bound key. */
export interface KeyHit {
  /** The digit that was pressed, for the bindings that take one. */
  readonly digit: number | null
  /** `press` for most keys; keys that are held go `down`, then `held`, or `up` when let go too early. */
  readonly phase: 'press' | 'down' | 'held' | 'up'
}

/** Answer `false` to leave the key to the browser, as if it were not bound. */
export type KeyHandlers = { readonly [Id in KeyId]?: (hit: KeyHit) => unknown }

interface KeyOptions {
  readonly disabled?: boolean
}

/**
 * Binds a screen's keys while it is mounted, and the native menu's items that do the same. Handlers may change on every render;
 * the listener stays.
 */
export function useKeys(scope: KeyScope, handlers: KeyHandlers, options: KeyOptions = {}): void {
  const { table, singleKeys } = useKeyTable()
  const now = { handlers, disabled: options.disabled ?? false, singleKeys, bindings: bindingsOf(scope, table) }
  const latest = useRef(now)
  useEffect(() => {
    latest.current = now
  })
  useEffect(() => {
    const keys = new KeyListener(() => latest.current)
    const stops = [keys.listen(window), onAsked((event) => event.event === 'command' && keys.run(event.id))]
    return () => stops.forEach((stop) => stop())
  }, [])
}

interface Latest {
  readonly handlers: KeyHandlers
  readonly disabled: boolean
  /** The setting: whether keys without a modifier act. */
  readonly singleKeys: boolean
  readonly bindings: readonly Binding[]
}

/** The listener behind `useKeys`: matching, clickers' double sends, and keys that are held. */
export class KeyListener {
  readonly #latest: () => Latest
  readonly #lastAt = new Map<string, number>()
  #held: { readonly id: KeyId; readonly code: string; readonly timer: ReturnType<typeof setTimeout> } | null = null

  constructor(latest: () => Latest) {
    this.#latest = latest
  }

  /** Returns the way to stop. */
  listen(target: Window): () => void {
    const down = (event: KeyboardEvent) => this.#down(event)
    const up = (event: KeyboardEvent) => this.#up(event)
    const leave = () => this.#release()
    target.addEventListener('keydown', down)
    target.addEventListener('keyup', up)
    target.addEventListener('blur', leave)
    return () => {
      this.#release()
      target.removeEventListener('keydown', down)
      target.removeEventListener('keyup', up)
      target.removeEventListener('blur', leave)
    }
  }

  /** What the key does, chosen in a menu. A key that is held acts at once: nobody chooses from a menu by accident. */
  run(id: KeyId): void {
    const { handlers, disabled, bindings } = this.#latest()
    const binding = bindings.find((one) => one.id === id)
    if (!binding || disabled || overlayIsOpen()) return
    if ((id === 'undo' || id === 'redo') && fieldHasFocus()) return
    handlers[id]?.({ digit: null, phase: binding.holdMs === undefined ? 'press' : 'held' })
  }

  #down(event: KeyboardEvent): void {
    if (event.defaultPrevented) return
    const { handlers, disabled, singleKeys, bindings } = this.#latest()
    if (disabled) return
    const match = matchKey(bindings, readPress(event), { mac: onMac(), singleKeys })
    const handler = match && handlers[match.binding.id]
    if (!match || !handler) return
    if (match.swallowed || this.#bounces(match.chord, event.timeStamp)) {
      event.preventDefault()
      return
    }
    const { binding, digit } = match
    if (binding.holdMs !== undefined) {
      this.#hold(binding.id, binding.holdMs, event.code)
      handler({ digit, phase: 'down' })
      event.preventDefault()
    } else if (handler({ digit, phase: 'press' }) !== false) {
      event.preventDefault()
    }
  }

  #bounces(chord: string, at: number): boolean {
    if (!clicker.keys.includes(chord)) return false
    const last = this.#lastAt.get(chord)
    if (last !== undefined && at - last < clicker.bounceMs) return true
    this.#lastAt.set(chord, at)
    return false
  }

  #hold(id: KeyId, ms: number, code: string): void {
    this.#release()
    const timer = setTimeout(() => {
      this.#held = null
      this.#latest().handlers[id]?.({ digit: null, phase: 'held' })
    }, ms)
    this.#held = { id, code, timer }
  }

  #up(event: KeyboardEvent): void {
    if (this.#held?.code === event.code) this.#release()
  }

  #release(): void {
    const held = this.#held
    if (!held) return
    this.#held = null
    clearTimeout(held.timer)
    this.#latest().handlers[held.id]?.({ digit: null, phase: 'up' })
  }
}
