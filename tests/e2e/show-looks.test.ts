import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { must } from '#shared/must.ts'
import { readingPx } from '#shared/reading-size.ts'
import { openStage } from './show-stage.ts'
import type { ShowStage } from './show-stage.ts'

let stage: ShowStage
beforeAll(async () => {
  stage = await openStage()
  await live('start', { mode: 'live' })
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

interface State {
  readonly number: number
  readonly lineup: readonly { itemId: string }[]
}
const live = (name: string, input: object = {}) =>
  stage.call<State>(`live.${name}`, { sessionId: stage.sessionId, ...input })

describe('host text', () => {
  const screens = [
    { width: 1920, height: 1080 },
    { width: 1280, height: 800 },
    { width: 1080, height: 1920 },
  ]
  test('of six points with eighty characters reads from the distance and is never cut off, in every layout', async () => {
    const { itemId } = must((await live('goto', { number: 2 })).lineup[1], 'the sample line-up has two items')
    const point = 'A point of **eighty characters**, as long as the house style allows one to be, so'
    await stage.call('lineup.update', {
      itemId,
      patch: { overrides: { talkingPointsMd: Array.from({ length: 6 }, () => `- ${point}`).join('\n') } },
    })
    await live('updateHost')
    const host = await stage.host()
    for (const layout of ['split', 'picture', 'points'] as const) {
      await stage.call('settings.update', { patch: { host: { layout } } })
      for (const screen of screens) {
        await host.setViewportSize(screen)
        const place = { distanceM: 1.5, diagonalIn: 24, screenWidth: screen.width, screenHeight: screen.height }
        const comfortable = readingPx(place, 20) - 0.2
        const where = `${layout} ${screen.width}×${screen.height}`
        await expect.poll(() => host.locator('.host').evaluate((view) => view.clientWidth)).toBe(screen.width)
        const boxes = await host.evaluate(measureBoxes)
        expect(boxes.length, where).toBeGreaterThan(4)
        expect(
          boxes.filter(({ cut }) => cut),
          where,
        ).toEqual([])
        for (const { size, name } of boxes.filter(({ reads }) => reads)) {
          expect(size, `${where} ${name}`).toBeGreaterThanOrEqual(comfortable)
        }
        const pages = host.locator('.host-pages')
        if ((await pages.count()) > 0) {
          const shown = await host.locator('.host-points').textContent()
          await host.keyboard.press('p')
          await expect.poll(() => pages.textContent()).toMatch(/^2\/\d$/)
          expect(await host.locator('.host-points li').count(), where).toBeGreaterThan(0)
          expect(shown, where).toContain('eighty')
          await live('page', { step: -1 })
        }
      }
    }
    await stage.call('settings.update', { patch: { host: { layout: 'split' } } })
    await host.close()
  })

  /** Runs in the page. */
  function measureBoxes() {
    return [...document.querySelectorAll<HTMLElement>('.host p, .host h1, .host ul, .host li, .host-line')].map(
      (box) => ({
        name: box.className,
        cut:
          box.scrollHeight > box.clientHeight + 1 ||
          (box.scrollWidth > box.clientWidth + 1 && !box.matches('.host-next')),
        reads: box.matches('.host-number, .host-price, .host-name, .host-points'),
        size: Number.parseFloat(getComputedStyle(box).fontSize),
      }),
    )
  }
})

describe('for everybody', () => {
  test('axe finds nothing serious on the producer’s and the host’s screen, dark and light', async () => {
    await live('goto', { number: 3 })
    await live('message', { text: 'Smile', color: 'green' })
    for (const theme of ['dark', 'light'] as const) {
      await stage.call('settings.update', { patch: { theme, host: { theme } } })
      for (const page of [
        await stage.producer(),
        await stage.host(),
        await stage.open(`/overlay/${stage.sessionId}`),
      ]) {
        await page.waitForTimeout(300)
        const { violations } = await new AxeBuilder({ page }).analyze()
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(
          serious.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html.slice(0, 120)) })),
          page.url(),
        ).toEqual([])
        await page.close()
      }
    }
  })

  test('the help is drawn from the table of keys, and the palette finds products', async () => {
    const producer = await stage.producer()
    await producer.keyboard.press('?')
    await producer.getByRole('dialog').getByText('Turn the page of the points').waitFor()
    await producer.keyboard.press('Escape')
    await producer.getByRole('dialog').waitFor({ state: 'detached' })
    await producer.keyboard.press('Control+k')
    await producer.locator('.palette-input:focus').waitFor()
    await producer.keyboard.type('olive')
    const found = producer.getByRole('option').filter({ hasText: 'Olive Grove Bracelet' })
    await found.waitFor()
    expect(await found.count()).toBe(1)
    await producer.keyboard.press('Escape')
    await producer.close()
  })

  test('the overlay is transparent around its lower third', async () => {
    const overlay = await stage.open(`/overlay/${stage.sessionId}`)
    await overlay.locator('.overlay-number').waitFor()
    const png = await overlay.screenshot({ omitBackground: true, clip: { x: 10, y: 10, width: 1, height: 1 } })
    const alpha = await overlay.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes]))
      const context = new OffscreenCanvas(1, 1).getContext('2d')
      context?.drawImage(image, 0, 0)
      return context?.getImageData(0, 0, 1, 1).data[3]
    }, png.toString('base64'))
    expect(alpha).toBe(0)
    await overlay.close()
  })

  test('a phone gets one column without sideways scrolling, its controls large', async () => {
    const phone = await stage.open(`/sessions/${stage.sessionId}/producer`, { width: 390, height: 844 })
    await phone.locator('.number-pad').waitFor()
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    const next = await phone.locator('.control[data-primary]').boundingBox()
    expect(next?.height).toBeGreaterThanOrEqual(56)
    await phone.locator('.number-pad button', { hasText: '6' }).click()
    await expect.poll(async () => (await live('state')).number).toBe(6)
    await phone.close()
  })

  test('no page wrote an error to its console', () => {
    expect(stage.errors).toEqual([])
  })
})
