import { describe, expect, onTestFinished, test } from 'vitest'
import { testDatabase } from '../../src/main/sync/test-database.ts'
import { openPostgresFront } from '../support/postgres-front.ts'
import type { PostgresFront, Refusal } from '../support/postgres-front.ts'
import { openProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { teamDatabase } from './team.ts'
import { targetOf, told, wrong } from './told.ts'

const nowhere = '!reached -encrypted -rights -version'

describe('what Neon says of a database', () => {
  async function front(): Promise<{ front: PostgresFront; url: string }> {
    const url = await teamDatabase()
    const opened = await openPostgresFront(targetOf(url))
    onTestFinished(() => opened[Symbol.asyncDispose]())
    return { front: opened, url: opened.url(url) }
  }

  const rows: readonly (readonly [Refusal, RegExp])[] = [
    [
      { code: 'XX000', message: "The requested endpoint could not be found, or you don't have access to it." },
      /^There is no database at this address any more, or it was never right\. Compare/,
    ],
    [
      { code: 'XX000', message: 'The endpoint is disabled. Enable it using Neon API and retry.' },
      /^The database has been switched off by hand\. Ask/,
    ],
    [
      { code: 'XX000', message: 'Your account or project has exceeded the compute time quota.' },
      /^The database plan has used up its allowance for this month, .* Ask/,
    ],
    [
      { code: 'XX000', message: 'You have exceeded the limit of concurrently active endpoints.' },
      /^Too many programs use the team database at once\. Close Hudson .* then try again\.$/,
    ],
    [
      { code: '53300', message: 'sorry, too many clients already' },
      /^Too many programs use the team database at once\. Close Hudson .* then try again\.$/,
    ],
    [
      { code: 'XX000', message: 'Endpoint ID is not specified. Either please upgrade the postgres client library' },
      /^The database cannot be found by a number\. Write the host/,
    ],
    [
      { code: 'XX000', message: 'This IP address 203.0.113.7 is not allowed to connect to this endpoint.' },
      /^The database does not let this computer in from where it is now\. Ask/,
    ],
    [{ code: '08P01', message: 'unsupported startup parameter: options' }, /Use the direct address of the database\.$/],
    [
      { code: '25006', message: 'cannot execute INSERT in a read-only transaction' },
      /Use the address of the main database\.$/,
    ],
    [{ code: '55P03', message: 'canceling statement due to lock timeout' }, /^Another program keeps .* Try again/],
    [{ code: '53100', message: 'project size limit (512 MB) has been exceeded' }, /^The team database is full\. Ask/],
    [{ code: 'XX000', message: 'something new' }, /^The team database answers with an error\. If this lasts/],
  ]
  test.each(rows)('$message', async (refusal, words) => {
    const { front: neon, url } = await front()
    neon.refuse(refusal)
    const answer = await told(url)
    expect(answer).toEqual(wrong(words, nowhere))
    expect(answer.detail, 'nothing is tried again by itself').not.toMatch(/Hudson tries/)
    expect(neon.refused(), 'asked once').toBe(1)
  })

  test.each([
    { code: 'XX000', message: "Couldn't connect to compute node" },
    { code: 'XX000', message: 'Control plane request failed' },
    { code: '57P03', message: 'the database system is starting up' },
    { code: '57P01', message: 'terminating connection due to administrator command' },
  ])('$message: it wakes up, and is waited for', async (refusal) => {
    const { front: neon, url } = await front()
    neon.refuse({ ...refusal, times: 2 })
    expect(await told(url)).toMatchObject({ ok: true })
    expect(neon.refused()).toBe(2)
  })

  test('one that does not wake up in its time is told so', async () => {
    const { front: neon, url } = await front()
    neon.refuse({ code: '57P03', message: 'the database system is starting up' })
    const { ok, detail } = await testDatabase(url, { caFile: null, allowTls12: false, databaseId: null, budgetMs: 700 })
    expect({ ok, detail }).toEqual({
      ok: false,
      detail: 'The team database is waking up. It takes longer than usual: try again in a minute.',
    })
    expect(neon.refused()).toBe(2)
  })
})

describe('the way to it', () => {
  async function proxied(): Promise<{ proxy: TcpProxy; url: string }> {
    const url = await teamDatabase()
    const proxy = await openProxy(targetOf(url))
    onTestFinished(() => proxy[Symbol.asyncDispose]())
    return { proxy, url: proxy.url(url) }
  }

  test('a database that says nothing for 5 s, as a sleeping one does, is waited for', async () => {
    const { proxy, url } = await proxied()
    proxy.hang()
    setTimeout(() => proxy.pass(), 5_000)
    const begun = performance.now()
    expect(await told(url)).toMatchObject({ ok: true })
    expect(performance.now() - begun).toBeGreaterThan(4_500)
  })

  test('one that never answers is given up, and its socket with it', async () => {
    const { proxy, url } = await proxied()
    proxy.hang()
    const { ok, detail } = await testDatabase(url, { caFile: null, allowTls12: false, databaseId: null, budgetMs: 400 })
    expect({ ok, detail }).toEqual({
      ok: false,
      detail:
        'The database did not answer within 1 s. Check the network and the host in the database address, then try again.',
    })
    await expect.poll(() => proxy.connections()).toBe(0)
  })

  test('one that breaks off every time is not tried for ever', async () => {
    const { proxy, url } = await proxied()
    proxy.cut()
    expect(await told(url)).toEqual(
      wrong(
        'The team database cannot be reached. Check the network and the host in the database address, then try again.',
        nowhere,
      ),
    )
  })

  test('one that breaks off once is asked again', async () => {
    const { proxy, url } = await proxied()
    const lost = proxy.dropReplyAfter((request) => request.includes('sync_hello'))
    expect(await told(url)).toMatchObject({ ok: true })
    await lost
  })
})
