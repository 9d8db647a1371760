import { describe, expect, test } from 'vitest'
import { attempt, keys, sha512, updateRig } from './update-rig.ts'
import type { UpdateRig as Rig } from './update-rig.ts'

const DAY_MS = 24 * 3600 * 1000
const bytes = (text: string): Buffer => Buffer.from(text)

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
