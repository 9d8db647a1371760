import { EventEmitter } from 'node:events'

// What the stand-in does not have must fail by its name: an `undefined` would let the app go on, and a test pass, on
// something that Electron never does.

/** What the language and the tools of tests look for in any object, and may miss. */
const askedOfAnything = new Set([
  'then',
  'catch',
  'toJSON',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  '$$typeof',
  'domain',
])

/** Throws that this part of Electron is not built here. */
export function notBuilt(what: string): never {
  throw new Error(`${what} is not built in the stand-in for Electron; add it in tests/support/electron-runtime`)
}

/**
 * A prototype that throws for every name that it does not know. At the end of the chain, where only what nobody else knew
 * arrives: so objects keep their identity and their private fields, which a proxy around them would break.
 */
function strictPrototype(name: string, base: object): object {
  return new Proxy(base, {
    get(target, key, receiver) {
      if (typeof key === 'symbol' || key in target || askedOfAnything.has(key))
        return Reflect.get(target, key, receiver)
      return notBuilt(`${name}.${key}`)
    },
  })
}

/** The object, which now throws for every name that it does not have. */
export function strict<T extends object>(name: string, built: T): T {
  return Object.setPrototypeOf(built, strictPrototype(name, Object.prototype)) as T
}

/** A base class for what emits events, whose instances throw for every name that they do not have. */
export function strictEmitter(name: string): new () => EventEmitter {
  class Strict extends EventEmitter {}
  Object.setPrototypeOf(Strict.prototype, strictPrototype(name, EventEmitter.prototype))
  return Strict
}

/** A base class without events, whose instances throw for every name that they do not have. */
export function strictObject(name: string): new () => object {
  function Strict(): void {}
  Strict.prototype = Object.create(strictPrototype(name, Object.prototype)) as object
  return Strict as unknown as new () => object
}

/** A whole module of Electron that is not built: any use of it throws. */
export function absent(name: string): object {
  const fail = (): never => notBuilt(name)
  return new Proxy(function Absent() {}, {
    apply: fail,
    construct: fail,
    get: (_target, key) => notBuilt(`${name}.${String(key)}`),
  })
}
