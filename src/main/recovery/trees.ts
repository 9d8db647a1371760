import type { PageFile } from './page-file.ts'
import { readTreePage } from './records.ts'
import type { Cell } from './records.ts'

/** What is read of a tree, and what of it could not be. */
export interface Walk {
  readonly cells: Iterable<Cell>
  /** Pages and cells that could not be read, once the cells were. */
  readonly broken: () => number
}

/** Reads a b-tree from its root, as far as it hangs together. `seen` collects its pages; one that was seen is not read again. */
export function walkTree(file: PageFile, root: number, seen: Set<number>): Walk {
  let broken = 0
  function* cells(): Iterable<Cell> {
    const waiting = [root]
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      const page = seen.has(number) ? null : readTreePage(file, number)
      seen.add(number)
      if (!page) {
        broken += 1
        continue
      }
      broken += page.broken
      yield* page.cells
      waiting.push(...page.children)
    }
  }
  return { cells: cells(), broken: () => broken }
}

/** Every cell on a page of a tree that is not in `seen`: what no root leads to any more. */
export function* looseCells(file: PageFile, seen: ReadonlySet<number>): Iterable<Cell> {
  const free = freePages(file)
  for (let number = 2; number <= file.count; number++) {
    if (seen.has(number) || free.has(number)) continue
    yield* readTreePage(file, number)?.cells ?? []
  }
}

/** Pages that are not in use: what stands on them was deleted once. As far as their list can be read. */
function freePages(file: PageFile): Set<number> {
  const free = new Set<number>()
  const first = file.page(1)
  for (let trunk = first?.readUInt32BE(32) ?? 0; trunk !== 0 && !free.has(trunk);) {
    const page = file.page(trunk)
    if (!page) break
    free.add(trunk)
    const count = Math.min(page.readUInt32BE(4), page.length / 4 - 2)
    for (let n = 0; n < count; n++) free.add(page.readUInt32BE(8 + n * 4))
    trunk = page.readUInt32BE(0)
  }
  return free
}

/** An object of the schema, as far as page 1 can be read. */
export interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly root: number
}

export function readSchema(file: PageFile): SchemaObject[] {
  const objects: SchemaObject[] = []
  for (const { values } of walkTree(file, 1, new Set()).cells) {
    const [type, name, , root] = values
    if (typeof type === 'string' && typeof name === 'string' && typeof root === 'number')
      objects.push({ type, name, root })
  }
  return objects
}
