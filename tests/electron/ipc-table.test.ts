import * as fc from 'fast-check'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { contract } from '#shared/contract.ts'
import type { Name } from '#shared/contract.ts'
import type { Endpoint } from '#shared/endpoint.ts'
import { failure, Reply } from '#shared/reply.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { App } from '../../src/main/app.ts'
import { memoryDir, openTestApp } from '../support/open-test-app.ts'
import { inputOf } from '../support/schema-arbitrary.ts'
import { heavy, hostile, leaks, uncloneable, withHostile } from './hostile.ts'
import { FakePage, ipcRig } from './ipc-rig.ts'
import type { From } from './ipc-rig.ts'

// Every endpoint of the contract × what a page may send it, through the IPC layer and the dispatch of the app. The rows are
// made from the contract: a new endpoint is in the table by itself.

const names = Object.keys(contract) as Name[]
const SAMPLES = 12

const core: { app: App | null; dir: string } = { app: null, dir: '' }
const place = (): App => {
  if (!core.app) throw new Error('The core is not open')
  return core.app
}

beforeAll(async () => {
  core.dir = memoryDir('hudson-ipc-')
  core.app = (await openTestApp(core.dir)).app
})
afterAll(async () => {
  await core.app?.[Symbol.asyncDispose]()
  rmSync(core.dir, { recursive: true, force: true })
})

/** Fields whose values a schema can only call texts. */
const hints = () => ({
  // Written where it does no harm, or found not to be there.
  path: fc.nat().map((n) => join(core.dir, `file-${n}`)),
  scope: fc.constantFrom('sessions', 'products'),
  content: fc.constant('Handle,Title,Variant Price\nblue,Blue knit,12.50\n'),
  url: fc.constant('https://pictures.example/1.webp'),
})

const samplesOf = ({ input }: Endpoint): unknown[] => fc.sample(inputOf(input, hints()), { numRuns: SAMPLES, seed: 1 })

/** What the page gets; fails where that is no Reply. */
async function replyOf(name: unknown, input: unknown): Promise<Reply> {
  return Reply.parse(await ipcRig(place().dispatch).call(name, input)) as Reply
}

describe.each(names)('%s', (name) => {
  const endpoint: Endpoint = contract[name]

  it('takes what fits', async () => {
    const codes: string[] = []
    for (const input of samplesOf(endpoint)) {
      const reply = await replyOf(name, input)
      const said = `${JSON.stringify(input)} → ${JSON.stringify(reply)}`
      expect(reply.ok ? 'ok' : reply.error.code, said).not.toBe('internal')
      codes.push(reply.ok ? 'ok' : reply.error.code)
    }
    // A handler may ask for more than its schema says, but not refuse everything.
    expect(
      codes.some((code) => code !== 'bad-call'),
      codes.join(),
    ).toBe(true)
  })

  it('names what does not fit', async () => {
    const shape = endpoint.input instanceof z.ZodObject ? endpoint.input.shape : {}
    const [sample = {}] = samplesOf(endpoint) as object[]
    const wrong = { there_is_no_such_field: 1 }
    // With the field that must be named; a rule over several fields names the one that it is about.
    const broken: readonly (readonly [string | null, unknown])[] = [
      ['there_is_no_such_field', { ...sample, ...wrong }],
      ...Object.keys(shape).map((field) => [field, { ...sample, [field]: wrong }] as const),
      ...Object.keys(shape).map((field) => [null, omit(sample, field)] as const),
      ['input', [sample]],
      ['input', 'text'],
      ['input', 7],
      ['input', true],
    ]
    for (const [field, input] of broken) {
      // An optional field may be gone, and a field for any value takes any.
      if (endpoint.input.safeParse(input).success) continue
      const reply = await replyOf(name, input)
      const said = `${JSON.stringify(input)} → ${JSON.stringify(reply)}`
      expect(reply, said).toMatchObject({ ok: false, error: { code: 'bad-call' } })
      const fields = Object.keys((!reply.ok && reply.error.fields) || {})
      const named = fields.filter((one) => field === null || one === field || one.startsWith(`${field}.`))
      expect(named.length, `${field}: ${said}`).toBeGreaterThan(0)
    }
  })

  it('survives what is meant to break it, and gives nothing away', async () => {
    const [sample = {}] = samplesOf(endpoint) as object[]
    const fields = endpoint.input instanceof z.ZodObject ? Object.keys(endpoint.input.shape) : []
    for (const input of withHostile(sample, fields)) {
      const reply = await replyOf(name, input)
      expect(reply.ok ? 'ok' : reply.error.code).not.toBe('internal')
      expect(leaks(reply, core.dir)).toEqual([])
    }
  })
})

it.each(heavy)('too much at once breaks nothing: case %#', async (value) => {
  // Endpoints take turns, each with its last field: together every one gets some of them.
  for (const [n, name] of names.entries()) {
    if (n % heavy.length !== heavy.indexOf(value)) continue
    const endpoint: Endpoint = contract[name]
    const [sample = {}] = samplesOf(endpoint) as object[]
    const fields = endpoint.input instanceof z.ZodObject ? Object.keys(endpoint.input.shape) : []
    for (const input of [value, { ...sample, [fields.at(-1) ?? 'extra']: value }]) {
      const reply = await replyOf(name, input)
      expect(reply.ok ? 'ok' : reply.error.code).not.toBe('internal')
      expect(leaks(reply, core.dir)).toEqual([])
    }
  }
})

describe('the name of a call', () => {
  it.each(hostile)('may be anything: case %#', async (name) => {
    expect(await replyOf(name, {})).toMatchObject({ ok: false, error: { code: 'bad-call' } })
  })
})

describe('what cannot be cloned', () => {
  it.each(uncloneable)('fails at the page: %s', async (_what, input) => {
    await expect(ipcRig(place().dispatch).call('app.info', input)).rejects.toThrow(
      /could not be cloned|getter|call stack/,
    )
  })
})

describe('a sender that is not a page of ours', () => {
  const page = new FakePage()
  const shows = (url: string): From => {
    const other = new FakePage(1, url)
    return { sender: other, senderFrame: other.mainFrame }
  }
  const gone = Object.defineProperty({}, 'url', {
    get: () => {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    },
  })
  const senders: readonly (readonly [string, From])[] = [
    ['a frame in the page', { sender: page, senderFrame: { url: 'app://hudson/' } }],
    ['a frame that navigated away', { sender: page, senderFrame: null }],
    ['a frame that is gone', { sender: { id: 1, mainFrame: gone }, senderFrame: gone }],
    [
      'a window that is gone',
      {
        sender: {
          id: 1,
          get mainFrame() {
            throw new TypeError('Object has been destroyed')
          },
        },
        senderFrame: page.mainFrame,
      },
    ],
    [
      'a window that we did not open',
      (({ mainFrame, id }) => ({ sender: { mainFrame, id }, senderFrame: mainFrame }))(new FakePage(2)),
    ],
    ['the right path on another scheme', shows('https://hudson/')],
    ['the right scheme with another host', shows('app://evil/')],
    ['our host as a user name', shows('app://hudson@evil/')],
    ['a user name before our host', shows('app://evil@hudson/')],
    ['a file', shows('file:///hudson/index.html')],
    ['a blank page', shows('about:blank')],
    ['no address', shows('')],
  ]
  /** Shouts when anybody so much as looks at it. */
  const untouchable: unknown = new Proxy(
    {},
    {
      get: (_target, key) => {
        throw new Error(`${String(key)} was read`)
      },
      ownKeys: () => {
        throw new Error('its keys were read')
      },
      getPrototypeOf: () => {
        throw new Error('its prototype was read')
      },
    },
  )

  describe.each(senders)('%s', (_what, from) => {
    it('is refused by every channel before anything of it is read', async () => {
      const called: unknown[] = []
      const rig = ipcRig(async (...args) => {
        called.push(args)
        return failure('internal', 'called')
      })
      expect(rig.channels().toSorted()).toEqual(['hudson:call', 'hudson:subscribe', 'hudson:unsubscribe'])
      for (const channel of rig.channels()) {
        const answer = await rig.raw(channel, [untouchable, untouchable], from)
        if (channel === 'hudson:call') expect(answer).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
      }
      expect(called).toEqual([])
      expect(rig.logged).toHaveLength(3)
    })

    it.each(names)('cannot call %s', async (name) => {
      const rig = ipcRig(() => Promise.reject(new Error('called')))
      expect(await rig.raw('hudson:call', [name, untouchable], from)).toMatchObject({
        ok: false,
        error: { code: 'unauthorized' },
      })
    })
  })

  it('cannot fill the log', async () => {
    const rig = ipcRig(() => Promise.reject(new Error('called')))
    for (let n = 0; n < 1_000; n++) await rig.call('app.info', {}, shows(`app://evil/${'x'.repeat(10_000)}`))
    expect(rig.logged.length).toBeLessThanOrEqual(50)
    expect(JSON.stringify(rig.logged).length).toBeLessThan(50 * 400)
  })
})

describe('what a page listens to', () => {
  const listening = () => {
    const rig = ipcRig(() => Promise.reject(new Error('called')))
    rig.send('hudson:subscribe', [1, 'client:desktop'])
    rig.page.sent.length = 0
    return rig
  }
  const tell = ({ events }: ReturnType<typeof listening>): void => events.emit('changed', { feature: 'settings' })

  it('comes with its number and the news, and nothing of Electron', () => {
    const rig = listening()
    tell(rig)
    expect(rig.page.sent).toEqual([['hudson:event', 1, { event: 'changed', feature: 'settings' }]])
  })

  it.each([
    ['it stops listening', (rig) => rig.send('hudson:unsubscribe', [1])],
    ['it navigates', (rig) => rig.page.emit('did-navigate')],
    ['it crashes', (rig) => rig.page.emit('render-process-gone', {}, { reason: 'crashed' })],
    ['it is closed', (rig) => rig.page.emit('destroyed')],
  ] as readonly (readonly [string, (rig: ReturnType<typeof listening>) => void])[])('ends when %s', (_when, end) => {
    const rig = listening()
    end(rig)
    tell(rig)
    expect(rig.page.sent).toEqual([])
  })

  it.each([
    ['within the page', 'did-navigate-in-page', {}],
    ['in a frame of it', 'did-frame-navigate', {}],
    ['that is prevented', 'did-start-navigation', { isMainFrame: true, isSameDocument: false }],
  ])('goes on over a navigation %s', (_where, event, details) => {
    const rig = listening()
    rig.page.emit(event, details)
    tell(rig)
    expect(rig.page.sent).toHaveLength(1)
  })

  it('is not sent to a window that is gone', () => {
    const rig = listening()
    rig.page.destroyed = true
    tell(rig)
    expect(rig.page.sent).toEqual([])
  })
})

function omit(from: object, field: string): object {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== field))
}
