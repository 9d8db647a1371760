import { open } from 'node:fs/promises'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replaceFile } from '../../src/main/updates/package-file.ts'
import { downloadFile } from '../../src/main/updates/safe-fetch.ts'
import { attempt, sha512, updateRig } from './update-rig.ts'
import type { UpdateRig as Rig } from './update-rig.ts'

const bytes = (text: string): Buffer => Buffer.from(text)

describe('a package that is', () => {
  const replace = (rig: Rig, answer: Buffer | Parameters<Rig['server']['files']['set']>[1]): void =>
    void rig.server.files.set('/stable/Hudson-1.2.0.AppImage', answer)
  const downloads = (rig: Rig): string[] =>
    readdirSync(join(rig.dir, 'cache'), { recursive: true, encoding: 'utf8' }).filter((file) => /AppImage/.test(file))

  test('tampered with is thrown away', async () => {
    await using rig = await updateRig()
    rig.publish()
    replace(rig, bytes('this is version 6.6.6'))
    const result = await attempt(rig)
    expect(result).toMatchObject({ installed: 'this is version 1.1.0' })
    expect(result.refused).toMatch(/damaged/)
    expect(downloads(rig)).toEqual([])
    // A good one comes through the next time.
    rig.publish()
    expect(await attempt(rig)).toMatchObject({ refused: null, installed: 'this is version 1.2.0' })
  })
  test('larger than it says is cut off', async () => {
    await using rig = await updateRig()
    rig.publish()
    const endless = { chunks: 0 }
    replace(rig, (_request, response) => {
      response.writeHead(200)
      const more = (): void => {
        if (response.destroyed || endless.chunks > 200) return
        endless.chunks += 1
        response.write(Buffer.alloc(65_536))
        setImmediate(more)
      }
      more()
    })
    const result = await attempt(rig)
    expect(result.refused).toMatch(/larger than it may be/)
    expect(result.installed).toBe('this is version 1.1.0')
    expect(endless.chunks).toBeLessThan(200)
  })
  test('cut off is thrown away', async () => {
    await using rig = await updateRig()
    rig.publish()
    replace(rig, (_request, response) => {
      response.writeHead(200, { 'content-length': 21 })
      response.write(bytes('this is'))
      setImmediate(() => response.destroy())
    })
    const result = await attempt(rig)
    expect(result.refused).toMatch(/connection broke/)
    expect(result.installed).toBe('this is version 1.1.0')
    expect(downloads(rig)).toEqual([])
  })
  test('led on for ever is given up', async () => {
    await using rig = await updateRig()
    rig.publish()
    replace(
      rig,
      (_request, response) => void response.writeHead(302, { location: '/stable/Hudson-1.2.0.AppImage' }).end(),
    )
    expect((await attempt(rig)).refused).toMatch(/leads on and on/)
  })
  test('swapped between download and installing is not installed', async () => {
    await using rig = await updateRig()
    rig.publish()
    await rig.check()
    await rig.install('quit')
    const { ready } = rig.record.state
    writeFileSync(ready?.path ?? '', 'this is version 6.6.6')
    rig.updates.prepareExit()
    expect(await rig.updates.exit()).toBe('nothing')
    expect(rig.installed()).toBe('this is version 1.1.0')
    expect(rig.record.state).toMatchObject({
      ready: null,
      onQuit: false,
      failure: expect.stringMatching(/changed after/) as string,
    })
  })
  test('swapped before it is installed now is not installed', async () => {
    await using rig = await updateRig()
    rig.publish()
    await rig.check()
    await rig.install('now')
    writeFileSync(rig.record.state.ready?.path ?? '', 'this is version 6.6.6')
    expect(await rig.updates.exit()).toBe('failed')
    expect(rig.installed()).toBe('this is version 1.1.0')
  })
  test('changed in the downloader’s own folder is fetched anew', async () => {
    await using rig = await updateRig()
    rig.publish()
    await rig.check()
    await rig.install('quit')
    // electron-updater by itself answers a second time with the file that it has, and does not measure it again.
    rig.record.change({ ready: null, onQuit: false })
    const [cached = ''] = downloads(rig)
    writeFileSync(join(rig.dir, 'cache', cached), 'this is version 6.6.6')
    await rig.install('now')
    expect(await rig.updates.exit()).toBe('installed')
    expect(rig.installed()).toBe('this is version 1.2.0')
  })
  test('gone at the last moment leaves the program that was there', async () => {
    await using rig = await updateRig()
    await expect(replaceFile(join(rig.dir, 'nothing'), rig.appImage)).rejects.toThrow(/ENOENT/)
    expect(rig.installed()).toBe('this is version 1.1.0')
    expect(readdirSync(rig.dir).filter((name) => name.endsWith('.new'))).toEqual([])
  })
  test('too large for the disk leaves nothing behind', async () => {
    await using rig = await updateRig()
    const artifact = bytes('this is version 1.2.0')
    rig.publish({ artifact })
    const to = join(rig.dir, 'package')
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    const openFile = (async (...args: Parameters<typeof open>) => {
      const file = await open(...args)
      file.writeFile = () => Promise.reject(full)
      return file
    }) as typeof open
    const download = downloadFile(`${rig.server.url}stable/Hudson-1.2.0.AppImage`, to, {
      size: artifact.length,
      sha512: sha512(artifact),
      fetch: globalThis.fetch,
      openFile,
    })
    await expect(download).rejects.toThrow(/disk is full/)
    expect(readdirSync(rig.dir).filter((name) => name.startsWith('package'))).toEqual([])
  })
})
