/** `node scripts/icons.mjs`: makes the icons in `build/` from their drawings, with a browser. Run after a drawing was changed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { IconIcns, IconIco } from '@shockpkg/icon-encoder'
import { chromium } from 'playwright'
import { root } from './build-if-needed.mjs'
import { findOrInstallBrowser } from './browser.mjs'

const build = join(root, 'build')
const app = readFileSync(join(build, 'icon.svg'), 'utf8')
/** The H of the tray by itself: its colour, and the dot that says how the show stands. */
const mark = (ink, dot) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="${ink}" d="M10 10h11v17h18V10h11v44H39V37H21v17H10z"/>${dot}</svg>`
const ring = (color) => `<circle cx="50" cy="14" r="9" fill="none" stroke="${color}" stroke-width="6"/>`
const disc = (color) => `<circle cx="50" cy="14" r="12" fill="${color}"/>`
// Told by shape as well as by colour: no dot, a ring, a disc. macOS colours a template by itself: there only the shape is left.
const states = {
  idle: () => '',
  rehearsal: ring,
  live: disc,
}
const colors = { idle: '#f5b63d', rehearsal: '#f0b45a', live: '#ff5a4f' }

const executablePath = await findOrInstallBrowser()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage()

/** A PNG of that many pixels. */
async function draw(svg, size) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`)
  return await page.screenshot({ omitBackground: true })
}

const sizes = new Map()
for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) sizes.set(size, await draw(app, size))

const ico = new IconIco()
for (const size of [16, 24, 32, 48, 64, 128, 256]) await ico.addFromPng(sizes.get(size), null, false)
writeFileSync(join(build, 'icon.ico'), ico.encode())

const icns = new IconIcns()
icns.toc = true
const types = {
  16: ['ic04'],
  32: ['ic05', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}
for (const [size, names] of Object.entries(types)) await icns.addFromPng(sizes.get(Number(size)), names, false)
writeFileSync(join(build, 'icon.icns'), icns.encode())

mkdirSync(join(build, 'icons'), { recursive: true })
for (const size of [16, 32, 48, 64, 128, 256, 512])
  writeFileSync(join(build, 'icons', `${size}x${size}.png`), sizes.get(size))

mkdirSync(join(build, 'tray'), { recursive: true })
for (const [name, dot] of Object.entries(states)) {
  for (const [suffix, pixels] of Object.entries({ '': 1, '@2x': 2 })) {
    const plain = mark('#f5b63d', dot(colors[name]))
    const template = mark('#000', dot('#000'))
    writeFileSync(join(build, 'tray', `${name}${suffix}.png`), await draw(plain, 22 * pixels))
    writeFileSync(join(build, 'tray', `${name}Template${suffix}.png`), await draw(template, 18 * pixels))
  }
}
await browser.close()
console.log('The icons are in build/')
