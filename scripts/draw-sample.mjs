// Draws the pictures of the sample data: `node scripts/draw-sample.mjs [--sheet FILE.png]`. Only needed after a change of
// scripts/sample-art; the results are kept in src/main/sample/pictures.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { pictures } from './sample-art/pictures.mjs'
import { closeUp, HEIGHT, scene, WIDTH } from './sample-art/scene.mjs'

const MAX_BYTES = 40 * 1024
const out = join(import.meta.dirname, '../src/main/sample/pictures')
const sheetAt = process.argv.indexOf('--sheet')

function svgOf({ content, room, view }) {
  if (view.view === 'near') return scene(room, closeUp(content, view), { table: false, arch: false })
  return scene(room, content, { table: view.table !== false })
}

/** Runs in the page: the drawing as WebP, as good as fits into the size. */
async function toWebp({ svg, width, height, maxBytes }) {
  const image = new Image()
  image.src = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  await image.decode()
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d').drawImage(image, 0, 0, width, height)
  for (let quality = 0.86; quality > 0.2; quality -= 0.06) {
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/webp', quality))
    if (blob.size > maxBytes) continue
    const bytes = new Uint8Array(await blob.arrayBuffer())
    return { quality, base64: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) }
  }
  throw new Error('The drawing does not fit at any quality')
}

const browser = await chromium.launch({
  ...(process.env.HUDSON_CHROMIUM && { executablePath: process.env.HUDSON_CHROMIUM }),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ],
})
try {
  await mkdir(out, { recursive: true })
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } })
  const cells = []
  for (const picture of pictures) {
    const { base64, quality } = await page.evaluate(toWebp, {
      svg: svgOf(picture),
      width: WIDTH,
      height: HEIGHT,
      maxBytes: MAX_BYTES,
    })
    const bytes = Buffer.from(base64, 'base64')
    await writeFile(join(out, `${picture.name}.webp`), bytes)
    cells.push(`<figure><img src="data:image/webp;base64,${base64}"><figcaption>${picture.name}</figcaption></figure>`)
    process.stdout.write(`${picture.name}: ${(bytes.length / 1024).toFixed(1)} KB at ${quality.toFixed(2)}\n`)
  }
  if (sheetAt > 0) {
    await page.setContent(
      `<style>body{margin:8px;display:grid;grid-template-columns:repeat(10,1fr);gap:8px;font:11px sans-serif}figure{margin:0}img{width:100%;display:block}</style>${cells.join('')}`,
    )
    await page.screenshot({ path: process.argv[sheetAt + 1], fullPage: true })
  }
} finally {
  await browser.close()
}
