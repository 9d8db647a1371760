import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright'
import { must } from '#shared/must.ts'
import { openStage } from './show-stage.ts'
import type { ShowStage } from './show-stage.ts'

interface Item {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly notes: string
  readonly section: string | null
  readonly skip: boolean
  readonly overrides: object
}
interface Detail {
  readonly id: string
  readonly name: string
  readonly notes: string
  readonly code: string
  readonly items: readonly Item[]
}

/** A name that would act if it were taken for HTML. It is the first product's. */
export const evil = '<img src=x onerror=alert(1)><script>alert(2)</script> & "Ring"'
/** The 300 products of every stage: "Thing number N" for each but the first. */
export const skus: readonly string[] = Array.from(
  { length: 300 },
  (_, index) => `BLD-${String(index + 1).padStart(3, '0')}`,
)

/** A server with a catalogue of 300 products, a browser, and what tests of the builder ask of them. */
export interface BuilderStage extends AsyncDisposable {
  readonly stage: ShowStage
  detail(id: string): Promise<Detail>
  order(id: string): Promise<readonly string[]>
  names(id: string): Promise<readonly string[]>
  /** A session of so many products, made without a page. */
  newSession(name: string, count: number): Promise<string>
  openBuilder(id: string): Promise<Page>
}

export async function openBuilderStage(): Promise<BuilderStage> {
  const stage = await openStage()
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const products = skus.map((sku, index) => {
    const title = index === 0 ? evil : `Thing number ${String(index + 1)}`
    return [sku.toLowerCase(), `"${title.replaceAll('"', '""')}"`, 'Builder', sku, `${String(index + 1)}.00`].join(',')
  })
  const content = ['Handle,Title,Vendor,Variant SKU,Variant Price', ...products].join('\n')
  await stage.call('library.importCsv', { content })
  const detail = (id: string) => stage.call<Detail>('sessions.get', { id })
  return {
    stage,
    detail,
    order: async (id) => (await detail(id)).items.map((item) => item.id),
    names: async (id) => (await detail(id)).items.map(({ name }) => name),
    newSession: async (name, count) => {
      const { id } = await stage.call<Detail>('sessions.create', { name })
      if (count > 0) await stage.call('lineup.paste', { sessionId: id, text: skus.slice(1, 1 + count).join('\n') })
      return id
    },
    openBuilder: async (id) => {
      const page = await stage.open(`/sessions/${id}`)
      await page.locator('.line-up, .empty').first().waitFor()
      return page
    },
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  }
}

export const rows = (page: Page): Locator => page.locator('.line')
export const shownNames = (page: Page): Promise<string[]> =>
  page.locator('.line .line-name > :first-child').allTextContents()
export const addressId = (page: Page): string =>
  must(/\/sessions\/([0-9a-f-]{36})/.exec(page.url())?.[1], 'a session in the address')

/** What axe calls serious or worse. */
export async function seriousProblems(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

/** Goes on with Tab until the element has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let count = 0; count < 40; count++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab does not get there')
}

/** Pastes with the keys, as a person does. */
export async function pasteOnto(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text)
  await page.keyboard.press('Control+V')
}
