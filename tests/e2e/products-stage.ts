import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { Product, ProductDetail } from '#shared/library.ts'
import { must } from '#shared/must.ts'
import { serve, tempDir } from '../system/hudson.ts'
import { launchBrowser } from '../support/launch-browser.ts'

/** An empty server and a browser that is signed in as its owner. */
export interface ProductsStage extends AsyncDisposable {
  /** Errors that any page wrote to its console. */
  readonly errors: string[]
  call<T>(name: string, input?: object): Promise<T>
  open(path: string): Promise<Page>
  closePages(): Promise<void>
  /** The first product that fits the search. */
  named(search: string): Promise<Product>
  detail(id: string): Promise<ProductDetail>
  /** Writes a file for the browser to choose; answers its path. */
  file(name: string, content: string | Buffer): string
}

/** Two products in three good lines; a line without a handle, one with a price that is none. */
export const csv = [
  'Handle,Title,Body (HTML),Vendor,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price',
  'ring,Signet ring,<p>Solid <b>gold</b></p>,Acme,gold,Size,S,R-1,120.00,150.00',
  'ring,,,,,,M,R-2,120.00,150.00',
  ',Nameless,,Acme,,,,X,1.00,',
  'mug,Mug,,Acme,,,,M-1,abc,',
  'cup,Cup,,Acme,,,,C-1,10.00,8.00',
].join('\n')

/** The field that files are chosen with. */
export const picker = (page: Page) => page.locator('input[type=file]')

export async function openProductsStage(): Promise<ProductsStage> {
  const stack = new AsyncDisposableStack()
  const data = stack.use(tempDir())
  const files = stack.use(tempDir())
  const server = stack.use(await serve(data.path))
  const browser = await launchBrowser()
  stack.defer(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(error.error().message))
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  const signIn = await context.newPage()
  await signIn.goto(server.ready.url)
  await signIn.close()
  const call = async <T>(name: string, input: object = {}): Promise<T> => {
    const reply = await server.call(name, input)
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
    return reply.value as T
  }
  return {
    errors,
    call,
    open: async (path) => {
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${server.ready.port}${path}`)
      return page
    },
    closePages: async () => {
      await Promise.all(context.pages().map((page) => page.close({ runBeforeUnload: false })))
    },
    named: async (search) => {
      const { items } = await call<{ items: Product[] }>('products.list', { search })
      return must(items[0], `a product like ${search}`)
    },
    detail: (id) => call('products.get', { id }),
    file: (name, content) => {
      const path = join(files.path, name)
      writeFileSync(path, content)
      return path
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
