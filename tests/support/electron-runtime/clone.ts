// Values between the processes and between the worlds of a page travel as text. These two functions run on both sides: they
// are put into pages by their own source, so they may use nothing from outside themselves.

/** A value as text that `decode` reads, by the rules of the structured clone; throws for what cannot be cloned. */
export function encode(value: unknown): string {
  const seen = new Map<object, number>()
  const fail = (what: string): never => {
    throw new Error(`An object could not be cloned: ${what}`)
  }
  const bytes = (view: Uint8Array): string => Array.from(view, (one) => String.fromCharCode(one)).join('')
  const ofObject = (one: object): unknown => {
    const name = Object.prototype.toString.call(one).slice(8, -1)
    if (Array.isArray(one)) return ['a', Array.from(one, walk)]
    if (one instanceof Date) return ['d', one.getTime()]
    if (one instanceof Map) return ['m', Array.from(one, ([key, held]) => [walk(key), walk(held)])]
    if (one instanceof Set) return ['s', Array.from(one, walk)]
    if (one instanceof RegExp) return ['r', one.source, one.flags]
    if (one instanceof Error) return ['e', one.name, one.message, one.stack ?? '']
    if (one instanceof ArrayBuffer) return ['b', bytes(new Uint8Array(one))]
    if (ArrayBuffer.isView(one)) return ['v', name, bytes(new Uint8Array(one.buffer, one.byteOffset, one.byteLength))]
    if (name !== 'Object' || one instanceof Promise) return fail(`#<${name}>`)
    return ['o', Object.keys(one).map((key) => [key, walk((one as Record<string, unknown>)[key])])]
  }
  const walk = (one: unknown): unknown => {
    if (one === null || typeof one === 'string' || typeof one === 'boolean') return one
    if (one === undefined) return ['u']
    if (typeof one === 'number')
      return Number.isFinite(one) && !Object.is(one, -0) ? one : ['n', Object.is(one, -0) ? '-0' : String(one)]
    if (typeof one === 'bigint') return ['i', String(one)]
    if (typeof one !== 'object') return fail(`a ${typeof one}`)
    const known = seen.get(one)
    if (known !== undefined) return ['=', known]
    const place = seen.size
    seen.set(one, place)
    return ['#', place, ofObject(one)]
  }
  return JSON.stringify(walk(value))
}

/** The value that `encode` wrote. */
export function decode(text: string): unknown {
  type Tagged = [string, ...never[]]
  const made = new Map<number, unknown>()
  const buffer = (held: string): Uint8Array => Uint8Array.from(held, (one) => one.codePointAt(0) ?? 0)
  const view = (name: string, held: string): unknown => {
    const { buffer: raw } = buffer(held)
    const kinds = globalThis as unknown as Record<string, new (raw: ArrayBufferLike) => unknown>
    const Kind = kinds[name] ?? Uint8Array
    return new Kind(raw)
  }
  const error = (name: string, message: string, stack: string): Error => {
    const kinds = globalThis as unknown as Record<string, ErrorConstructor | undefined>
    const Kind = /^(Eval|Range|Reference|Syntax|Type|URI)Error$/.test(name) ? (kinds[name] ?? Error) : Error
    return Object.assign(new Kind(message), { stack })
  }
  const build = (place: number, [tag, ...rest]: [string, ...unknown[]]): unknown => {
    const keep = <T>(one: T): T => {
      made.set(place, one)
      return one
    }
    const [first, second, third] = rest as [never, never, never]
    if (tag === 'a') {
      const list: unknown[] = keep([])
      for (const one of first as unknown[]) list.push(walk(one))
      return list
    }
    if (tag === 'o') {
      const object: object = keep({})
      for (const [key, held] of first as [string, unknown][])
        Object.defineProperty(object, key, { value: walk(held), writable: true, enumerable: true, configurable: true })
      return object
    }
    if (tag === 'm') {
      const map = keep(new Map<unknown, unknown>())
      for (const [key, held] of first as [unknown, unknown][]) map.set(walk(key), walk(held))
      return map
    }
    if (tag === 's') {
      const set = keep(new Set<unknown>())
      for (const one of first as unknown[]) set.add(walk(one))
      return set
    }
    if (tag === 'd') return keep(new Date(first))
    if (tag === 'r') return keep(new RegExp(first, second))
    if (tag === 'e') return keep(error(first, second, third))
    if (tag === 'b') return keep(buffer(first).buffer)
    return keep(view(first, second))
  }
  const walk = (one: unknown): unknown => {
    if (!Array.isArray(one)) return one
    const [tag, first, second] = one as Tagged as [string, never, never]
    if (tag === 'u') return undefined
    if (tag === 'n') return Number(first)
    if (tag === 'i') return BigInt(first)
    if (tag === '=') return made.get(first)
    return build(first, second)
  }
  return walk(JSON.parse(text))
}
