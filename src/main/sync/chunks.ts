import type { Synced } from '../db/schema.ts'
import type { Chunk } from './remote.ts'

/** A row's values by the names of its columns, as Postgres' own texts. */
export type Texts = Readonly<Record<string, string | null>>

/** One changed row; null = it is deleted. */
export interface WireRow {
  readonly entity: Synced
  readonly id: string
  readonly row: Texts | null
}

/** What is in a chunk: rows, each its columns' texts, or the ids of those that are deleted. */
export type ChunkBody =
  | { readonly columns: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] }
  | { readonly gone: readonly string[] }

/** What is in a chunk. */
export function readChunk({ body }: Chunk): ChunkBody {
  return JSON.parse(body) as ChunkBody
}

/** The rows of chunks, one by one. */
export function* rowsOf(chunks: Iterable<Chunk>): Iterable<WireRow> {
  for (const chunk of chunks) {
    const { entity } = chunk
    const read = readChunk(chunk)
    if ('gone' in read) {
      for (const id of read.gone) yield { entity, id, row: null }
      continue
    }
    for (const values of read.rows) {
      const row = Object.fromEntries(read.columns.map((name, index) => [name, values[index] ?? null]))
      yield { entity, id: row['id'] ?? '', row }
    }
  }
}

/** The ids of a chunk's rows. */
export function idsOf(chunk: ChunkBody): string[] {
  if ('gone' in chunk) return [...chunk.gone]
  const at = chunk.columns.indexOf('id')
  return chunk.rows.map((values) => values[at] ?? '')
}
