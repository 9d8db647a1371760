import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'

const script = resolve(import.meta.dirname, '../../scripts/fakes.ts')

function fakes(...args: readonly string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test('npm run fakes prints what Hudson is started with, answers there, and ends when it is told', async () => {
  const child = fakes('--shopify-port', '0', '--openai-port', '0', '--products', '20')
  const set = new Map<string, string>()
  for await (const line of createInterface(child.stdout)) {
    const [, name = '', value = ''] = /^export (\w+)=(\S+)$/.exec(line) ?? []
    set.set(name, value)
    if (set.size === 5) break
  }
  expect([...set.keys()]).toEqual([
    'HUDSON_SHOPIFY_SHOP',
    'HUDSON_SHOPIFY_TOKEN',
    'HUDSON_SHOPIFY_BASE_URL',
    'HUDSON_OPENAI_API_KEY',
    'HUDSON_OPENAI_BASE_URL',
  ])
  const counted = await fetch(`${set.get('HUDSON_SHOPIFY_BASE_URL')}/admin/api/2026-10/graphql.json`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-shopify-access-token': set.get('HUDSON_SHOPIFY_TOKEN') ?? '',
    },
    body: JSON.stringify({ query: '{ productsCount { count } }' }),
  })
  expect(await counted.json()).toMatchObject({ data: { productsCount: { count: 20 } } })
  const models = await fetch(`${set.get('HUDSON_OPENAI_BASE_URL')}/models`, {
    headers: { authorization: `Bearer ${set.get('HUDSON_OPENAI_API_KEY')}` },
  })
  expect(models.status).toBe(200)
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})

test('a wrong option is told with the usage', async () => {
  const child = fakes('--products', 'many')
  const said = child.stderr.toArray()
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(Buffer.concat((await said) as Buffer[]).toString()).toMatch(/--products takes a whole number[^]*npm run fakes/)
})

test('a port that is taken is told', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const child = fakes('--shopify-port', String((taken.address() as AddressInfo).port), '--openai-port', '0')
  const said = child.stderr.toArray()
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(Buffer.concat((await said) as Buffer[]).toString()).toContain('Choose another port.')
})
