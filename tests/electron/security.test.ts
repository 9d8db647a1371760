import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { restrictContents, restrictSession } from '../../src/main/electron/security.ts'

interface Opened {
  readonly windows: string[]
  readonly outside: string[]
}

type OpenHandler = (details: { readonly url: string }) => { readonly action: string }

/** Electron's `webContents`, as far as the rules touch it. */
class Contents extends EventEmitter {
  openHandler: OpenHandler = () => ({ action: 'allow' })
  devToolsClosed = 0

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }

  closeDevTools(): void {
    this.devToolsClosed += 1
  }
}

function restricted(development = false): { readonly contents: Contents; readonly opened: Opened } {
  const contents = new Contents()
  const opened: Opened = { windows: [], outside: [] }
  restrictContents(contents as unknown as WebContents, {
    openWindow: (path) => opened.windows.push(path),
    openOutside: (url) => opened.outside.push(url),
    development,
  })
  return { contents, opened }
}

class StoppableEvent {
  prevented = false

  preventDefault(): void {
    this.prevented = true
  }
}

describe('a page', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])(
    'never gets past %s',
    (name) => {
      const event = new StoppableEvent()
      restricted().contents.emit(name, event, 'app://hudson/settings')
      expect(event.prevented).toBe(true)
    },
  )

  it('gets no Bluetooth device', () => {
    const event = new StoppableEvent()
    const chosen: unknown[] = []
    restricted().contents.emit('select-bluetooth-device', event, [{ deviceId: 'x' }], (id: string) => chosen.push(id))
    expect([event.prevented, chosen]).toEqual([true, ['']])
  })

  it('opens nothing by itself', () => {
    const { contents, opened } = restricted()
    const host = '/host/019aa000-0000-7000-8000-000000000001'
    for (const url of [`app://hudson${host}`, 'https://example.test/', 'file:///etc/passwd', 'app://hudson/']) {
      expect(contents.openHandler({ url })).toEqual({ action: 'deny' })
    }
    expect(opened).toEqual({ windows: [host], outside: ['https://example.test/'] })
  })

  it('has tools for developers in development only', () => {
    for (const [development, closed] of [
      [false, 1],
      [true, 0],
    ] as const) {
      const { contents } = restricted(development)
      contents.emit('devtools-opened')
      expect(contents.devToolsClosed).toBe(closed)
    }
  })
})

type Answer<T> = (answer: T) => void

/** Electron's `session`: keeps what it is told. */
class FakeSession extends EventEmitter {
  request: (contents: null, permission: string, answer: Answer<boolean>) => void = (_c, _p, answer) => answer(true)
  check: () => boolean = () => true
  device: () => boolean = () => true
  display: (request: null, answer: Answer<object | null>) => void = (_request, answer) => answer({})
  pairing: (details: null, answer: Answer<{ confirmed: boolean }>) => void = () => {}
  before: (details: { url: string; resourceType: string }, answer: Answer<{ cancel: boolean }>) => void = () => {}
  readonly setPermissionRequestHandler = (handler: typeof this.request): void => void (this.request = handler)
  readonly setPermissionCheckHandler = (handler: typeof this.check): void => void (this.check = handler)
  readonly setDevicePermissionHandler = (handler: typeof this.device): void => void (this.device = handler)
  readonly setDisplayMediaRequestHandler = (handler: typeof this.display): void => void (this.display = handler)
  readonly setBluetoothPairingHandler = (handler: typeof this.pairing): void => void (this.pairing = handler)
  readonly webRequest = { onBeforeRequest: (handler: typeof this.before): void => void (this.before = handler) }
}

function closedSession(development = false): FakeSession {
  const session = new FakeSession()
  restrictSession(session as unknown as Session, { development })
  return session
}

function loads(url: string, resourceType: string, development = false): boolean {
  const answers: boolean[] = []
  closedSession(development).before({ url, resourceType }, ({ cancel }) => answers.push(!cancel))
  expect(answers).toHaveLength(1)
  return answers[0] === true
}

describe('the session', () => {
  it.each([
    'clipboard-read',
    'clipboard-sanitized-write',
    'display-capture',
    'fullscreen',
    'geolocation',
    'hid',
    'idle-detection',
    'media',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'storage-access',
    'usb',
    'a permission of tomorrow',
  ])('grants no %s, asked or looked up', (permission) => {
    const session = closedSession()
    const answers: boolean[] = []
    session.request(null, permission, (granted) => answers.push(granted))
    expect([...answers, session.check()]).toEqual([false, false])
  })

  it('grants no device, no screen, no pairing and no download', () => {
    const session = closedSession()
    const answers: unknown[] = [session.device()]
    session.display(null, (streams) => answers.push(streams))
    session.pairing(null, ({ confirmed }) => answers.push(confirmed))
    expect(answers).toEqual([false, null, false])
    const download = new StoppableEvent()
    session.emit('will-download', download)
    expect(download.prevented).toBe(true)
  })

  it.each([
    ['app://hudson/', 'mainFrame'],
    ['app://hudson/assets/index.js', 'script'],
    ['app://hudson/media/a.webp', 'image'],
    ['app://hudson/upload', 'xhr'],
    ['blob:app://hudson/0a', 'image'],
    ['data:image/png;base64,AA', 'image'],
  ])('lets a page load %s as %s', (url, kind) => {
    expect(loads(url, kind)).toBe(true)
  })

  it.each([
    ['https://example.test/', 'xhr'],
    ['https://example.test/x.png', 'image'],
    ['http://127.0.0.1:5432/', 'xhr'],
    ['ws://127.0.0.1:9229/', 'webSocket'],
    ['wss://example.test/', 'webSocket'],
    ['https://example.test/', 'ping'],
    ['https://example.test/', 'cspReport'],
    ['file:///etc/passwd', 'xhr'],
    ['file:///etc/passwd', 'mainFrame'],
    ['filesystem:app://hudson/x', 'xhr'],
    ['ftp://example.test/', 'mainFrame'],
    ['app://evil/', 'mainFrame'],
    ['app://hudson@evil/', 'script'],
    ['app://hudson/', 'subFrame'],
    ['data:text/html,<script>alert(1)</script>', 'mainFrame'],
    ['data:text/html,x', 'subFrame'],
    ['data:text/html,x', 'image'],
    ['data:text/javascript,alert(1)', 'script'],
    ['blob:app://hudson/0a', 'script'],
    ['blob:app://hudson/0a', 'mainFrame'],
    ['blob:https://example.test/0a', 'image'],
    ['blob:app://hudson.evil/0a', 'image'],
    ['chrome://settings/', 'mainFrame'],
    ['devtools://devtools/bundled/inspector.html', 'mainFrame'],
    ['', 'other'],
    ['not an address', 'other'],
  ])('does not let a page load %s as %s', (url, kind) => {
    expect(loads(url, kind)).toBe(false)
  })

  it('lets the tools for developers load their own files, in development', () => {
    expect(loads('devtools://devtools/bundled/inspector.html', 'mainFrame', true)).toBe(true)
    expect(loads('https://example.test/', 'xhr', true)).toBe(false)
  })
})
