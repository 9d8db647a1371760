import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { AppError } from '#shared/app-error.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAppProtocol } from '../../src/main/electron/protocol.ts'

const place = { dir: '' }

beforeAll(() => {
  place.dir = mkdtempSync(join(tmpdir(), 'hudson-protocol-'))
  mkdirSync(join(place.dir, 'renderer', 'assets'), { recursive: true })
  writeFileSync(join(place.dir, 'renderer', 'index.html'), '<!doctype html><title>Hudson</title>')
  writeFileSync(join(place.dir, 'renderer', 'assets', 'index-1.js'), 'void 0')
  writeFileSync(join(place.dir, 'secret.txt'), 'secret')
  writeFileSync(join(place.dir, 'picture'), 'picture')
})
afterAll(() => rmSync(place.dir, { recursive: true, force: true }))

const ask = (url: string, init: RequestInit = {}): Promise<Response> =>
  createAppProtocol({
    rendererDir: join(place.dir, 'renderer'),
    pictures: {
      open: (file) =>
        Promise.resolve(file === 'a.webp' ? { path: join(place.dir, 'picture'), contentType: 'image/webp' } : null),
    },
    uploads: {
      receive: async (content) => {
        const received = await text(content)
        if (received === 'broken') throw new AppError('bad-call', 'This is no picture.')
        return { uploadId: `id of ${received}` }
      },
    },
  })(new Request(url, init))
const get = (url: string, method = 'GET'): Promise<Response> => ask(url, { method })

describe('app://hudson', () => {
  it.each(['/', '/sessions', '/settings?tab=1', '/host/019aa000-0000-7000-8000-000000000001'])(
    'answers the route %s with the page',
    async (path) => {
      const response = await get(`app://hudson${path}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await response.text()).toContain('<title>Hudson</title>')
    },
  )

  it('answers files of the renderer and pictures, each with its type', async () => {
    const script = await get('app://hudson/assets/index-1.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    const picture = await get('app://hudson/media/a.webp')
    expect(picture.headers.get('content-type')).toBe('image/webp')
    expect(await picture.text()).toBe('picture')
  })

  it('lets a page load nothing but its own files, whatever it answers', async () => {
    for (const path of ['/', '/assets/index-1.js', '/missing.js']) {
      const { headers } = await get(`app://hudson${path}`)
      const policy = headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/media/../secret.txt',
    '/media/..%2fsecret.txt',
    '/missing.js',
    '/constructor.js',
    '/media/',
  ])('has nothing at %s', async (path) => {
    const response = await get(`app://hudson${path}`)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('')
  })

  it('is the only host', async () => {
    expect((await get('app://evil/')).status).toBe(403)
  })

  it('is only read', async () => {
    expect((await get('app://hudson/', 'POST')).status).toBe(405)
    const head = await get('app://hudson/', 'HEAD')
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
  })

  it('takes a file without a path, and says why it takes another not', async () => {
    const taken = await ask('app://hudson/upload', { method: 'POST', body: 'picture' })
    expect([taken.status, await taken.json()]).toEqual([200, { uploadId: 'id of picture' }])
    const refused = await ask('app://hudson/upload', { method: 'POST', body: 'broken' })
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { ok: false, error: { code: 'bad-call', message: 'This is no picture.' } },
    ])
    expect((await ask('app://hudson/upload')).status).toBe(405)
    expect((await ask('app://evil/upload', { method: 'POST', body: 'picture' })).status).toBe(403)
  })
})
