import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import pkg from '../../package.json' with { type: 'json' }
import { hudson, serve, tempDir } from './hudson.ts'

/** Windows has no modes. */
const privateMode = process.platform === 'win32' ? expect.any(Number) : 0o600

test('serve prints where it is, answers, and ends with code 0 and without its handshake file', async () => {
  using dir = tempDir()
  await using server = await serve(dir.path)
  const { port, token, url, pid } = server.ready
  expect(url).toBe(`http://127.0.0.1:${port}/?token=${token}`)
  expect(pid).toBe(server.process.pid)
  const handshake = join(dir.path, 'studio.json')
  expect(JSON.parse(readFileSync(handshake, 'utf8'))).toMatchObject({ port, token, pid, version: pkg.version })
  expect(statSync(handshake).mode & 0o777).toEqual(privateMode)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  expect(await server.call('app.info')).toMatchObject({ ok: true, value: { runtime: 'studio' } })
  expect(await server.end('SIGTERM')).toBe(0)
  expect(existsSync(handshake)).toBe(false)
  const log = readFileSync(join(dir.path, 'logs', 'hudson.log'), 'utf8')
  expect(log).toContain('studio listens')
  expect(log).not.toContain(token)
})

test('SIGINT ends it the same way', async () => {
  using dir = tempDir()
  await using server = await serve(dir.path)
  expect(await server.end('SIGINT')).toBe(0)
})

test('a second serve on the same data dir is refused, and the first goes on', async () => {
  using dir = tempDir()
  await using server = await serve(dir.path)
  const second = await hudson(['serve', '--data-dir', dir.path])
  expect([second.code, second.out]).toEqual([1, ''])
  expect(second.err).toContain(`Hudson already runs on this data folder (process ${server.ready.pid}`)
  expect(await server.call('app.info')).toMatchObject({ ok: true })
})

test('what an instance left behind that was killed locks nobody out', async () => {
  using dir = tempDir()
  const killed = await serve(dir.path)
  await killed.end('SIGKILL')
  expect(existsSync(join(dir.path, 'studio.json'))).toBe(true)
  const called = await hudson(['call', 'app.info', '--data-dir', dir.path])
  expect([called.code, JSON.parse(called.out)]).toMatchObject([0, { ok: true }])
  await using again = await serve(dir.path)
  expect(await again.call('app.info')).toMatchObject({ ok: true })
  expect(again.ready.token).not.toBe(killed.ready.token)
})

test('after a kill the next run takes over token and port, so that open windows come back', async () => {
  using dir = tempDir()
  const killed = await serve(dir.path)
  await killed.end('SIGKILL')
  await using again = await serve(dir.path)
  expect(again.ready.url).toBe(killed.ready.url)
  expect(await killed.call('app.info')).toMatchObject({ ok: true })
})

test('a port of a killed run that another program took meanwhile is let go', async () => {
  using dir = tempDir()
  using other = tempDir()
  const killed = await serve(dir.path)
  await killed.end('SIGKILL')
  await using _taken = await serve(other.path, '--port', String(killed.ready.port))
  await using again = await serve(dir.path)
  expect(again.ready.port).not.toBe(killed.ready.port)
  expect(await again.call('app.info')).toMatchObject({ ok: true })
})

test('after a clean end the next run has a new token', async () => {
  using dir = tempDir()
  const ended = await serve(dir.path)
  await ended.end('SIGTERM')
  await using again = await serve(dir.path)
  expect(again.ready.token).not.toBe(ended.ready.token)
})

test('a handshake file that is nonsense, or names a process of someone else, is replaced', async () => {
  using dir = tempDir()
  const file = join(dir.path, 'studio.json')
  const foreign = { port: 1, token: 'x', pid: process.pid, version: '0', startedAt: '' }
  for (const content of ['{', JSON.stringify(foreign)]) {
    writeFileSync(file, content)
    await using server = await serve(dir.path)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: server.ready.pid })
  }
})

test('the named port is taken; one that is in use is a clear error', async () => {
  using dir = tempDir()
  using other = tempDir()
  await using server = await serve(dir.path)
  const { port } = server.ready
  const second = await hudson(['serve', '--data-dir', other.path, '--port', String(port)])
  expect([second.code, second.out]).toEqual([1, ''])
  expect(second.err).toContain(`Port ${port} could not be had on this machine: another program uses it.`)
  await server.end('SIGTERM')
  await using third = await serve(other.path, '--port', String(port))
  expect(third.ready.port).toBe(port)
})

test('call works in its own process, and then on the instance that runs, and finds the same data', async () => {
  using dir = tempDir()
  const data = ['--data-dir', dir.path]
  const created = await hudson(['call', 'sessions.create', '{"name":"Friday"}', ...data])
  expect([created.code, created.out.trim().split('\n').length]).toEqual([0, 1])
  await using server = await serve(dir.path)
  const listed = await hudson(['call', 'sessions.list', ...data])
  expect(JSON.parse(listed.out)).toMatchObject({ ok: true, value: { items: [{ name: 'Friday' }] } })
  const piped = await hudson(['call', 'sessions.create', '-', ...data], '{"name":"Saturday"}')
  expect(JSON.parse(piped.out)).toMatchObject({ ok: true })
  expect(await server.call('sessions.list', { search: 'Satur' })).toMatchObject({
    ok: true,
    value: { items: [{ name: 'Saturday' }] },
  })
})

test('several calls at once wait for each other', async () => {
  using dir = tempDir()
  const names = ['a', 'b', 'c']
  const ran = await Promise.all(
    names.map((name) => hudson(['call', 'sessions.create', JSON.stringify({ name }), '--data-dir', dir.path])),
  )
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0])
})

test('a failed call prints its Reply and ends with 1', async () => {
  using dir = tempDir()
  const { code, out } = await hudson(['call', '__proto__', '--data-dir', dir.path])
  expect([code, JSON.parse(out)]).toMatchObject([1, { ok: false, error: { code: 'bad-call' } }])
})

test.each([
  [[]],
  [['dance']],
  [['serve', '--prot', '1']],
  [['serve', '--port', '99999']],
  [['serve', 'extra']],
  [['call']],
  [['call', 'app.info', '{no']],
  [['call', 'a', '{}', 'b']],
  [['import']],
])('a command line that is not understood ends with 2, without a word on standard output: %j', async (args) => {
  const { code, out, err } = await hudson(args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain('Usage: hudson COMMAND')
})

test('--help and --version answer on standard output', async () => {
  expect(await hudson(['--version'])).toEqual({ code: 0, out: `${pkg.version}\n`, err: '' })
  for (const args of [['--help'], ['serve', '--help']]) {
    const { code, out } = await hudson(args)
    expect([code, out]).toEqual([0, expect.stringContaining('Usage: hudson COMMAND')])
  }
})
