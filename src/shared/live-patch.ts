import type { PatchOperation } from './live.ts'

/** The JSON Patch that turns `before` into `after`: one `replace` per top-level key whose value differs. */
export function diffTopLevel(before: object, after: object): PatchOperation[] {
  const old = new Map<string, unknown>(Object.entries(before))
  return Object.entries(after)
    .filter(([key, value]) => !sameJson(old.get(key), value))
    .map(([key, value]) => ({ op: 'replace', path: `/${escapePointer(key)}`, value }))
}

/** `state` with the patch applied; only top-level paths, as `diffTopLevel` makes them. Throws at any other path. */
export function applyTopLevel<T extends object>(state: T, patch: readonly PatchOperation[]): T {
  const next = new Map<string, unknown>(Object.entries(state))
  for (const operation of patch) {
    const key = topLevelKey(operation.path)
    if (operation.op === 'remove') next.delete(key)
    else next.set(key, operation.value)
  }
  // Object.fromEntries defines own properties, so a key named __proto__ stays data.
  return Object.fromEntries(next) as T
}

function topLevelKey(path: string): string {
  const parts = path.split('/')
  const [root, key] = parts
  if (parts.length !== 2 || root !== '' || key === undefined) throw new Error(`Not a top-level path: ${path}`)
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Deep equality of two JSON values. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a)
  const right = new Map<string, unknown>(Object.entries(b))
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameJson(value, right.get(key)))
}
