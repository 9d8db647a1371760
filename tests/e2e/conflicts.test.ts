import type { Locator, Page } from 'playwright'
import { afterAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { seriousProblems, tabTo } from './builder-stage.ts'
import { openConflictStage } from './conflict-stage.ts'
import type { ConflictStage, Seat } from './conflict-stage.ts'
import { picture } from './picture.ts'

interface Item {
  readonly id: string
  readonly name: string
  readonly notes: string
  readonly priceCents: number
}
interface Session {
  readonly id: string
  readonly notes: string
  readonly items: readonly Item[]
}

const gold = 'Gold hoop'
const names = [gold, 'Pearl stud', 'Silver chain', 'Opal ring'] as const

const decideAbout = (page: Page, title: string): Locator => page.getByRole('button', { name: `Decide about ${title}` })
const confirm = (page: Page): Locator => page.getByRole('dialog').getByRole('button', { name: 'Decide', exact: true })
const field = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true })

/** A page that hears of changes only while it is `on`; what it asks for itself it gets. */
async function openHardOfHearing({ context, server }: Seat, hearing: { readonly on: boolean }): Promise<Page> {
  const page = await context.newPage()
  await page.routeWebSocket(/\/socket\/websocket/, (socket) => {
    const behind = socket.connectToServer()
    behind.onMessage((message) => {
      if (hearing.on || !String(message).includes('"changed"')) socket.send(message)
    })
  })
  await page.goto(`http://127.0.0.1:${server.ready.port}/conflicts`)
  return page
}

// Both are cut off, both edit, and they meet again: each test goes on where the one before ended.
describe('conflicts on two desktops', () => {
  const on: { stage?: ConflictStage; session?: Session; product?: string; pages?: { anna: Page; ben: Page } } = {}
  const stage = (): ConflictStage => must(on.stage, 'the stage is set')
  const pages = () => must(on.pages, 'the pages are open')
  const session = (): Session => must(on.session, 'the session is made')
  const see = async ({ call }: Seat): Promise<Session> => await call<Session>('sessions.get', { id: session().id })
  const item = async (seat: Seat, name: string): Promise<Item | undefined> =>
    (await see(seat)).items.find(({ id }) => id === session().items[names.indexOf(name as typeof gold)]?.id)

  afterAll(() => on.stage?.[Symbol.asyncDispose]())

  async function bothEdit(): Promise<void> {
    const { anna, ben, apart, settle } = stage()
    const ids: string[] = []
    for (const name of names) {
      ids.push((await anna.call<{ id: string }>('products.create', { name, brand: 'Hudson', priceCents: 1990 })).id)
    }
    on.product = must(ids[3], 'a product')
    const notes = 'Start with the gold. Shipping is free.'
    on.session = await anna.call<Session>('sessions.create', { name: 'Friday', notes, productIds: ids })
    const [hoop, stud, chain] = on.session.items.map(({ id }) => id)
    await anna.call('lineup.update', { itemId: hoop, patch: { notes: 'Say that it is 14 carat.' } })
    await settle()
    await apart(async () => {
      const edit = (seat: Seat, itemId: string | undefined, patch: object) =>
        seat.call('lineup.update', { itemId, patch })
      await edit(anna, hoop, { notes: 'Say that it is 18 carat.', overrides: { priceCents: 1890 } })
      await edit(ben, hoop, { notes: 'Show that it is 14 carat.', overrides: { priceCents: 1790 } })
      await anna.call('sessions.update', {
        id: session().id,
        patch: { notes: 'Start with the pearls. Shipping is free.' },
      })
      await ben.call('sessions.update', {
        id: session().id,
        patch: { notes: 'Start with the silver. Shipping is free.' },
      })
      await edit(anna, stud, { notes: 'From the south sea.' })
      await ben.call('lineup.remove', { itemId: stud })
      await anna.call('lineup.remove', { itemId: chain })
      await edit(ben, chain, { notes: '45 cm long.' })
      await anna.call('products.update', { id: on.product, patch: { priceCents: 1000 } })
      await ben.call('products.update', { id: on.product, patch: { priceCents: 2000 } })
    })
  }

  test('both see what both changed, and how often', async () => {
    on.stage = await openConflictStage()
    const { anna, ben } = stage()
    const empty = await ben.open('/conflicts')
    await empty.getByRole('heading', { name: 'Nothing to decide' }).waitFor()
    await bothEdit()
    await empty.close()
    on.pages = { anna: await anna.open('/conflicts'), ben: await ben.open('/conflicts') }
    for (const [page, other] of [
      [pages().anna, 'Ben'],
      [pages().ben, 'Anna'],
    ] as const) {
      await page.getByRole('link', { name: 'Conflicts 4 open' }).waitFor()
      const friday = page.getByRole('region', { name: 'Friday' })
      await friday.getByText(`You and ${other} changed the notes and price of "${gold}".`).waitFor()
      expect(await friday.getByRole('listitem').count()).toBe(4)
      expect(await seriousProblems(page)).toEqual([])
    }
    await pages().ben.getByText('Anna removed "Silver chain" while you changed it.').waitFor()
    await pages().ben.getByText('You removed "Pearl stud" while Anna changed it.').waitFor()
    await picture(pages().ben, 'conflicts-inbox')
    // The producer is told and not stopped; the host is not even told.
    const producer = await ben.open(`/sessions/${session().id}/producer`)
    await producer.getByRole('link', { name: '4 conflicts' }).waitFor()
    expect(await producer.getByRole('dialog').count()).toBe(0)
    const host = await ben.open(`/host/${session().id}`)
    await host.locator('.host').waitFor()
    expect(await host.getByText(/conflict/i).count()).toBe(0)
    await Promise.all([producer.close(), host.close()])
  })

  test('field by field, by keyboard, with a text of its own; the other desktop sees it close', async () => {
    const { anna, ben } = pages()
    const row = decideAbout(ben, gold)
    await row.focus()
    await ben.keyboard.press('Enter')
    // What was changed is marked for those who do not see it too.
    const yours = field(ben, 'Notes').locator('.conflict-card', { hasText: 'Yours' })
    await yours.waitFor()
    expect(await yours.locator('del').textContent()).toBe(' removed: Say')
    expect(await yours.locator('ins').textContent()).toBe(' added: Show')
    await field(ben, 'Price').getByText('17.90').waitFor()
    await field(ben, 'Price').getByText('as in the catalogue').waitFor()
    expect(await confirm(ben).isDisabled()).toBe(true)
    await tabTo(ben, field(ben, 'Notes').getByRole('radio', { name: 'Yours' }))
    await ben.keyboard.press('ArrowUp')
    const own = ben.getByLabel('Notes, written anew')
    // Both changed something else of it: that goes together.
    await ben.getByText('Both changes are in it.').waitFor()
    expect(await own.inputValue()).toBe('Show that it is 18 carat.')
    await own.fill('Show it: 18 carat.')
    await ben.getByText('Choose for 1 more field.').waitFor()
    expect(await seriousProblems(ben)).toEqual([])
    await picture(ben, 'conflicts-dialog')

    // Escape decides nothing and forgets nothing, and the focus is where it was.
    await ben.keyboard.press('Escape')
    await ben.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(() => row.evaluate((element) => element === document.activeElement)).toBe(true)
    expect((await item(stage().ben, gold))?.notes).toBe('Say that it is 18 carat.')
    await ben.keyboard.press('Enter')
    expect(await own.inputValue()).toBe('Show it: 18 carat.')

    await decideAbout(anna, gold).click()
    await field(anna, 'Notes').waitFor()
    await field(ben, 'Price').getByRole('radio', { name: 'Yours' }).check()
    await confirm(ben).click()
    await ben.getByText('Decided. The team has it.').waitFor()
    await ben.getByRole('link', { name: 'Conflicts 3 open' }).waitFor()
    await stage().settle()
    await anna.getByText(`Ben decided this: ${gold}.`).waitFor()
    await anna.getByRole('dialog').waitFor({ state: 'hidden' })
    await decideAbout(anna, gold).waitFor({ state: 'detached' })
    for (const seat of [stage().anna, stage().ben]) {
      expect(await item(seat, gold)).toMatchObject({ notes: 'Show it: 18 carat.', priceCents: 1790 })
    }
    // The next one has the focus now.
    await expect
      .poll(() => ben.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^Decide about /)
  })

  test('a decision about what is not so any more: what changed since, old and new', async () => {
    const hearing = { on: true }
    const ben = await openHardOfHearing(stage().ben, hearing)
    await decideAbout(ben, 'Friday').click()
    const late = pages().anna
    await decideAbout(late, 'Friday').click()
    await field(late, 'Notes').getByRole('radio', { name: 'Write it anew' }).click()
    await late.getByLabel('Notes, written anew').fill('Written for nothing.')
    const dialog = ben.getByRole('dialog')
    const news = dialog.getByRole('heading', { name: 'Changed since you looked' })
    const change = async (notes: string): Promise<void> => {
      await stage().anna.call('sessions.update', { id: session().id, patch: { notes } })
      await stage().settle()
    }
    await field(ben, 'Notes').getByRole('radio', { name: 'Anna' }).check()
    await change('Start with the opals.')
    await news.waitFor()
    expect(await confirm(ben).isDisabled()).toBe(true)
    // What it does not hear of in time, it is told when it decides.
    hearing.on = false
    await field(ben, 'Notes').getByRole('radio', { name: 'Anna' }).check()
    await change('Start with the jade.')
    await confirm(ben).click()
    await dialog
      .getByText('Notes, of Anna: “Start with the pearls. Shipping is free.” became “Start with the jade.”')
      .waitFor()
    expect(await confirm(ben).isDisabled()).toBe(true)
    expect(await seriousProblems(ben)).toEqual([])
    await picture(ben, 'conflicts-changed')
    hearing.on = true
    await ben.getByRole('button', { name: 'All mine' }).click()
    await confirm(ben).click()
    await ben.getByText('Decided. The team has it.').waitFor()
    expect((await see(stage().ben)).notes).toBe('Start with the silver. Shipping is free.')

    // Undone, it is what everybody had.
    await ben.getByRole('button', { name: 'Undo' }).last().click()
    await ben.getByText('Undone: it is as it was before.').waitFor()
    expect((await see(stage().ben)).notes).toBe('Start with the jade.')

    // Whoever was writing is told, and can still copy it.
    await stage().settle()
    const settled = late.getByRole('dialog', { name: 'Already decided' })
    await settled.getByText('Ben decided this: Friday.').waitFor()
    expect(await settled.getByLabel('Notes').inputValue()).toBe('Written for nothing.')
    await settled.getByRole('button', { name: 'Close' }).last().click()
    await settled.waitFor({ state: 'hidden' })
    await ben.close()
  })

  test('removed by one and changed by the other: a sentence and two answers of its own', async () => {
    const { anna, ben } = pages()
    const { id } = must(
      (await stage().ben.call<{ items: { id: string; title: string }[] }>('conflicts.list', { open: true })).items.find(
        ({ title }) => title === 'Silver chain',
      ),
      'the conflict',
    )
    await ben.goto(`${new URL(ben.url()).origin}/conflicts?open=${id}`)
    const dialog = ben.getByRole('dialog', { name: 'Silver chain' })
    await dialog.getByText('Anna removed "Silver chain" while you changed it.').waitFor()
    await dialog.getByText('Notes: “nothing” became “45 cm long.”').waitFor()
    await dialog.getByRole('radio', { name: 'Let the removal by Anna stand' }).waitFor()
    await dialog.getByRole('radio', { name: 'Keep it, with your changes' }).check()
    expect(await seriousProblems(ben)).toEqual([])
    await picture(ben, 'conflicts-removed')
    await confirm(ben).click()
    await dialog.waitFor({ state: 'hidden' })
    await stage().settle()
    for (const seat of [stage().anna, stage().ben])
      expect((await item(seat, 'Silver chain'))?.notes).toBe('45 cm long.')

    await decideAbout(anna, 'Pearl stud').click()
    await anna.getByRole('radio', { name: 'Let the removal by Ben stand' }).check()
    await confirm(anna).click()
    await anna.getByRole('heading', { name: 'Nothing to decide' }).waitFor()
    await stage().settle()
    await ben.getByRole('heading', { name: 'Nothing to decide' }).waitFor()
    for (const seat of [stage().anna, stage().ben]) expect(await item(seat, 'Pearl stud')).toBeUndefined()
  })

  test('one show that two desktops drove apart: which one goes on', async () => {
    const { anna, ben, apart, settle } = stage()
    const at = async ({ call }: Seat) =>
      (await call<{ number: number }>('live.state', { sessionId: session().id })).number
    await anna.call('live.start', { sessionId: session().id, mode: 'rehearsal' })
    await settle()
    await apart(async () => {
      await anna.call('live.goto', { sessionId: session().id, number: 2 })
      await ben.call('live.goto', { sessionId: session().id, number: 3 })
    })
    const page = pages().ben
    await decideAbout(page, 'Friday').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Go on from 3 · Opal ring').waitFor()
    await dialog.getByText('Go on from 2 · Silver chain').waitFor()
    expect(await seriousProblems(page)).toEqual([])
    await picture(page, 'conflicts-show')
    await dialog.getByRole('radio', { name: 'Yours' }).check()
    await confirm(page).click()
    await page.getByRole('heading', { name: 'Nothing to decide' }).waitFor()
    await settle()
    expect([await at(anna), await at(ben)]).toEqual([3, 3])
  })

  test('what was decided without asking can be found and taken back', async () => {
    const { ben } = pages()
    const price = async () => (await stage().ben.call<Item>('products.get', { id: on.product })).priceCents
    await ben.getByRole('radio', { name: 'Decided without asking' }).click()
    const list = ben.getByRole('list', { name: 'Decided without asking' })
    await list.getByText('Opal ring').waitFor()
    await ben.getByRole('searchbox', { name: 'Search by name or sentence' }).fill('nobody')
    await ben.getByRole('heading', { name: 'Nothing fits this search' }).waitFor()
    await ben.getByRole('searchbox').fill('price opal')
    const entry = list.getByRole('listitem').filter({ hasText: `price of "Opal ring"` })
    await entry.getByText('Values: Price').click()
    await entry.getByText('10.00').waitFor()
    await entry.getByText('20.00').waitFor()
    expect(await seriousProblems(ben)).toEqual([])
    await picture(ben, 'conflicts-log')
    const kept = await price()
    await entry.getByRole('button', { name: 'Restore the other value' }).click()
    await ben.getByText('Restored: Opal ring.').waitFor()
    expect(await price()).toBe(3000 - kept)
    await stage().ben.call('products.update', { id: on.product, patch: { priceCents: 1500 } })
    await entry.getByRole('button', { name: 'Restore the other value' }).click()
    await ben.getByRole('alertdialog').getByText('Price is “15.00” now.').waitFor()
    await ben.getByRole('button', { name: 'Replace it all the same' }).click()
    await expect.poll(price).toBe(3000 - kept)
    await ben.getByRole('radio', { name: 'Decided by people' }).click()
    await ben.getByText('You decided to keep "Silver chain"').waitFor()
    for (const { errors } of [stage().anna, stage().ben]) expect(errors).toEqual([])
  })
})
