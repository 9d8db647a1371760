import { parseArgs } from 'node:util'
import { startFakeOpenai } from '../tests/support/fakes/openai/fake-openai.ts'
import { makeProducts } from '../tests/support/fakes/shopify/catalogue.ts'
import { startFakeShopify } from '../tests/support/fakes/shopify/fake-shopify.ts'

// `npm run fakes`: a Shopify and an OpenAI on this computer, to try Hudson without accounts and without a network.
// Standard output holds nothing but the lines that a shell takes.

const usage = `npm run fakes -- [--shopify-port 4001] [--openai-port 4002] [--products 250] [--bucket 2000] [--restore-rate 100] [--delay 20]

  Starts a shop and a model on this computer, and prints what to set before Hudson is started. Ends with Ctrl+C.
  --bucket, --restore-rate: the shop's points, and how many come back in a second. --delay: of the model, in ms.`

const { values } = parseArgs({
  options: {
    'shopify-port': { type: 'string', default: '4001' },
    'openai-port': { type: 'string', default: '4002' },
    products: { type: 'string', default: '250' },
    bucket: { type: 'string', default: '2000' },
    'restore-rate': { type: 'string', default: '100' },
    delay: { type: 'string', default: '20' },
    help: { type: 'boolean' },
  },
})

/** Said as it is, without a stack. */
class Refusal extends Error {}

function numberOf(name: Exclude<keyof typeof values, 'help'>, most: number): number {
  const number = Number(values[name])
  if (!Number.isInteger(number) || number < 0 || number > most)
    throw new Refusal(`--${name} takes a whole number up to ${most}.\n\n${usage}`)
  return number
}

async function main(): Promise<void> {
  if (values.help) return console.log(usage)
  await using fakes = new AsyncDisposableStack()
  const products = makeProducts(numberOf('products', 100_000))
  const bucket = { maximum: numberOf('bucket', 1e9), restoreRate: numberOf('restore-rate', 1e9) }
  const shopify = fakes.use(await startFakeShopify({ port: numberOf('shopify-port', 65_535), products, bucket }))
  const openai = fakes.use(
    await startFakeOpenai({ port: numberOf('openai-port', 65_535), delayMs: numberOf('delay', 60_000) }),
  )
  const ended = new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  const variables = {
    HUDSON_SHOPIFY_SHOP: shopify.shop,
    HUDSON_SHOPIFY_TOKEN: shopify.token,
    HUDSON_SHOPIFY_BASE_URL: shopify.url,
    HUDSON_OPENAI_API_KEY: openai.key,
    HUDSON_OPENAI_BASE_URL: openai.url,
  }
  for (const [name, value] of Object.entries(variables)) console.log(`export ${name}=${value}`)
  await ended
}

try {
  await main()
} catch (error) {
  const isBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  if (!(error instanceof Refusal) && !isBusy) throw error
  console.error(isBusy ? `${error.message}. Choose another port.` : error.message)
  process.exitCode = 1
}
