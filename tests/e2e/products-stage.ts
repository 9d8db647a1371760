import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { Product, ProductDetail } from '#shared/library.ts'
import { must } from '#shared/must.ts'
import { tempDir } from '../system/hudson.ts'
import { signIn } from './signed-in.ts'
import type { SignedIn } from './signed-in.ts'

/** An empty Hudson, and what tests of the catalogue need beside it. */
export interface ProductsStage extends SignedIn {
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
  const files = stack.use(tempDir())
  const signedIn = stack.use(await signIn())
  const { call, context } = signedIn
  return {
    ...signedIn,
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
