import { expect, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import type { FakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import { desktop, shopFor } from '../shopify/rig.ts'
import type { Desktop } from '../support/desktop.ts'
import { connect, teamDatabase } from './team.ts'

async function desk(shop: FakeShopify, url: string): Promise<Desktop> {
  const here = desktop(shop, { env: { HUDSON_DATABASE_URL: url } })
  await here.call('sync.now', {})
  return here
}

/** The sync that starts by itself, at its end; null where none starts. */
async function ownSync(here: Desktop) {
  const { jobId } = await here.call('shopify.status', {})
  return jobId === null ? null : await here.job(jobId)
}

const questions = (shop: FakeShopify) => shop.requests.filter(({ operation }) => operation !== 'image')
const pages = (shop: FakeShopify) => questions(shop).filter(({ operation }) => operation === 'HudsonProducts')

test('two desktops on one database: one sync in all, and both have the products', async () => {
  const url = await teamDatabase()
  const shop = await shopFor({ products: makeProducts(60) })
  const anna = await desk(shop, url)
  const { jobId } = await anna.call('shopify.sync', {})
  expect(await anna.job(jobId)).toMatchObject({ state: 'done', done: 60 })
  const asked = questions(shop).length
  const ben = await desk(shop, url)
  await ben.call('sync.now', {})
  expect((await ben.call('app.info', {})).counts.products).toBe(60)
  // What it does by itself at its start: the team's database says that it was done a moment ago.
  await ben.call('sync.focus', {})
  expect(await ownSync(ben)).toBeNull()
  expect(questions(shop)).toHaveLength(asked)
})

test('in a team too, the first sync starts by itself', async () => {
  const url = await teamDatabase()
  const shop = await shopFor({ products: makeProducts(20) })
  const anna = desktop(shop, { env: { HUDSON_DATABASE_URL: url } })
  const sql = await connect(url)
  await vi.waitFor(async () => {
    expect(await sql('SELECT count(*)::int AS n FROM products')).toEqual([{ n: 20 }])
  }, 10_000)
  expect((await anna.call('app.info', {})).counts.products).toBe(20)
})

test('what the next sync needs to know is the team`s: another desktop asks for what changed alone, and makes nothing twice', async () => {
  const url = await teamDatabase()
  const shop = await shopFor({ products: makeProducts(60) })
  const anna = await desk(shop, url)
  await anna.job((await anna.call('shopify.sync', {})).jobId)
  shop.advance(3_600_000)
  const changed = must(shop.catalogue.all()[30], 'a product')
  shop.catalogue.update(changed.id, { title: 'Changed at Shopify' })

  const ben = await desk(shop, url)
  const job = await ben.job((await ben.call('shopify.sync', {})).jobId)
  expect(job.counts).toEqual({ updated: 1, unchanged: 59 })
  expect(pages(shop).at(-1)?.variables['query']).toMatch(/^updated_at:>=/)
  await anna.call('sync.now', {})
  const { items, total } = await anna.call('products.list', { search: 'Changed at Shopify' })
  expect(items).toHaveLength(1)
  expect(total).toBe(1)
  expect((await anna.call('app.info', {})).counts.products).toBe(60)
})

test('while one desktop works, the others see it, and are told so when they ask', async () => {
  const url = await teamDatabase()
  const shop = await shopFor({ products: makeProducts(250) })
  shop.fault({ on: 'HudsonProducts', skip: 1, hang: true })
  const anna = await desk(shop, url)
  const ben = await desk(shop, url)
  const { jobId } = await anna.call('shopify.sync', {})
  await anna.job(jobId, ({ done }) => done === 100)
  const { team } = await ben.call('jobs.list', {})
  expect(team).toMatchObject([{ kind: 'shopify.sync' }])
  const reply = await ben.app.dispatch('shopify.sync', {})
  expect(reply).toMatchObject({
    ok: false,
    error: { code: 'busy', message: expect.stringMatching(/for the team right now/) },
  })
  expect(pages(shop)).toHaveLength(2)
})

test('a desktop that went away while it worked loses the work after a while, and another one does it', async () => {
  const url = await teamDatabase()
  const shop = await shopFor({ products: makeProducts(250) })
  shop.fault({ on: 'HudsonProducts', skip: 1, hang: true })
  const anna = await desk(shop, url)
  await anna.job((await anna.call('shopify.sync', {})).jobId, ({ done }) => done === 100)
  const sql = await connect(url)
  // Nobody heard of its holder for two minutes; should it still be there, it learns that the work is not its own any more.
  await sql(`UPDATE team_leases SET holder = gen_random_uuid(), until = now() - interval '1 second'`)
  const ben = await desk(shop, url)
  const job = await ben.job((await ben.call('shopify.sync', {})).jobId)
  expect(job).toMatchObject({ state: 'done', done: 250 })
  await ben.call('sync.now', {})
  const [row] = await sql('SELECT count(*)::int AS n, count(DISTINCT shopify_id)::int AS ids FROM products')
  expect(row).toEqual({ n: 250, ids: 250 })
})

test('two desktops that both meet the shop for the first time, apart from each other, make the same products', async () => {
  const url = await teamDatabase()
  const shop = await shopFor({ products: makeProducts(40) })
  const alone = [desktop(shop), desktop(shop)]
  const ids = await Promise.all(
    alone.map(async (here) => {
      await here.job((await here.call('shopify.sync', {})).jobId)
      const { items } = await here.call('products.list', { limit: 500 })
      return items.map(({ id, variants, images }) => [
        id,
        ...variants.map((one) => one.id),
        ...images.map((one) => one.id),
      ])
    }),
  )
  expect(ids[0]).toEqual(ids[1])
  expect(url).not.toBe('')
})

test('where the server cannot take what came, the next sync asks for it again', async () => {
  const url = await teamDatabase()
  const shop = await shopFor({ products: makeProducts(20) })
  const anna = await desk(shop, url)
  await anna.job((await anna.call('shopify.sync', {})).jobId)
  const sql = await connect(url)
  const before = await sql(`SELECT state, ended_at FROM team_leases`)
  shop.advance(3_600_000)
  shop.catalogue.update(must(shop.catalogue.all()[18], 'one').id, { title: 'Not at the server yet' })
  await sql(`CREATE OR REPLACE FUNCTION sync_push(p_client uuid, p_incarnation uuid, p_schema integer, p_rev bigint,
    p_token uuid, p_check bigint, p_mutations jsonb) RETURNS jsonb LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '55000'; END $$`)
  const job = await anna.job((await anna.call('shopify.sync', {})).jobId)
  expect(job.counts).toMatchObject({ updated: 1 })
  expect(job.state).toBe('done')
  expect(await sql(`SELECT state, ended_at FROM team_leases`)).toEqual(before)
  const { total } = await anna.call('products.list', { search: 'Not at the server yet' })
  expect(total, 'it is here, and waits to be sent').toBe(1)
})

test('a role of the app may use leases, and cannot touch their table', async () => {
  const url = await teamDatabase()
  const sql = await connect(url)
  await sql('SET ROLE hudson_app')
  await expect(sql('SELECT * FROM team_leases')).rejects.toThrow(/permission denied/)
  await expect(sql(`SELECT team_lease_look(gen_random_uuid(), gen_random_uuid())`)).rejects.toThrow(/unknown client/)
})
