import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { moveDurably, writeDurably } from './durable-files.ts'

/** As much of a zod schema as reads a stored value. */
interface Schema<T> {
  parse(value: unknown): T
}

/** What a small file of our own holds; null where it is not there. One that cannot be read is put aside, never removed. */
export function readRecord<T>(path: string, schema: Schema<T>): T | null {
  if (!existsSync(path)) return null
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    moveDurably(path, `${path}.damaged`)
    return null
  }
}

/** Writes such a file; it is on the disk, whole, when this returns. */
export function writeRecord(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeDurably(path, JSON.stringify(value, null, 2))
}
