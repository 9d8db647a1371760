import type { Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { must } from '#shared/must.ts'
import { seriousProblems, tabTo } from './builder-stage.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'
import { picture } from './picture.ts'
import { counts, expectStep, openServices, typeInto } from './wizard-stage.ts'
import type { Services } from './wizard-stage.ts'

interface Stage {
  readonly services: Services
  readonly hudson: SignedIn
}

const enter = (page: Page): Promise<void> => page.keyboard.press('Enter')
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe('the setup, step by step', () => {
  const on: { stage: Stage | null } = { stage: null }
  const stage = (): Stage => must(on.stage, 'the stage is set')
  const stack = new AsyncDisposableStack()

  beforeAll(async () => {
    const services = stack.use(await openServices())
    // Not into the keychain of whoever runs this.
    vi.stubEnv('HUDSON_SECRETS_PASSPHRASE', 'correct horse battery')
    vi.stubEnv('HUDSON_SHOPIFY_BASE_URL', services.shop.url)
    vi.stubEnv('HUDSON_OPENAI_BASE_URL', services.model.url)
    on.stage = { services, hudson: stack.use(await signIn()) }
  })
  afterAll(async () => {
    await stack.disposeAsync()
    vi.unstubAllEnvs()
  })

  test('from nothing to the first sync, by keyboard alone, with what goes wrong on the way', async () => {
    const { hudson, services } = stage()
    const { network, shop, model } = services
    const page = await hudson.open('/')
    await expectStep(page, 'Welcome to Hudson', 1)
    expect(new URL(page.url()).pathname).toBe('/welcome')
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'wizard-1-welcome')
    await enter(page)

    await expectStep(page, 'Join your team', 2)
    await enter(page)
    await page.getByText('Paste the address first, or skip this step.').waitFor()
    const address = field(page, 'Address of the database')
    for (const [wrong, words] of [
      ['mysql://anna@db.example/team', 'It starts with "mysql:"'],
      ['postgresql://anna:secret-canary@127.0.0.1:1/team', 'no database at this port'],
      [services.databaseUrl.replace(/:[^:@/]+@/, ':wrong@'), 'does not accept the user name or the password'],
    ] as const) {
      await typeInto(page, address, wrong)
      await enter(page)
      await page.getByText(words, { exact: false }).first().waitFor()
    }
    await page.getByText('Login and rights: wrong').waitFor()
    expect(await address.getAttribute('aria-invalid')).toBe('true')
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'wizard-2-team-wrong')

    network.hang()
    await typeInto(page, address, services.databaseUrl)
    await tabTo(page, button(page, 'Test'))
    await enter(page)
    await page.getByText('Waking the database … A sleeping one takes up to 15 s.').waitFor()
    await picture(page, 'wizard-2-team-waking')
    network.pass()
    await page.getByText('Fits this Hudson: OK').waitFor()
    await picture(page, 'wizard-2-team-right')
    await tabTo(page, button(page, 'Join the team'))
    await enter(page)
    await page.getByText('Set. Stored in: a file that your passphrase opens.').waitFor()
    expect(await page.content()).not.toContain(new URL(services.databaseUrl).password)
    await picture(page, 'wizard-2-team-set')
    await enter(page)

    await expectStep(page, 'Connect your Shopify shop', 3)
    const name = field(page, 'Name of the shop')
    await typeInto(page, name, 'www.example.com')
    await page.keyboard.press('Tab')
    await page.getByText('is a domain of the shop’s own', { exact: false }).waitFor()
    await page.keyboard.press('Shift+Tab')
    await typeInto(page, name, 'https://admin.shopify.com/store/hudson-test/products')
    await page.getByText('The shop is hudson-test.myshopify.com.').waitFor()
    await tabTo(page, page.getByRole('radio', { name: 'Client id and secret' }))
    await page.keyboard.press('ArrowRight')
    await typeInto(page, field(page, 'Access token'), 'shpat_00000000000000000000000000000000')
    await enter(page)
    await page.getByText('Shopify does not know this access token', { exact: false }).first().waitFor()
    await picture(page, 'wizard-3-shop-wrong')
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('ArrowLeft')
    await typeInto(page, field(page, 'Client id'), shop.clientId)
    await enter(page)
    await page.getByText('Copy the client secret from the settings of your app.').waitFor()
    await typeInto(page, field(page, 'Client secret'), shop.clientSecret)
    shop.fault({ on: 'HudsonProbe', status: 402 })
    await enter(page)
    await page.getByText('The shop is frozen because of an unpaid bill.', { exact: false }).first().waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await page.reload()
    // What was stored stays, and the step is where it was left.
    await expectStep(page, 'Connect your Shopify shop', 3)
    await typeInto(page, field(page, 'Name of the shop'), 'hudson-test')
    await typeInto(page, field(page, 'Client id'), shop.clientId)
    await typeInto(page, field(page, 'Client secret'), shop.clientSecret)
    shop.fault({ on: 'HudsonProducts', status: 429, retryAfter: 600 })
    await enter(page)
    await page.getByText('hudson-test.myshopify.com is connected.').waitFor()
    expect(await page.content()).not.toContain(shop.clientSecret)
    await picture(page, 'wizard-3-shop-set')
    await enter(page)

    await expectStep(page, 'Talking points by a model', 4)
    const key = field(page, 'Key of OpenAI')
    await typeInto(page, key, 'sk-proj-not-the-right-one-0000')
    await enter(page)
    await page.getByText('The key is not right.', { exact: false }).first().waitFor()
    await picture(page, 'wizard-4-model-wrong')
    // A service that is away must not keep anybody from going on.
    model.fault({ match: '/models/', error: 'server_error' })
    await typeInto(page, key, model.key)
    await enter(page)
    await page.getByText('has a problem of its own right now (500)', { exact: false }).first().waitFor()
    await tabTo(page, button(page, 'Store it without a test'))
    await enter(page)
    await page.getByText('Set. Stored in: a file that your passphrase opens.').waitFor()
    await enter(page)

    await expectStep(page, 'The host’s screen', 5)
    await typeInto(page, page.getByRole('textbox', { name: 'Distance from the eyes to the screen' }), '2.5')
    await page.getByText('what 2.5 m need', { exact: false }).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'wizard-5-display')
    await enter(page)

    await expectStep(page, 'First sync', 6)
    await page.getByText('Everything of the team is here.').waitFor()
    // It takes its time, and nobody has to wait for it.
    await page.getByText('Shopify asks us to slow down; about', { exact: false }).waitFor()
    await picture(page, 'wizard-6-sync-waiting')
    const { items } = await hudson.call<{ items: { id: string }[] }>('jobs.list')
    await hudson.call('jobs.cancel', { id: must(items[0], 'a job').id })
    await tabTo(page, button(page, 'Try again'))
    await enter(page)
    await page.getByText('Everything of the shop is here.').waitFor()
    // One of the shop's is archived.
    await page.getByText(`${(counts.team + counts.shop - 1).toLocaleString('en')} products on this computer`).waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'wizard-6-sync')
    await enter(page)

    await expectStep(page, 'Ready', 7)
    await page.getByText('Joined. The address is stored in: a file that your passphrase opens.').waitFor()
    await page.getByText('Read from 2.5 m on 24″.').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'wizard-7-done')
    await enter(page)
    await page.waitForURL('**/sessions')
    expect(await hudson.call('settings.get')).toMatchObject({
      wizard: { done: true },
      host: { distanceM: 2.5 },
      shopify: { shop: 'hudson-test.myshopify.com' },
    })
    expect(await hudson.call('sync.status')).toMatchObject({ state: 'online', pending: expect.any(Number) })
    expect(hudson.errors).toEqual([])
    await page.close()
  })

  test('later it begins at the start, shows what is set without asking again, and is left as it was', async () => {
    const { hudson } = stage()
    const page = await hudson.open('/settings')
    await tabTo(page, page.getByRole('link', { name: 'Set up step by step' }))
    await enter(page)
    await expectStep(page, 'Welcome to Hudson', 1)
    await enter(page)
    await expectStep(page, 'Join your team', 2)
    await tabTo(page, button(page, 'Test'))
    await enter(page)
    await page.getByText('Login and rights: OK').waitFor()
    await tabTo(page, button(page, 'Replace'))
    await enter(page)
    await expect
      .poll(() => field(page, 'Address of the database').evaluate((one) => one === document.activeElement))
      .toBe(true)
    await tabTo(page, button(page, 'Keep the one that is set'))
    await enter(page)
    await tabTo(page, button(page, 'Back'))
    await enter(page)
    await expectStep(page, 'Welcome to Hudson', 1)
    await tabTo(page, button(page, 'Work offline'))
    await enter(page)
    await page.waitForURL('**/sessions')
    expect(await hudson.call('sync.status')).not.toMatchObject({ state: 'unconfigured' })
    await page.close()
  })
})

describe('a start with nothing', () => {
  afterEach(() => vi.unstubAllEnvs())

  test('can be left at any step and goes on there; "Work offline" ends it, and nothing was needed', async () => {
    // A model alone is no reason not to be led.
    vi.stubEnv('HUDSON_OPENAI_API_KEY', 'sk-proj-given-canary-0000')
    await using hudson = await signIn()
    const page = await hudson.open('/')
    await expectStep(page, 'Welcome to Hudson', 1)
    await enter(page)
    for (const [title, number] of [
      ['Join your team', 2],
      ['Connect your Shopify shop', 3],
    ] as const) {
      await expectStep(page, title, number)
      await tabTo(page, button(page, 'Skip this step'))
      await enter(page)
    }
    await expectStep(page, 'Talking points by a model', 4)
    await page.getByText('Given by this computer’s environment (HUDSON_OPENAI_API_KEY).', { exact: false }).waitFor()
    expect(await button(page, 'Replace').count()).toBe(0)
    await enter(page)
    await expectStep(page, 'The host’s screen', 5)
    await button(page, 'Finish later').click()
    await page.waitForURL('**/sessions')
    await page.goto(new URL('/', page.url()).href)
    await expectStep(page, 'The host’s screen', 5)
    await enter(page)
    await expectStep(page, 'First sync', 6)
    await page.getByText('There is nothing to fetch', { exact: false }).waitFor()
    for (const number of [5, 4, 3, 2, 1]) {
      await button(page, 'Back').click()
      await page.getByText(`Step ${number} of 7`).waitFor()
    }
    await button(page, 'Work offline').click()
    await page.waitForURL('**/sessions')
    await page.goto(new URL('/', page.url()).href)
    await page.waitForURL('**/sessions')
    await page.getByRole('link', { name: 'Set up step by step' }).click()
    await button(page, 'Explore with sample data').click()
    await page.waitForURL('**/sessions')
    await page.locator('.session-row-link').first().waitFor()
    expect(hudson.errors).toEqual([])
  })
})
