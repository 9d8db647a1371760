import { describe, expect, it } from 'vitest'
import { isAppUrl, planOpening } from '../../src/main/electron/links.ts'
import { describeSender, isOwnPage } from '../../src/main/electron/sender-gate.ts'

const session = '019aa000-0000-7000-8000-000000000001'

const hostile = [
  'app://evil/',
  'app://hudson@evil/',
  'app://evil@hudson/',
  'app://evil:pw@hudson/',
  'app://hudson:80/',
  'app://hudson.evil.test/',
  'app://evil.test/app://hudson/',
  'app://HUDSON/',
  'APP://hudson/',
  ' app://hudson/',
  'app:/hudson/',
  'app:hudson',
  'app:///hudson/',
  'app://',
  'app://hudson',
  'app://hudson\\@evil.test/',
  'app://%68udson/',
  'apps://hudson/',
  'media://hudson/',
  'http://hudson/',
  'https://hudson/',
  'file:///hudson/index.html',
  'about:blank',
  'about:srcdoc',
  'blob:app://hudson/0a',
  'data:text/html,app://hudson/',
  'javascript:app://hudson/',
  'view-source:app://hudson/',
  'chrome-error://chromewebdata/',
  'devtools://devtools/',
  'null',
  '',
]

describe('the address of a page of ours', () => {
  it.each(['app://hudson/', 'app://hudson/sessions/1', 'app://hudson/?q=1#x', 'app://hudson/a%2f..%2fb'])(
    'is %s',
    (url) => {
      expect(isAppUrl(url)).toBe(true)
    },
  )

  it.each(hostile)('is not %j', (url) => {
    expect(isAppUrl(url)).toBe(false)
  })
})

describe('the sender gate', () => {
  const mainFrame = { url: 'app://hudson/' }
  const own = (id: number): boolean => id === 1

  it('lets the main frame of a window of ours pass', () => {
    expect(isOwnPage({ sender: { id: 1, mainFrame }, senderFrame: mainFrame }, own)).toBe(true)
  })

  it('refuses a frame inside the page, even one of ours', () => {
    expect(isOwnPage({ sender: { id: 1, mainFrame }, senderFrame: { url: 'app://hudson/' } }, own)).toBe(false)
  })

  it('refuses a window that was not opened by us', () => {
    expect(isOwnPage({ sender: { id: 2, mainFrame }, senderFrame: mainFrame }, own)).toBe(false)
  })

  it('refuses a frame that is gone', () => {
    expect(isOwnPage({ sender: { id: 1, mainFrame }, senderFrame: null }, own)).toBe(false)
    expect(isOwnPage({ sender: { id: 1, mainFrame: null }, senderFrame: null }, own)).toBe(false)
  })

  it('refuses a frame or a window that throws when it is touched', () => {
    const gone = Object.defineProperty({ url: '' }, 'url', {
      get: () => {
        throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      },
    })
    expect(isOwnPage({ sender: { id: 1, mainFrame: gone }, senderFrame: gone }, own)).toBe(false)
    expect(describeSender({ senderFrame: gone })).toBe('a frame that is gone')
    expect(describeSender({ senderFrame: null })).toBe('a frame that is gone')
    const sender = Object.defineProperty({ id: 1, mainFrame: null }, 'mainFrame', {
      get: () => {
        throw new TypeError('Object has been destroyed')
      },
    })
    expect(isOwnPage({ sender, senderFrame: mainFrame }, own)).toBe(false)
  })

  it.each(hostile)('refuses our own window once it shows %j', (url) => {
    const frame = { url }
    expect(isOwnPage({ sender: { id: 1, mainFrame: frame }, senderFrame: frame }, own)).toBe(false)
  })
})

describe('a page that asks for a window', () => {
  it('gets the host view and the producer console as windows of ours', () => {
    expect(planOpening(`app://hudson/host/${session}`)).toEqual({ kind: 'own', path: `/host/${session}` })
    expect(planOpening(`app://hudson/sessions/${session}/producer?x=1`)).toEqual({
      kind: 'own',
      path: `/sessions/${session}/producer?x=1`,
    })
  })

  it('gets web pages in the browser, with the address written anew', () => {
    expect(planOpening('HTTPS://Example.test/a b')).toEqual({ kind: 'outside', url: 'https://example.test/a%20b' })
    expect(planOpening('https://example.test\t.evil.test/')).toEqual({
      kind: 'outside',
      url: 'https://example.test.evil.test/',
    })
  })

  it.each([
    ['mailto:a@example.test', 'mailto:a@example.test'],
    [
      'MAILTO:a@example.test?subject=Numbers&body=Line%0Aline',
      'mailto:a@example.test?subject=Numbers&body=Line%0Aline',
    ],
  ])('gets mail in the mail program: %s', (url, written) => {
    expect(planOpening(url)).toEqual({ kind: 'outside', url: written })
  })

  it.each([
    ...hostile.filter((url) => !url.startsWith('https:')),
    'app://hudson/',
    'app://hudson/settings',
    `app://hudson/host/${session}/../../settings`,
    `app://hudson/host/${session}%2f..`,
    'app://hudson/host/not-an-id',
    'https://user:pw@example.test/',
    'https://',
    'mailto:',
    'mailto:a@example.test?attach=/etc/passwd',
    'mailto:a@example.test?Attachment=C%3A%5Csecret.txt',
    'mailto:a@example.test?bcc=b@evil.test',
    'mailto:a@example.test,b@evil.test@x',
    'mailto:a@example.test%0D%0ABcc:b@evil.test',
    'mailto:a@example.test?subject=x%0D%0ABcc:b@evil.test',
    `https://example.test/${'x'.repeat(3_000)}`,
    'ms-settings:',
    'ms-msdt:/id PCWDiagnostic',
    'search-ms:query=x&crumb=location:\\\\evil.test\\share',
    'vscode://evil/',
    'tel:+1',
    'ftp://example.test/',
    'javascript:alert(1)',
    'hudson://session/1',
    'smb://example.test/share',
    'file:///etc/passwd',
  ])('gets nothing for %j', (url) => {
    expect(planOpening(url)).toEqual({ kind: 'denied' })
  })
})
