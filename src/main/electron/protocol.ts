import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { isAppUrl } from './links.ts'

const types: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.webp', 'image/webp'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
])

const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
}

export interface AppProtocolOptions {
  /** The folder of the built renderer. */
  readonly rendererDir: string
  /** The picture of that name, or null. */
  readonly readPicture: (file: string) => { readonly path: string; readonly contentType: string } | null
}

/**
 * Answers `app://hudson/…`: the files of the built renderer, its page for every route of the app, and pictures. The files
 * are listed once, at the start, and looked up: a path never becomes a file name, so none leads out of the folder.
 */
export function createAppProtocol(options: AppProtocolOptions): (request: Request) => Promise<Response> {
  const files = listFiles(options.rendererDir)
  return async (request) => {
    if (!isAppUrl(request.url)) return refusal(403)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    const found = find(files, new URL(request.url).pathname, options)
    return found ? send(found, request.method) : refusal(404)
  }
}

interface Found {
  readonly path: string
  readonly contentType: string
}

function find(files: ReadonlyMap<string, Found>, pathname: string, { readPicture }: AppProtocolOptions): Found | null {
  const file = files.get(pathname)
  if (file) return file
  if (pathname.startsWith('/media/')) return readPicture(pathname.slice('/media/'.length))
  // Routes of the app have no dot in them; a file that is not there is not answered with a page.
  return pathname.includes('.') ? null : (files.get('/index.html') ?? null)
}

function listFiles(dir: string): ReadonlyMap<string, Found> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name)
      const contentType = types.get(extname(entry.name).toLowerCase())
      const name = `/${relative(dir, path).split(sep).join('/')}`
      return contentType === undefined ? [] : [[name, { path, contentType }] as const]
    }),
  )
}

async function send({ path, contentType }: Found, method: string): Promise<Response> {
  const body = method === 'HEAD' ? null : new Uint8Array(await readFile(path))
  return new Response(body, { headers: { ...headers, 'Content-Type': contentType } })
}

function refusal(status: number): Response {
  return new Response(null, { status, headers })
}
