import { describe, expect, it, vi } from 'vitest'
import { probeStage } from './probe-stage.ts'

// The stand-in's own rules, each with the page of Electron's documentation that says so.

declare const log: (...words: readonly unknown[]) => void

const { probe, open, page, bridge } = probeStage()

// https://www.electronjs.org/docs/latest/tutorial/context-isolation, …/api/context-bridge
describe('the two worlds of a page', () => {
  it('share the document, and nothing else', async () => {
    await open(
      `${bridge('seen: () => typeof pageOnly')}; document.addEventListener('x', () => { document.title = 'heard' })`,
    )
    await page(`window.pageOnly = 1; document.dispatchEvent(new Event('x'))`)
    expect(await page(`[typeof ofThePreload, typeof require, typeof __standInSend, typeof __standInReceive]`)).toEqual(
      Array.from({ length: 4 }, () => 'undefined'),
    )
    expect(await page('api.seen()')).toBe('undefined')
    expect(await page('document.title')).toBe('heard')
  })

  it('hand over functions, promises and values in both directions', async () => {
    await open(
      bridge(`
      add: (a, b) => a + b,
      later: async (value) => ({ got: value }),
      fails: async () => { throw new RangeError('too far') },
      throws: () => { throw new Error('at once') },
      calls: (callback) => callback(2) * 10,
      subscribe: (callback) => { callback('first'); return () => 'stopped' },
      nested: { deep: [1, { two: 2n }] },
    `),
    )
    expect(await page('api.add(1, 2)')).toBe(3)
    expect(await page('api.later(new Date(5)).then(({ got }) => got.getTime())')).toBe(5)
    expect(await page('api.fails().catch((error) => error instanceof Error && error.message)')).toBe('too far')
    expect(await page(`(() => { try { api.throws() } catch (error) { return error.message } })()`)).toBe('at once')
    expect(await page('api.calls((value) => value + 1)')).toBe(30)
    expect(
      await page(`(() => { const heard = []; return [api.subscribe((one) => heard.push(one))(), heard] })()`),
    ).toEqual(['stopped', ['first']])
    expect(await page('String(api.nested.deep[1].two)')).toBe('2')
  })

  it('drop prototypes, and freeze what was exposed', async () => {
    await open(bridge('made: new (class Point { x = 1; norm() { return 2 } })()'))
    expect(
      await page('[api.made.x, typeof api.made.norm, Object.getPrototypeOf(api.made) === Object.prototype]'),
    ).toEqual([1, 'undefined', true])
    expect(await page(`api.made.x = 5, api.other = 1, delete window.api, [api.made.x, api.other]`)).toEqual([
      1,
      undefined,
    ])
  })

  it('give the preload what a sandbox has, and say when it fails', async () => {
    await open(`require('node:fs')`)
    await vi.waitFor(async () =>
      expect(await probe().log()).toEqual([expect.stringContaining('module not found: node:fs')]),
    )
  })

  it('run the preload in the main frame alone, unless the window wants it everywhere', async () => {
    const append = `new Promise((done) => { const frame = document.createElement('iframe'); frame.onload = () => done(1); document.body.append(frame) })`
    await open(bridge('here: () => true'))
    await page(append)
    expect(await probe().app.evaluateInChild(0, 'typeof api')).toBe('undefined')
    await probe().app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.destroy())
    await open(bridge('here: () => true'), { nodeIntegrationInSubFrames: true })
    await page(append)
    expect(await probe().app.evaluateInChild(0, 'api.here()')).toBe(true)
  })
})

// https://www.electronjs.org/docs/latest/api/ipc-renderer, …/api/ipc-main
describe('IPC', () => {
  const invoke = bridge(
    'invoke: (channel, value) => ipcRenderer.invoke(channel, value), on: (channel, tell) => void ipcRenderer.on(channel, (_event, value) => tell(value))',
  )

  it('carries what a structured clone carries, there and back', async () => {
    await probe().app.inMain(({ ipcMain }) => ipcMain.handle('echo', (_event, value: unknown) => value))
    await open(invoke)
    const sent = `{ map: new Map([[1, new Date(7)]]), set: new Set(['a']), bytes: new Uint8Array([1, 255]), none: undefined, big: 9n, not: NaN }`
    const got = `({ map, set, bytes, none, big, not, ...rest }) => [map.get(1).getTime(), set.has('a'), bytes[1], none === undefined, String(big), Number.isNaN(not), Object.keys(rest).length]`
    expect(await page(`api.invoke('echo', ${sent}).then(${got})`)).toEqual([7, true, 255, true, '9', true, 0])
  })

  it('says only the message of what a handler threw', async () => {
    await probe().app.inMain(({ ipcMain }) =>
      ipcMain.handle('fail', () => {
        throw Object.assign(new Error('no'), { code: 'secret' })
      }),
    )
    await open(invoke)
    const failure = `(error) => [error.message, error.code]`
    expect(await page(`api.invoke('fail').catch(${failure})`)).toEqual([
      "Error invoking remote method 'fail': Error: no",
      undefined,
    ])
    expect(await page(`api.invoke('nobody').catch(${failure})`)).toEqual([
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      undefined,
    ])
  })

  it('reaches a page by send, until the page is another one', async () => {
    await open(invoke)
    await page(`window.heard = []; api.on('news', (value) => heard.push(value))`)
    await probe().app.inMain(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('news', { at: new Date(3) }),
    )
    await vi.waitFor(async () => expect(await page('heard.map(({ at }) => at.getTime())')).toEqual([3]))
  })

  it('knows the frame that sent, and no longer once it shows another document', async () => {
    await open(invoke)
    await probe().app.inMain(({ ipcMain }) => {
      ipcMain.on('from', (event) => {
        const place = (): string => (event.senderFrame === null ? 'nowhere' : event.senderFrame.url)
        const isMain = event.senderFrame === event.sender.mainFrame
        log(place(), isMain)
        event.sender.once('did-navigate', () => log(place(), event.senderFrame === null))
      })
    })
    await probe().app.ipcFrom(0, 0, 'send', 'from')
    await probe().app.inMain(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.loadURL('app://host/two'))
    expect(await probe().log()).toEqual(['app://host/one true', 'nowhere true'])
  })
})

// https://www.electronjs.org/docs/latest/api/web-utils
describe('a file that the user chose', () => {
  it('has its path by the time that the page hears of it; one that a script made has none', async () => {
    await open(bridge('pathOf: (file) => webUtils.getPathForFile(file)'))
    await page(`new Promise((done) => {
      const input = Object.assign(document.createElement('input'), { type: 'file' })
      input.addEventListener('change', () => { window.paths = Array.from(input.files, api.pathOf) })
      document.body.append(input)
      done(1)
    })`)
    await probe().app.chooseFiles(0, 'input', import.meta.filename)
    await vi.waitFor(async () => expect(await page('window.paths')).toEqual([import.meta.filename]))
    expect(await page(`api.pathOf(new File(['x'], 'a.csv'))`)).toBe('')
    expect(
      await page(`(() => { try { return api.pathOf({ path: '/etc/passwd' }) } catch { return 'refused' } })()`),
    ).toBe('refused')
  })
})
