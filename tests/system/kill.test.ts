import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { unwrap } from '#shared/reply.ts'
import { must } from '#shared/must.ts'
import { serve, tempDir } from './hudson.ts'
import type { Server } from './hudson.ts'

const EDITS = 200

/** Edits one thing of its own over and over, so that what it must hold is known: the last edit that was answered, or the one under way. */
interface Editor {
  readonly name: string
  edit(server: Server, n: number): ReturnType<Server['call']>
  /** Which edit the data holds. */
  read(server: Server): Promise<number>
}

const Made = z.looseObject({ id: z.string() })
const Show = z.looseObject({ number: z.int().nullable(), message: z.looseObject({ text: z.string() }).nullable() })

async function make(server: Server, name: string, input: object): Promise<string> {
  return Made.parse(unwrap(await server.call(name, input))).id
}

/** A session with 40 products on air, and an editor for each kind of edit. */
async function prepare(server: Server): Promise<Editor[]> {
  const productIds: string[] = []
  for (let n = 0; n < 40; n++)
    productIds.push(await make(server, 'products.create', { name: `Product ${n}`, priceCents: 0 }))
  const sessionId = await make(server, 'sessions.create', { name: 'Friday', productIds })
  const draftId = await make(server, 'sessions.create', {
    name: 'Draft',
    notes: '0',
    productIds: productIds.slice(0, 3),
  })
  const session = z
    .looseObject({ items: z.array(Made) })
    .parse(unwrap(await server.call('sessions.get', { id: draftId })))
  const itemId = must(session.items[0], 'an item').id
  unwrap(await server.call('live.start', { sessionId, mode: 'live' }))
  const value = async (server_: Server, name: string, input: object): Promise<unknown> =>
    unwrap(await server_.call(name, input))
  const show = async (of: Server): Promise<z.infer<typeof Show>> =>
    Show.parse(await value(of, 'live.state', { sessionId }))
  const product = must(productIds[0], 'a product')

  return [
    {
      name: 'products.update',
      edit: (to, n) => to.call('products.update', { id: product, patch: { priceCents: n } }),
      read: async (from) =>
        z.looseObject({ priceCents: z.int() }).parse(await value(from, 'products.get', { id: product })).priceCents,
    },
    {
      name: 'points.save',
      edit: (to, n) => to.call('points.save', { productId: product, text: String(n) }),
      read: async (from) =>
        Number(
          z.looseObject({ talkingPointsMd: z.string() }).parse(await value(from, 'products.get', { id: product }))
            .talkingPointsMd,
        ),
    },
    {
      name: 'sessions.update',
      edit: (to, n) => to.call('sessions.update', { id: draftId, patch: { notes: String(n) } }),
      read: async (from) =>
        Number(z.looseObject({ notes: z.string() }).parse(await value(from, 'sessions.get', { id: draftId })).notes),
    },
    {
      name: 'lineup.update',
      edit: (to, n) => to.call('lineup.update', { itemId, patch: { overrides: { priceCents: n } } }),
      read: async (from) => {
        const { items } = z
          .looseObject({
            items: z.array(z.looseObject({ overrides: z.looseObject({ priceCents: z.int().optional() }) })),
          })
          .parse(await value(from, 'sessions.get', { id: draftId }))
        return items[0]?.overrides.priceCents ?? 0
      },
    },
    {
      name: 'live.goto',
      edit: (to, n) => to.call('live.goto', { sessionId, number: n }),
      read: async (from) => (await show(from)).number ?? 0,
    },
    {
      name: 'live.message',
      edit: (to, n) => to.call('live.message', { sessionId, text: String(n) }),
      read: async (from) => Number((await show(from)).message?.text ?? 0),
    },
  ]
}

test.each([10, 60, 110, 170, 199])(
  'every edit that was answered ok is there after kill -9 in the middle of 200 rapid edits (after %i)',
  async (killAfter) => {
    using dir = tempDir()
    const server = await serve(dir.path)
    const editors = await prepare(server)
    const each = Math.ceil(EDITS / editors.length)
    const sent = editors.map(() => 0)
    const answered = editors.map(() => 0)
    let done = 0
    const ended = new Promise<void>((resolve) => server.process.once('exit', () => resolve()))
    const run = async (editor: Editor, at: number): Promise<void> => {
      for (let n = 1; n <= each && !server.process.killed; n++) {
        sent[at] = n
        const reply = await editor.edit(server, n).catch(() => null)
        if (!reply) return
        expect(reply).toMatchObject({ ok: true })
        answered[at] = n
        done += 1
        // Without waiting for anything: the others are in the middle of theirs.
        if (done === killAfter) server.process.kill('SIGKILL')
      }
    }
    await Promise.all(editors.map(run))
    await ended
    expect(done).toBeGreaterThanOrEqual(killAfter)

    await using again = await serve(dir.path)
    // A kill is no damage.
    expect(existsSync(join(dir.path, 'quarantine'))).toBe(false)
    for (const [at, editor] of editors.entries()) {
      const found = await editor.read(again)
      expect(found, `${editor.name}: answered ${answered[at]}, sent ${sent[at]}`).toBeGreaterThanOrEqual(
        must(answered[at], 'a count'),
      )
      expect(found, editor.name).toBeLessThanOrEqual(must(sent[at], 'a count'))
    }
  },
)
