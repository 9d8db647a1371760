import { AppError } from '#shared/app-error.ts'
import { failure } from '#shared/reply.ts'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { Readable } from 'node:stream'
import { listFiles } from '../list-files.ts'
import { pagePolicy } from '../page-policy.ts'
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
  'Content-Security-Policy': pagePolicy(),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

export interface AppProtocolOptions {
  /** The folder of the built renderer. */
  readonly rendererDir: string
  readonly pictures: { open(file: string): Promise<Found | null> }
  /** Take a file that has no path, such as a pasted picture. */
  readonly uploads: { receive(content: Readable): Promise<{ readonly uploadId: string }> }
}

/**
 * Answers `app://hudson/…`: the files of the built renderer, its page for every route of the app, and pictures. The files
 * are listed once, at the start, and looked up: a path never becomes a file name, so none leads out of the folder.
 */
export function createAppProtocol(options: AppProtocolOptions): (request: Request) => Promise<Response> {
  const files = pagesIn(options.rendererDir)
  return async (request) => {
    if (!isAppUrl(request.url)) return refusal(403)
    const { pathname } = new URL(request.url)
    if (pathname === '/upload') return upload(request, options)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    const found = await find(files, pathname, options)
    return found ? send(found, request.method) : refusal(404)
  }
}

/** The same address, and the same answers, as the studio server's. */
async function upload({ method, body }: Request, { uploads }: AppProtocolOptions): Promise<Response> {
  if (method !== 'POST' || !body) return refusal(405)
  try {
    return Response.json(await uploads.receive(Readable.fromWeb(body)), { headers })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return Response.json(failure(error.code, error.message), { status: 400, headers })
  }
}

interface Found {
  readonly path: string
  readonly contentType: string
}

async function find(
  files: ReadonlyMap<string, Found>,
  pathname: string,
  { pictures }: AppProtocolOptions,
): Promise<Found | null> {
  const file = files.get(pathname)
  if (file) return file
  if (pathname.startsWith('/media/')) return await pictures.open(pathname.slice('/media/'.length))
  // Routes of the app have no dot in them; a file that is not there is not answered with a page.
  return pathname.includes('.') ? null : (files.get('/index.html') ?? null)
}

function pagesIn(dir: string): ReadonlyMap<string, Found> {
  return new Map(
    listFiles(dir).flatMap((name) => {
      const contentType = types.get(extname(name).toLowerCase())
      return contentType === undefined ? [] : [[`/${name}`, { path: join(dir, name), contentType }] as const]
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
