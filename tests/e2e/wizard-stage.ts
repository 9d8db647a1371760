import pg from 'pg'
import type { Locator, Page } from 'playwright'
import { expect } from 'vitest'
import { must } from '#shared/must.ts'
import { createDatabase, dropDatabase, startPostgres } from '../support/postgres.ts'
import { makeProducts } from '../support/fakes/shopify/catalogue.ts'
import { startFakeOpenai } from '../support/fakes/openai/fake-openai.ts'
import type { FakeOpenai } from '../support/fakes/openai/fake-openai.ts'
import { startFakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import type { FakeShopify } from '../support/fakes/shopify/fake-shopify.ts'
import { openProxy } from '../support/tcp-proxy.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { hudson } from '../system/hudson.ts'
import { tabTo } from './builder-stage.ts'

/** A team's database with some products, behind a network that can fail; a shop; a model service. */
export interface Services extends AsyncDisposable {
  /** As whoever looks after the database hands it out. */
  readonly databaseUrl: string
  readonly network: TcpProxy
  readonly shop: FakeShopify
  readonly model: FakeOpenai
}

/** How many products the team has, and how many the shop. */
export const counts = { team: 3_000, shop: 60 }

export async function openServices(): Promise<Services> {
  const stack = new AsyncDisposableStack()
  const server = stack.use(await startPostgres())
  const owner = await createDatabase(server.url)
  stack.defer(() => dropDatabase(owner))
  const login = `wizard_${process.pid}`
  const made = await hudson(['migrate', '--database-url', owner, '--create-login', login])
  const printed = must(/postgres(?:ql)?:\/\/\S+/.exec(made.out)?.[0], made.err)
  stack.defer(() => run(server.url, `DROP ROLE ${login}`))
  await run(
    owner,
    `WITH b AS (INSERT INTO brands (name) VALUES ('Acme') RETURNING id)
     INSERT INTO products (brand_id, name, price_cents) SELECT id, 'Team product ' || n, 1000 + n FROM b, generate_series(1, ${counts.team}) n`,
  )
  const { hostname: host, port } = new URL(printed)
  const network = stack.use(await openProxy({ host, port: Number(port) }))
  const shop = stack.use(await startFakeShopify({ products: makeProducts(counts.shop) }))
  const model = stack.use(await startFakeOpenai())
  return {
    databaseUrl: network.url(printed),
    network,
    shop,
    model,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/** The step of this heading is open, and the focus is on it. */
export async function expectStep(page: Page, title: string, number: number): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name: title })
  await heading.waitFor()
  await page.getByText(`Step ${number} of 7`).waitFor()
  await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true)
}

/** Types into a field as a person does who has no mouse: what stood there is replaced. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}
