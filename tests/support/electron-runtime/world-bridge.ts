// How functions and values cross from one world of a page to the other. The source of this function is put into both
// worlds, so it may use nothing from outside itself. The worlds share the window as a target of events, and Chromium clones
// an event's `detail` for each world; dispatching is synchronous, so a call has its answer when it returns.

/** What one world makes of the other's values. */
export interface WorldBridge {
  /** Gives a value to the other world under a name. */
  offer(name: string, value: unknown): void
  /** Takes what the other world offers. */
  onOffer(take: (name: string, value: unknown) => void): void
}

/** One end of the bridge. `token` is known to the two ends alone; `here` and `there` tell them apart. */
export function createWorldBridge(token: string, here: string, there: string): WorldBridge {
  type Wrapped = readonly [string, ...unknown[]]
  const functions = new Map<number, (...args: unknown[]) => unknown>()
  const known = new WeakMap<object, number>()
  const answers = new Map<number, Wrapped>()
  const promises = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>()
  const takers: ((name: string, value: unknown) => void)[] = []
  const ids = { last: 0 }
  const nextId = (): number => (ids.last += 1)
  // The page may change any of these later.
  const {
    CustomEvent: Carrier,
    Promise: PagePromise,
    window: target,
  } = globalThis as unknown as Window & typeof globalThis
  const dispatch = target.dispatchEvent.bind(target)
  const tell = (...detail: unknown[]): void => void dispatch(new Carrier(`${token}-${there}`, { detail }))
  const cloned = new Set(['Date', 'RegExp', 'Map', 'Set', 'ArrayBuffer', 'Blob', 'File', 'FileList', 'ImageBitmap'])

  const fromFunction = (value: (...args: unknown[]) => unknown): Wrapped => {
    const id = known.get(value) ?? nextId()
    known.set(value, id)
    functions.set(id, value)
    return ['function', id]
  }
  const fromPromise = (value: Promise<unknown>): Wrapped => {
    const id = nextId()
    value.then(
      (result) => settle(id, 'fulfilled', result),
      (reason: unknown) => settle(id, 'rejected', reason),
    )
    return ['promise', id]
  }
  const settle = (id: number, how: string, value: unknown): void => {
    try {
      tell('settle', id, how, wrap(value, []))
    } catch (error) {
      tell('settle', id, 'rejected', wrap(error, []))
    }
  }
  const fromError = (value: Error): Wrapped => ['error', value.message]
  const fromObject = (value: object, above: readonly object[]): Wrapped => {
    const name = Object.prototype.toString.call(value).slice(8, -1)
    if (value instanceof PagePromise || name === 'Promise') return fromPromise(value as Promise<unknown>)
    if (value instanceof Error) return fromError(value)
    if (cloned.has(name) || ArrayBuffer.isView(value)) return ['clone', value]
    if (above.includes(value)) throw new TypeError('Cycles through the context bridge are not built in the stand-in')
    const below = [...above, value]
    if (Array.isArray(value)) return ['array', Array.from(value, (one) => wrap(one, below))]
    // Own keys alone: a prototype does not cross.
    return ['object', Object.keys(value).map((key) => [key, wrap((value as Record<string, unknown>)[key], below)])]
  }
  const wrap = (value: unknown, above: readonly object[]): Wrapped => {
    if (typeof value === 'function') return fromFunction(value as (...args: unknown[]) => unknown)
    if (typeof value === 'symbol') throw new TypeError('Symbols cannot cross the context bridge')
    return typeof value === 'object' && value !== null ? fromObject(value, above) : ['plain', value]
  }

  const toFunction = (id: number): unknown => {
    return (...args: unknown[]): unknown => {
      const call = nextId()
      tell('call', id, call, wrap(args, []))
      const answer = answers.get(call)
      answers.delete(call)
      if (!answer) throw new Error('The other world is gone')
      const [how, value] = answer as unknown as [string, Wrapped]
      if (how === 'thrown') throw unwrap(value)
      return unwrap(value)
    }
  }
  const toPromise = (id: number): unknown =>
    new PagePromise((resolve, reject) => void promises.set(id, { resolve, reject }))
  const toObject = (entries: readonly (readonly [string, Wrapped])[]): unknown => {
    const made = {}
    for (const [key, value] of entries)
      Object.defineProperty(made, key, { value: unwrap(value), enumerable: true, writable: true, configurable: true })
    return made
  }
  const unwrap = ([kind, value]: Wrapped): unknown => {
    if (kind === 'function') return toFunction(value as number)
    if (kind === 'promise') return toPromise(value as number)
    if (kind === 'error') return new Error(value as string)
    if (kind === 'array') return (value as Wrapped[]).map(unwrap)
    if (kind === 'object') return toObject(value as [string, Wrapped][])
    return value
  }

  const answer = (id: number, args: Wrapped): Wrapped => {
    try {
      const value = functions.get(id)?.(...(unwrap(args) as unknown[]))
      return ['returned', wrap(value, [])]
    } catch (error) {
      return ['thrown', wrap(error instanceof Error ? error : new Error(String(error)), [])]
    }
  }
  const hear = ([what, first, second, third]: [string, never, never, never]): void => {
    if (what === 'call') tell('answer', second, answer(first, third))
    if (what === 'answer') answers.set(first, second)
    if (what === 'offer') for (const take of takers) take(first, unwrap(second))
    if (what !== 'settle') return
    const waiting = promises.get(first)
    promises.delete(first)
    if (second === 'fulfilled') waiting?.resolve(unwrap(third))
    else waiting?.reject(unwrap(third))
  }
  target.addEventListener(`${token}-${here}`, (event) => {
    event.stopImmediatePropagation()
    hear((event as CustomEvent<[string, never, never, never]>).detail)
  })
  return {
    offer: (name, value) => tell('offer', name, wrap(value, [])),
    onOffer: (take) => void takers.push(take),
  }
}

/** A function as a script: its own source, from which Node has taken the types. */
export function sourceOf(standsAlone: (...given: never[]) => unknown): string {
  return standsAlone.toString()
}
