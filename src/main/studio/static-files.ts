import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { listFiles } from '../list-files.ts'
import type { Answer } from './answer.ts'

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
}

/**
 * The built renderer. The files that are there at the start are the only ones that can be had: a path is looked up, never
 * turned into a file name, so no path leads out of the folder.
 */
export class StaticFiles {
  readonly #paths = new Map<string, string>()
  readonly #loaded = new Map<string, Answer>()
  /** The page that every route of the app answers; null where the renderer was not built. */
  readonly index: string | null

  constructor(dir: string) {
    for (const path of filesOf(dir)) this.#paths.set(`/${path}`, join(dir, path))
    const index = this.#paths.get('/index.html')
    this.index = index === undefined ? null : readFileSync(index, 'utf8')
    // Only ever sent with a token in it.
    this.#paths.delete('/index.html')
  }

  get(path: string): Answer | null {
    const file = this.#paths.get(path)
    const type = types[extname(path).toLowerCase()]
    if (file === undefined || type === undefined) return null
    let answer = this.#loaded.get(path)
    if (!answer) {
      answer = load(file, type, path)
      this.#loaded.set(path, answer)
    }
    return answer
  }
}

function load(file: string, type: string, path: string): Answer {
  const body = readFileSync(file)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  // Names in assets/ carry a hash of their content.
  const caching = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
  return { status: 200, type, body, headers: { ETag: etag, 'Cache-Control': caching } }
}

function filesOf(dir: string): string[] {
  return existsSync(dir) ? listFiles(dir) : []
}
