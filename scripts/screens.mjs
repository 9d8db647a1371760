/**
 * `node scripts/screens.mjs [NAME …]`: takes the pictures in docs/screens from the built app with sample data, in a browser.
 * They show every screen, dark and light, at the sizes that people use. Names pick some of them.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright'
import { findOrInstallBrowser } from './browser.mjs'
import { startFakeOpenai } from '../tests/support/fakes/openai/fake-openai.ts'
import { makeProducts } from '../tests/support/fakes/shopify/catalogue.ts'
import { startFakeShopify } from '../tests/support/fakes/shopify/fake-shopify.ts'
import { buildIfNeeded, outDir, projectNode, root } from './build-if-needed.mjs'

const wide = { width: 1920, height: 1080 }
const laptop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }
const folder = join(root, 'docs', 'screens')
const wanted = process.argv.slice(2)

/** One good line, one that is left out, one with something to look at. */
const sampleCsv = `Handle,Title,Vendor,Variant SKU,Variant Price,Variant Compare At Price
linen-shirt,Linen Shirt,Tarnwick,TW-S001,59.00,79.00
wool-socks,Wool Socks,Tarnwick,TW-S002,twelve,
night-lamp,Night Lamp,Tarnwick,TW-S003,45.00,40.00
`

buildIfNeeded()
mkdirSync(folder, { recursive: true })
const dataDir = mkdtempSync(join(tmpdir(), 'hudson-screens-'))
const shop = await startFakeShopify({ products: makeProducts(250) })
const model = await startFakeOpenai()
const server = spawn(projectNode(), [join(outDir, 'main', 'headless.js'), 'serve', '--data-dir', dataDir, '--demo'], {
  stdio: ['ignore', 'pipe', 'ignore'],
  env: {
    ...process.env,
    HUDSON_SHOPIFY_BASE_URL: shop.url,
    HUDSON_OPENAI_BASE_URL: model.url,
    HUDSON_OPENAI_API_KEY: model.key,
  },
})
const [line] = await once(createInterface({ input: server.stdout }), 'line')
const { url, port, token } = JSON.parse(line)
const browser = await chromium.launch({
  executablePath: await findOrInstallBrowser(),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ],
})

async function call(name, input = {}) {
  const response = await fetch(`http://127.0.0.1:${port}/call/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(input),
  })
  const reply = await response.json()
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
  return reply.value
}

async function ended(id) {
  while ((await call('jobs.get', { id })).endedAt === null) await new Promise((resolve) => setTimeout(resolve, 100))
}

/** One picture: opens the path, does what `act` does, and waits until nothing moves. */
async function shoot(name, path, { size = laptop, theme = 'dark', act, settle = 700 } = {}) {
  if (wanted.length > 0 && !wanted.some((part) => name.includes(part))) return
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: 'en-GB' })
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`))
  await page.goto(url)
  await page.goto(`http://127.0.0.1:${port}${path}`)
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      [...document.images].every((image) => image.complete || image.loading === 'lazy'),
  )
  if (act) await act(page)
  await page.waitForTimeout(settle)
  await page.screenshot({ path: join(folder, `${name}.png`) })
  console.log(name)
  await context.close()
}

try {
  const { items: sessions } = await call('sessions.list')
  const [show, draft] = sessions.toSorted((a, b) => b.itemCount - a.itemCount).map(({ id }) => id)
  const detail = await call('sessions.get', { id: draft })
  const { items: products } = await call('products.list', { search: 'beanie' })
  const product = products[0].id
  const item = (page, name) => page.getByText(name).first().click()
  const differing = detail.items.find(({ overrides }) => Object.keys(overrides).length > 0)

  await shoot('sessions', '/sessions')
  await shoot('sessions-light', '/sessions', { theme: 'light' })
  await shoot('sessions-phone', '/sessions', { size: phone })
  await shoot('new-session', '/sessions?new', { theme: 'light' })
  await shoot('builder', `/sessions/${draft}`, { size: wide, act: (page) => item(page, differing.name) })
  await shoot('builder-light', `/sessions/${draft}`, { theme: 'light', act: (page) => item(page, differing.name) })
  await shoot('builder-phone', `/sessions/${draft}`, { size: phone })
  await shoot('picker', `/sessions/${draft}`, {
    act: (page) => page.getByRole('button', { name: 'Add products' }).click(),
  })
  await shoot('paste', `/sessions/${draft}`, {
    theme: 'light',
    act: async (page) => {
      await page.getByRole('button', { name: 'Paste ids' }).click()
      await page.getByRole('dialog').getByRole('textbox').fill('TW-K501\nTW-N101\nTW-T801\nNO-SUCH-SKU')
    },
  })
  await shoot('products', '/products')
  await shoot('products-light', '/products', { theme: 'light' })
  await shoot('products-phone', '/products', { size: phone })
  await shoot('product', `/products/${product}`, { size: wide })
  await shoot('product-light', `/products/${product}`, { theme: 'light' })
  await shoot('product-phone', `/products/${product}`, { size: phone })
  await shoot('import', '/products', {
    act: async (page) => {
      await page.getByRole('button', { name: 'Import' }).first().click()
      await page
        .locator('input[type="file"]')
        .setInputFiles({ name: 'products_export.csv', mimeType: 'text/csv', buffer: Buffer.from(sampleCsv) })
      await page
        .getByText(/left out/)
        .first()
        .waitFor()
    },
  })
  await shoot('settings', '/settings', { size: wide })
  await shoot('settings-light', '/settings', { theme: 'light' })
  await shoot('keys', '/sessions', { act: (page) => page.keyboard.press('?') })
  await shoot('palette', '/sessions', {
    theme: 'light',
    act: async (page) => {
      await page.keyboard.press('Control+K')
      await page.keyboard.type('ring')
    },
  })

  await shoot('run-sheet', `/sessions/${draft}/run-sheet?size=compact`, { theme: 'light' })
  model.fault({ match: 'Bracelet', says: '{"points":["Real silver, only 3 left","Slips on with one hand"]}' })
  model.fault({ match: 'Scarf', refusal: true })
  const { jobId } = await call('points.generate', { sessionId: draft, mode: 'all' })
  await ended(jobId)
  await shoot('review', `/points?session=${draft}`)
  await shoot('review-phone', `/points?session=${draft}`, { size: phone, theme: 'light' })
  await call('secrets.set', { name: 'shopifyToken', value: shop.token })
  await call('settings.update', { patch: { shopify: { shop: shop.shop } } })
  await ended((await call('shopify.sync')).jobId)
  await shoot('activity', '/activity')
  await shoot('activity-light', '/activity', { theme: 'light' })

  await call('live.start', { sessionId: show, mode: 'rehearsal' })
  await shoot('producer-rehearsal', `/sessions/${show}/producer`, { theme: 'light' })
  await call('live.start', { sessionId: show, mode: 'live' })
  await call('live.goto', { sessionId: show, number: 14 })
  await shoot('host', `/host/${show}`, { size: wide })
  await shoot('producer', `/sessions/${show}/producer`, { size: wide })
  await shoot('producer-laptop', `/sessions/${show}/producer`)
  await shoot('producer-phone', `/sessions/${show}/producer`, { size: phone })
  await shoot('host-number', `/host/${show}`, {
    size: wide,
    // With Shift the number waits to be read; without, a slow picture would be taken after the jump.
    act: async (page) => {
      await page.keyboard.press('Shift+Digit2')
      await page.keyboard.press('Shift+Digit2')
      await page.waitForFunction(() => document.querySelector('.number-overlay img')?.complete)
    },
  })
  await call('live.message', { sessionId: show, text: 'Say the price again: {price}', color: 'blue' })
  await shoot('host-message', `/host/${show}`, { size: wide })
  await call('live.clearMessage', { sessionId: show })
  await call('settings.update', { patch: { host: { layout: 'picture', theme: 'light' } } })
  await shoot('host-picture-light', `/host/${show}`, { size: wide })
  await call('settings.update', { patch: { host: { layout: 'points', theme: 'dim' } } })
  await shoot('host-points-dim', `/host/${show}`, { size: laptop })
  await call('settings.update', { patch: { host: { layout: 'split', theme: 'dark' } } })
  await shoot('host-portrait', `/host/${show}`, { size: { width: 1080, height: 1920 } })
  await shoot('overlay', `/overlay/${show}`, { size: wide })
  await shoot('sessions-live', '/sessions')
} finally {
  await browser.close()
  server.kill()
  await once(server, 'exit')
  await shop[Symbol.asyncDispose]()
  await model[Symbol.asyncDispose]()
  rmSync(dataDir, { recursive: true, force: true })
}
