import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { inTempDir, percentile, seeded, timeRows } from './support.ts'
import type { BenchRow } from './support.ts'

const ITEMS = 100
const JUMPS = 500

interface Studio {
  readonly url: string
  readonly origin: string
  call<T>(name: string, input: object): Promise<T>
  upload(bytes: Uint8Array): Promise<string>
}

/**
 * A jump by number on 100 items with pictures, in a browser: from the key that ends the number to the painted host view, in
 * the host's own window and in the producer's. Every layout shift counts, also those that a key excuses. The raw limit is a
 * bare page that writes the number when its key goes down.
 */
export async function run(): Promise<BenchRow[]> {
  const executablePath = process.env['CHROME_PATH']
  if (!executablePath) {
    console.log('jump: skipped, no Chromium found (CHROME_PATH names one)')
    return []
  }
  return inTempDir((dir) =>
    withStudio(dir, async (studio) => {
      const browser = await chromium.launch({
        executablePath,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--no-first-run',
        ],
      })
      try {
        return await measure(browser, studio)
      } finally {
        await browser.close()
      }
    }),
  )
}

async function measure(browser: Browser, studio: Studio): Promise<BenchRow[]> {
  const sessionId = await fill(studio)
  const bare = await openWindow(browser)
  await bare.goto('about:blank')
  await bare.evaluate(bareHost)
  const raw = await jumpAbout(bare, bare)
  await bare.close()

  const host = await openWindow(browser)
  await host.goto(studio.url)
  await host.goto(`${studio.origin}/host/${sessionId}`)
  await host.locator('.host-number').waitFor()
  // The pictures of the line-up come in while the show stands still.
  await host.waitForTimeout(3_000)
  const own = await jumpAbout(host, host)
  const ownShift = await host.evaluate(() => window.shifted())

  const producer = await openWindow(browser)
  await producer.goto(studio.url)
  await producer.goto(`${studio.origin}/sessions/${sessionId}/producer`)
  await producer.locator('.lineup-tile').first().waitFor()
  await producer.waitForTimeout(1_000)
  const second = await jumpAbout(producer, host)
  const shift = (await host.evaluate(() => window.shifted())) - ownShift
  return [
    ...timeRows('key to painted host view', own, { limit: 50, raw: percentile(raw, 0.95) }),
    { name: 'layout shift of it', value: ownShift, unit: '', limit: 0 },
    ...timeRows('key in the producer to painted host view', second, { limit: 100, raw: percentile(raw, 0.95) }),
    { name: 'layout shift of it, second window', value: shift, unit: '', limit: 0 },
  ]
}

/** A window of its own: a tab behind another one is painted once a second. */
async function openWindow(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  await context.addInitScript(watch)
  return context.newPage()
}

declare global {
  interface Window {
    /** When the last key went down, by the clock that all windows share. */
    lastKey: number
    shifted(): number
    /** When that number is painted, by the same clock. */
    painted(number: string): Promise<number>
  }
}

/** Runs in every page before its own scripts. */
function watch(): void {
  let sum = 0
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })
  window.shifted = () => sum
  window.lastKey = 0
  window.addEventListener('keydown', (event) => (window.lastKey = performance.timeOrigin + event.timeStamp), {
    capture: true,
  })
  window.painted = (number) =>
    new Promise((done, fail) => {
      setTimeout(() => fail(new Error(`Number ${number} was not painted within 10 s`)), 10_000)
      const shows = () => document.querySelector('.host-number')?.textContent === number
      // The task after the frame's callbacks runs when its paint is on the way.
      const afterPaint = () =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => done(performance.timeOrigin + performance.now()))
          port1.start()
          port2.postMessage(null)
        })
      const observer = new MutationObserver(() => {
        if (!shows()) return
        observer.disconnect()
        afterPaint()
      })
      if (shows()) afterPaint()
      else observer.observe(document, { subtree: true, childList: true, characterData: true })
    })
}

/** The least that a page can do: write the number when Enter goes down. */
function bareHost(): void {
  const number = document.createElement('p')
  number.className = 'host-number'
  document.body.append(number)
  let typed = ''
  window.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') number.textContent = typed
    typed = key === 'Enter' ? '' : typed + key
  })
}

/** Ms from the key that ends the number to its paint. */
async function jumpAbout(keys: Page, host: Page): Promise<number[]> {
  const random = seeded(7)
  const samples: number[] = []
  for (let count = 0, number = 1; count < JUMPS; count += 1) {
    number = ((number + Math.floor(random() * (ITEMS - 1))) % ITEMS) + 1
    const painted = host.evaluate((wanted) => window.painted(wanted), String(number))
    for (const digit of String(number)) await keys.keyboard.press(digit)
    await keys.keyboard.press('Enter')
    const at = await painted
    samples.push(at - (await keys.evaluate(() => window.lastKey)))
  }
  return samples
}

/** A session of 100 items with a picture and six talking points each, on air. Answers its id. */
async function fill(studio: Studio): Promise<string> {
  const folder = resolve('src/main/sample/pictures')
  const pictures = readdirSync(folder).filter((name) => name.endsWith('.webp'))
  const productIds: string[] = []
  for (let index = 0; index < ITEMS; index += 1) {
    const talkingPointsMd = Array.from(
      { length: 6 },
      (_, at) => `- **Point ${at + 1}** of product ${index + 1}, as long as most are`,
    ).join('\n')
    const { id } = await studio.call<{ id: string }>('products.create', {
      brand: 'Bench',
      name: `Product ${index + 1} ${'with a longer name '.repeat(index % 4)}`.trim(),
      priceCents: 1000 + index,
      compareAtPriceCents: index % 2 === 0 ? 2000 + index : null,
      talkingPointsMd,
    })
    productIds.push(id)
    const uploadId = await studio.upload(readFileSync(join(folder, pictures[index % pictures.length] ?? '')))
    await studio.call('images.add', { productId: id, uploadId })
  }
  const { id } = await studio.call<{ id: string }>('sessions.create', { name: 'Bench', productIds })
  // The pause between digits would be measured on a busy machine; with Enter only, there is none.
  await studio.call('settings.update', { patch: { numberEntry: { ms: 0 } } })
  await studio.call('live.start', { sessionId: id, mode: 'live' })
  await studio.call('live.goto', { sessionId: id, number: 1 })
  return id
}

async function withStudio<T>(dataDir: string, work: (studio: Studio) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, [resolve('bin/hudson.cjs'), 'serve', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const { url, port, token } = JSON.parse(line) as { url: string; port: number; token: string }
    const origin = `http://127.0.0.1:${port}`
    const headers = { authorization: `Bearer ${token}` }
    return await work({
      url,
      origin,
      call: async (name, input) => {
        const response = await fetch(`${origin}/call/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
        const reply = (await response.json()) as { ok: boolean; value: never; error?: { message: string } }
        if (!reply.ok) throw new Error(`${name}: ${reply.error?.message}`)
        return reply.value
      },
      upload: async (body) => {
        const response = await fetch(`${origin}/upload`, { method: 'POST', headers, body: new Uint8Array(body) })
        return ((await response.json()) as { uploadId: string }).uploadId
      },
    })
  } finally {
    child.kill('SIGTERM')
    await exited
  }
}
