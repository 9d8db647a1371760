import { open } from 'node:fs/promises'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { replaceFile } from '../../src/main/updates/package-file.ts'
import { downloadFile } from '../../src/main/updates/safe-fetch.ts'
import { keys, sha512, updateRig } from './update-rig.ts'

type Rig = Awaited<ReturnType<typeof updateRig>>

const DAY_MS = 24 * 3600 * 1000
const bytes = (text: string): Buffer => Buffer.from(text)

/** Checks and installs; answers what came of it. */
async function attempt(rig: Rig): Promise<{ refused: string | null; installed: string; artifactBytes: number }> {
  const refused = await (async () => {
    const found = await rig.check()
    if (!found.available) return found.reason ?? 'nothing is offered'
    await rig.install('now')
    return (await rig.updates.exit()) === 'installed' ? null : (rig.state().reason ?? 'not installed')
  })().catch((error: unknown) => (error as Error).message)
  return { refused, installed: rig.installed(), artifactBytes: rig.server.artifactBytes() }
}

describe('an update that is as it should be', () => {
  test('is installed, whole, and started', async () => {
    await using rig = await updateRig()
    rig.publish()
    expect(await attempt(rig)).toEqual({ refused: null, installed: 'this is version 1.2.0', artifactBytes: 21 })
    expect(rig.started).toEqual([rig.appImage])
    expect(rig.quits).toHaveLength(1)
  })
  test('may be signed by the second key', async () => {
    await using rig = await updateRig()
    rig.publish({ signedBy: [keys.foreign.privateKey, keys.spare.privateKey] })
    expect(await attempt(rig)).toMatchObject({ refused: null, installed: 'this is version 1.2.0' })
  })
  test('may come over five redirects', async () => {
    await using rig = await updateRig()
    rig.publish()
    const real = rig.server.files.get('/stable/Hudson-1.2.0.AppImage')
    for (let n = 0; n < 5; n++) {
      const to = n === 4 ? '/real' : `/stable/hop-${n + 1}`
      rig.server.files.set(
        n === 0 ? '/stable/Hudson-1.2.0.AppImage' : `/stable/hop-${n}`,
        (_request, response) => void response.writeHead(302, { location: to }).end(),
      )
    }
    if (real) rig.server.files.set('/real', real)
    expect(await attempt(rig)).toMatchObject({ refused: null, installed: 'this is version 1.2.0' })
  })
})

/** Releases that must not even be asked for a byte of their package. */
const bad: readonly (readonly [string, (rig: Rig) => void, RegExp])[] = [
  ['unsigned', (rig) => rig.publish({ signedBy: [] }), /not signed/],
  ['signed by a wrong key', (rig) => rig.publish({ signedBy: [keys.foreign.privateKey] }), /not signed/],
  [
    'signed by somebody under the name of our key',
    (rig) => {
      const good = rig.publish().toString('latin1').split('\n')
      const forged = rig
        .publish({ signedBy: [keys.foreign.privateKey] })
        .toString('latin1')
        .split('\n')
      const [, id] = (good[1] ?? '').split(' ')
      const [, , signature] = (forged[1] ?? '').split(' ')
      forged[1] = `ed25519 ${id} ${signature}`
      rig.server.files.set('/stable/linux-x64.release', Buffer.from(forged.join('\n'), 'latin1'))
    },
    /not signed/,
  ],
  [
    'changed after it was signed, with its package',
    (rig) => {
      const evil = bytes('this is an evil version')
      const sealed = rig.publish().toString()
      const changed = sealed
        .replace(sha512(bytes('this is version 1.2.0')), sha512(evil))
        .replace('"size": 21', `"size": ${evil.length}`)
      rig.server.files.set('/stable/linux-x64.release', bytes(changed))
      rig.server.files.set('/stable/Hudson-1.2.0.AppImage', evil)
    },
    /not signed/,
  ],
  ['expired', (rig) => rig.publish({ manifest: { expiresAt: rig.clock.now() } }), /out of date/],
  [
    'from the future',
    (rig) => rig.publish({ manifest: { issuedAt: new Date(Date.parse(rig.clock.now()) + 3 * DAY_MS).toISOString() } }),
    /future/,
  ],
  [
    'older than one that was seen',
    (rig) => {
      rig.record.change({ sequences: { stable: 11 } })
      rig.publish({ manifest: { sequence: 10 } })
    },
    /older than one/,
  ],
  [
    'of another channel',
    (rig) => {
      const beta = rig.publish({ manifest: { channel: 'beta' } })
      rig.server.files.set('/stable/linux-x64.release', beta)
    },
    /channel “beta”/,
  ],
  ['of another product', (rig) => rig.publish({ manifest: { product: 'other' } }), /another program/],
  ['for another platform', (rig) => rig.publish({ manifest: { platform: 'darwin' } }), /another kind of computer/],
  ['for another architecture', (rig) => rig.publish({ manifest: { arch: 'arm64' } }), /another kind of computer/],
  ['for newer sources only', (rig) => rig.publish({ manifest: { minFromVersion: '1.1.5' } }), /Install 1.1.5 first/],
  [
    'only as another kind of package',
    (rig) =>
      rig.publish({ manifest: { files: [{ name: 'a.deb', kind: 'deb', size: 1, sha512: sha512(bytes('a')) }] } }),
    /kind of package/,
  ],
  [
    'rolled out to nobody',
    (rig) => rig.publish({ manifest: { rollout: { seed: 'a', percent: 0 } } }),
    /nothing is offered/,
  ],
  [
    'without a share in the rollout',
    (rig) => rig.publish({ manifest: { rollout: { seed: 'a' } } }),
    /nothing is offered/,
  ],
  [
    'with a share that is no number',
    (rig) => rig.publish({ manifest: { rollout: { seed: 'a', percent: 'NaN' } } }),
    /nothing is offered/,
  ],
  [
    'with a negative share',
    (rig) => rig.publish({ manifest: { rollout: { seed: 'a', percent: -5 } } }),
    /nothing is offered/,
  ],
  ['the version that is here', (rig) => rig.publish({ manifest: { version: '1.1.0' } }), /nothing is offered/],
  ['an older version', (rig) => rig.publish({ manifest: { version: '1.0.9' } }), /nothing is offered/],
  [
    'too large a manifest',
    (rig) => void rig.server.files.set('/stable/linux-x64.release', Buffer.alloc(300_000)),
    /larger than it may be/,
  ],
  [
    'no manifest at all',
    (rig) => void rig.server.files.set('/stable/linux-x64.release', bytes('<html>Sign in to the Wi-Fi</html>')),
    /no manifest/,
  ],
  ['not there', () => {}, /no update to be found/],
  [
    'a manifest that leads on for ever',
    (rig) =>
      void rig.server.files.set(
        '/stable/linux-x64.release',
        (_request, response) => void response.writeHead(302, { location: '/stable/linux-x64.release' }).end(),
      ),
    /leads on and on/,
  ],
  [
    'a manifest that leads to where others can listen',
    (rig) =>
      void rig.server.files.set(
        '/stable/linux-x64.release',
        (_request, response) => void response.writeHead(302, { location: 'http://updates.example/x.release' }).end(),
      ),
    /not encrypted/,
  ],
  [
    'a server that fails',
    (rig) =>
      void rig.server.files.set(
        '/stable/linux-x64.release',
        (_request, response) => void response.writeHead(503).end(),
      ),
    /answered with 503/,
  ],
]

describe('a release that is', () => {
  test.each(bad)('%s: nothing is fetched or installed', async (_what, publish, reason) => {
    await using rig = await updateRig()
    publish(rig)
    const result = await attempt(rig)
    expect(result.refused).toMatch(reason)
    expect(result).toMatchObject({ installed: 'this is version 1.1.0', artifactBytes: 0 })
    expect(rig.quits).toEqual([])
  })
  test('named so that it would lead out of its folder cannot even be signed', async () => {
    await using rig = await updateRig()
    const files = [{ name: '../../evil', kind: 'AppImage' as const, size: 1, sha512: sha512(bytes('a')) }]
    expect(() => rig.publish({ manifest: { files } })).toThrow(/name/)
  })
  test('asked for twice in the loop is asked six times, not for ever', async () => {
    await using rig = await updateRig()
    rig.server.files.set(
      '/stable/linux-x64.release',
      (_request, response) => void response.writeHead(302, { location: '/stable/linux-x64.release' }).end(),
    )
    await attempt(rig)
    expect(rig.server.asked).toHaveLength(6)
  })
})

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
  test('changed in the downloader’s own folder between two downloads is seen', async () => {
    await using rig = await updateRig()
    rig.publish()
    await rig.check()
    await rig.install('quit')
    // The same downloader is asked again, and answers with what it has (it does not measure that a second time).
    rig.record.change({ ready: null, onQuit: false })
    const [cached = ''] = downloads(rig)
    writeFileSync(join(rig.dir, 'cache', cached), 'this is version 6.6.6')
    await expect(rig.install('quit')).rejects.toThrow(/changed after/)
    expect(rig.record.state.ready).toBeNull()
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
