import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Job } from '#shared/jobs.ts'
import type { Product } from '#shared/library.ts'
import { must } from '#shared/must.ts'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { startFakeOpenai } from '../support/fakes/openai/fake-openai.ts'
import type { FakeOpenai } from '../support/fakes/openai/fake-openai.ts'
import { startFakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import type { FakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import { seriousProblems } from './builder-stage.ts'
import { picture } from './picture.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

/** A shop, a model service, and Hudson joined to both by its settings. */
interface Stage {
  readonly shop: FakeShopify
  readonly model: FakeOpenai
  readonly hudson: SignedIn
}

describe('the catalogue from Shopify, and words from a model', () => {
  const on: { stage: Stage | null } = { stage: null }
  const stage = (): Stage => must(on.stage, 'the stage is set')
  const stack = new AsyncDisposableStack()

  beforeAll(async () => {
    const shop = stack.use(await startFakeShopify({ products: makeProducts(60) }))
    const model = stack.use(await startFakeOpenai())
    vi.stubEnv('HUDSON_SECRETS_PASSPHRASE', 'correct horse battery')
    vi.stubEnv('HUDSON_SHOPIFY_BASE_URL', shop.url)
    vi.stubEnv('HUDSON_OPENAI_BASE_URL', model.url)
    const hudson = stack.use(await signIn())
    on.stage = { shop, model, hudson }
  })
  afterAll(async () => {
    await stack.disposeAsync()
    vi.unstubAllEnvs()
  })

  const ended = async (id: string): Promise<Job> =>
    await vi.waitFor(
      async () => {
        const job = await stage().hudson.call<Job>('jobs.get', { id })
        expect(job.endedAt).not.toBeNull()
        return job
      },
      { timeout: 20_000, interval: 100 },
    )

  test('a shop is set up in the settings, tested, and its products come', async () => {
    const { hudson, shop } = stage()
    const page = await hudson.open('/settings#shopify')
    const section = page.getByRole('region', { name: 'Shopify' })
    await section.getByLabel('Name of the shop').fill('www.example.com')
    await page.keyboard.press('Tab')
    await section.getByText('is a domain of the shop', { exact: false }).waitFor()
    await section.getByLabel('Name of the shop').fill('https://admin.shopify.com/store/hudson-test')
    await page.keyboard.press('Enter')
    await vi.waitFor(async () => {
      expect(await section.getByLabel('Name of the shop').inputValue()).toBe('hudson-test.myshopify.com')
    })
    await section.getByLabel('Access token').fill('shpat_00000000000000000000000000000000')
    await section.getByRole('button', { name: 'Save' }).last().click()
    await section.getByText('Shopify does not know this access token', { exact: false }).first().waitFor()
    await picture(page, 'settings-shopify')
    await section.getByLabel('Access token').fill(shop.token)
    await section.getByRole('button', { name: 'Save' }).last().click()
    await section.getByRole('button', { name: 'Test the connection' }).click()
    await section.getByText('● Hudson test shop (hudson-test.myshopify.com): 60 products, prices in USD.').waitFor()
    expect(await page.content()).not.toContain(shop.token)
    expect(await seriousProblems(page)).toEqual([])
    await page.goto(page.url().replace(/\/settings.*/, '/activity'))
    await page.getByText('60 new').waitFor()
    await page.getByText('Last synced').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await page.close()
  })

  test('what a sync changed is told product by product, and can be put back', async () => {
    const { hudson, shop } = stage()
    shop.advance(3_600_000)
    const theirs = must(
      shop.catalogue.all().find(({ title }) => title === 'Linen shirt 23'),
      'a shirt',
    )
    shop.catalogue.update(theirs.id, {
      title: 'Linen shirt, new cut',
      variants: theirs.variants.map((one) => ({ ...one, price: '19.50' })),
    })
    shop.fault({ on: 'HudsonProducts', status: 429, retryAfter: 3 })
    const page = await hudson.open('/activity')
    await page.getByRole('button', { name: 'Sync with Shopify' }).click()
    await page.getByText('Shopify asks us to slow down; about').waitFor()
    await picture(page, 'activity-waiting')
    await page.getByText('1 changed').waitFor()
    // While it runs there is only the one of the sync before.
    await page.locator('.job').first().getByRole('button', { name: 'What changed' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Linen shirt, new cut').first().waitFor()
    await picture(page, 'activity-report')
    expect(await seriousProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Put it all back' }).click()
    await page.getByText('1 product is as it was.').waitFor()
    const { items } = await hudson.call<{ items: Product[] }>('products.list', { search: 'Linen shirt 23' })
    expect(items[0]).toMatchObject({ name: 'Linen shirt 23', overridden: ['name', 'priceCents'] })
    await page.close()
  })

  test('talking points are written for a line-up, reviewed side by side, edited, turned down and taken', async () => {
    const { hudson, model } = stage()
    const { items } = await hudson.call<{ items: Product[] }>('products.list', { search: 'Pearl', limit: 4 })
    const session = await hudson.call<{ id: string }>('sessions.create', {
      name: 'Evening',
      productIds: items.map(({ id }) => id),
    })
    model.fault({
      match: `Name: ${items[0]?.name ?? ''}\\n`,
      says: '{"points":["Real silk, only 2 left","Soft to the touch"]}',
    })
    model.fault({ match: `Name: ${items[1]?.name ?? ''}\\n`, refusal: true })
    const page = await hudson.open('/settings#points')
    const settings = page.getByRole('region', { name: 'Talking points by a model' })
    await settings.getByLabel('Key of OpenAI').fill(model.key)
    await settings.getByRole('button', { name: 'Save the key' }).click()
    await settings.getByRole('button', { name: 'Test the model' }).click()
    await settings.getByText('● gpt-6-luna answers.').waitFor()
    await picture(page, 'settings-points')
    expect(await seriousProblems(page)).toEqual([])

    await page.goto(page.url().replace(/\/settings.*/, `/sessions/${session.id}`))
    await page.getByRole('button', { name: 'More' }).first().click()
    await page.getByRole('menuitem', { name: 'Talking points …' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/^\d products, about [\d,]+ tokens, about \$0\./).waitFor()
    await picture(page, 'points-estimate')
    await dialog.getByRole('button', { name: 'Write them' }).click()
    const cards = page.locator('.review > li')
    await vi.waitFor(async () => expect(await cards.count()).toBe(items.length - 1), { timeout: 10_000 })
    await page.getByText('Not in the product’s data: check before you say it').waitFor()
    await picture(page, 'points-review')
    expect(await seriousProblems(page)).toEqual([])

    await cards.first().getByRole('textbox').fill('- Soft to the touch')
    await cards.first().getByRole('button', { name: 'Take it as edited' }).click()
    await vi.waitFor(async () => expect(await cards.count()).toBe(items.length - 2))
    await cards.first().getByRole('button', { name: 'Turn down' }).click()
    await vi.waitFor(async () => expect(await cards.count()).toBe(items.length - 3))
    await page.getByRole('button', { name: /^Take/ }).first().click()
    await page.getByText('Nothing to review').waitFor()
    await page.goto(page.url().replace(/\/points.*/, '/activity'))
    await page.getByText('Done in part').waitFor()
    await page.getByText('What failed: 1').click()
    await page.getByText('The model did not want to write about this product.').waitFor()
    await picture(page, 'activity-partial')
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.locator('.job').first().getByText(`${items.length} to review`).waitFor()
    await page.getByText('Done in part').waitFor({ state: 'detached' })
    await page.close()
  })

  test('the diagnostics look at all of it, and say the same as the command', async () => {
    const { hudson } = stage()
    const page = await hudson.open('/settings')
    await page.getByRole('link', { name: 'Diagnostics' }).click()
    await page.getByText('Hudson test shop (hudson-test.myshopify.com)', { exact: false }).waitFor()
    await page.getByText('gpt-6-luna answers.').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'diagnostics')
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByText('Copied.').waitFor()
    await page.getByRole('button', { name: 'Look again' }).click()
    await page.getByRole('button', { name: 'Look again' }).waitFor()
    await page.close()
  })

  test('during a show, price changes wait in the console and are taken by hand', async () => {
    const { hudson, shop } = stage()
    const { items } = await hudson.call<{ items: Product[] }>('products.list', { search: 'Denim', limit: 3 })
    const session = await hudson.call<{ id: string }>('sessions.create', {
      name: 'Live now',
      productIds: items.map(({ id }) => id),
    })
    await hudson.call('live.start', { sessionId: session.id, mode: 'live' })
    shop.advance(3_600_000)
    for (const product of items) {
      const theirs = must(
        shop.catalogue.all().find(({ title }) => title === product.name),
        'theirs',
      )
      shop.catalogue.update(theirs.id, { variants: theirs.variants.map((one) => ({ ...one, price: '12.34' })) })
    }
    const { jobId } = await hudson.call<{ jobId: string }>('shopify.sync', {})
    expect(await ended(jobId)).toMatchObject({ counts: { held: items.length } })
    const page = await hudson.open(`/sessions/${session.id}/producer`)
    await page.getByRole('button', { name: `${items.length} price changes waiting` }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('12.34').first().waitFor()
    await picture(page, 'producer-waiting')
    expect(await seriousProblems(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Take it' }).first().click()
    await vi.waitFor(async () =>
      expect(await dialog.getByRole('button', { name: 'Take it' }).count()).toBe(items.length - 1),
    )
    await dialog.getByRole('button', { name: 'Take them all' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await vi.waitFor(async () => {
      const after = await hudson.call<{ items: Product[] }>('products.list', { search: 'Denim', limit: 3 })
      expect(after.items.map(({ priceCents }) => priceCents)).toEqual(items.map(() => 12_34))
    })
    await hudson.call('live.end', { sessionId: session.id })
    expect(hudson.errors).toEqual([])
    await page.close()
  })
})
