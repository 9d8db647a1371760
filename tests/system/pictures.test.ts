import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { unwrap } from '#shared/reply.ts'
import { hangs, imageHost, sends } from '../support/image-host.ts'
import { png } from '../support/pictures.ts'
import { serve, tempDir } from './hudson.ts'
import type { Server } from './hudson.ts'

const Counts = z.object({ ready: z.int(), waiting: z.int(), failed: z.int() })
const Made = z.looseObject({ id: z.string() })

async function counts(server: Server): Promise<z.infer<typeof Counts>> {
  return Counts.parse(unwrap(await server.call('images.status')))
}

test('pictures that were being fetched when the process was killed are fetched after the next start', async () => {
  using dir = tempDir()
  await using host = await imageHost()
  const slow = host.on('/slow.png', hangs, sends(png(3, 3)))
  const quick = host.on('/quick.png', sends(png(4, 4)))
  {
    await using server = await serve(dir.path)
    const { id: productId } = Made.parse(unwrap(await server.call('products.create', { name: 'Ring' })))
    const asked = host.asked('/slow.png')
    unwrap(await server.call('images.add', { productId, url: slow }))
    await asked
    unwrap(await server.call('images.add', { productId, url: quick }))
    await server.end('SIGKILL')
  }
  await using server = await serve(dir.path)
  let now = await counts(server)
  while (now.waiting > 0) now = await counts(server)
  expect(now).toEqual({ ready: 2, waiting: 0, failed: 0 })
  expect(readdirSync(join(dir.path, 'media'))).toHaveLength(2)
})
