import { shade, shadow } from './scene.mjs'

/** Stitches to lay over a piece: little Vs. */
function stitches(id, colour, size = 26) {
  const dark = shade(colour, -16)
  const half = size / 2
  return `<pattern id="${id}" width="${size}" height="${size * 0.8}" patternUnits="userSpaceOnUse"><path d="M0 0 L${half} ${half * 0.9} L${size} 0" stroke="${dark}" stroke-width="3.2" fill="none" opacity=".55"/></pattern>`
}

function rib(id, colour) {
  return `<pattern id="${id}" width="16" height="16" patternUnits="userSpaceOnUse"><rect width="16" height="16" fill="${shade(colour, -4)}"/><rect width="6" height="16" fill="${shade(colour, -18)}"/></pattern>`
}

/** Bands over the chest: `plain`, `stripes`, `fairisle`, `cable` or `block`. */
function decoration(pattern, colour, second) {
  const row = (y, height) => `<rect x="100" y="${y}" width="800" height="${height}" fill="${second}"/>`
  const diamonds = (y) =>
    Array.from(
      { length: 17 },
      (_, i) => `<path d="M${116 + i * 48} ${y} l20 26 l-20 26 l-20 -26Z" fill="${second}"/>`,
    ).join('')
  const dots = (y) =>
    Array.from({ length: 33 }, (_, i) => `<circle cx="${104 + i * 25}" cy="${y}" r="6" fill="${second}"/>`).join('')
  const plait = (x) =>
    Array.from(
      { length: 13 },
      (_, i) =>
        `<path d="M${x - 24} ${330 + i * 52} q24 -34 48 0 q-24 34 -48 0Z" fill="${shade(colour, 16)}" stroke="${shade(colour, -24)}" stroke-width="4"/>`,
    ).join('')
  return {
    plain: '',
    stripes: [400, 500, 600, 700, 800].map((y) => row(y, 40)).join(''),
    fairisle: `${dots(440)}${diamonds(462)}${dots(536)}<g>${row(560, 12)}</g>${dots(596)}${diamonds(616)}${dots(692)}`,
    cable: [380, 500, 620].map(plait).join(''),
    block: `<rect x="100" y="660" width="800" height="400" fill="${second}"/>`,
  }[pattern]
}

const SLEEVE_LEFT = 'M318 300 C240 330 205 400 185 520 L120 880 L226 906 L330 560Z'
const BODY =
  'M318 300 C380 272 420 262 430 260 C450 312 550 312 570 260 C580 262 620 272 682 300 C700 420 700 560 696 940 H304 C300 560 300 420 318 300Z'

/** On a hanger. `open` makes a cardigan of it. */
export function sweater({ colour, second = shade(colour, 30), pattern = 'plain', neck = 'crew', open = false }) {
  const hanger = `<path d="M500 236 V180 C500 150 540 150 540 120 C540 84 470 84 466 118" fill="none" stroke="#8a7a68" stroke-width="11" stroke-linecap="round"/><path d="M500 232 L330 312 H670Z" fill="none" stroke="#b08d62" stroke-width="20" stroke-linejoin="round"/>`
  const sleeve = `<path d="${SLEEVE_LEFT}" fill="${shade(colour, -6)}"/><path d="${SLEEVE_LEFT}" fill="url(#knit)"/><path d="M122 868 L108 948 L212 974 L230 892Z" fill="url(#rib)"/>`
  const collar =
    neck === 'roll'
      ? `<path d="M424 268 C420 196 440 180 500 180 C560 180 580 196 576 268 C556 322 444 322 424 268Z" fill="url(#rib)"/>`
      : `<path d="M416 262 C440 340 560 340 584 262 L560 252 C546 304 454 304 440 252Z" fill="url(#rib)"/>`
  const buttons = [420, 530, 640, 750, 860]
    .map(
      (y) =>
        `<circle cx="500" cy="${y}" r="15" fill="#f4ead9"/><circle cx="500" cy="${y}" r="9" fill="none" stroke="#b79c78" stroke-width="4"/>`,
    )
    .join('')
  const front = open
    ? `<path d="M440 262 L486 372 V940 H514 V372 L560 262 L590 270 L528 390 V990 H472 V390 L410 270Z" fill="url(#rib)"/>${buttons}`
    : collar
  return `<defs>${stitches('knit', colour)}${rib('rib', colour)}<clipPath id="body"><path d="${BODY}"/></clipPath></defs>${shadow(500, 1130, 300)}${hanger}
    ${sleeve}<g transform="matrix(-1 0 0 1 1000 0)">${sleeve}</g>
    <path d="${BODY}" fill="${colour}"/><g clip-path="url(#body)">${decoration(pattern, colour, second)}<rect x="100" y="240" width="800" height="760" fill="url(#knit)"/><path d="M640 240 H760 V1000 H660 C690 700 690 500 640 240Z" fill="#000" opacity=".07"/></g>
    <rect x="300" y="930" width="400" height="66" rx="10" fill="url(#rib)"/>${front}`
}

/** Laid round and hanging, with a fringe. */
export function scarf({ colour, second, pattern = 'stripes' }) {
  const tail = (x, width, length) => {
    const bars =
      pattern === 'stripes'
        ? [0, 1, 2, 3]
            .map(
              (i) =>
                `<rect x="${x}" y="${480 + length - 130 - i * 90}" width="${width}" height="38" fill="${second}"/>`,
            )
            .join('')
        : `<path d="M${x + width / 3} 430 V${480 + length} M${x + (2 * width) / 3} 430 V${480 + length}" stroke="${second}" stroke-width="26" opacity=".75"/>${[0, 1, 2, 3].map((i) => `<rect x="${x}" y="${500 + i * 130}" width="${width}" height="26" fill="${second}" opacity=".75"/>`).join('')}`
    const fringe = Array.from(
      { length: Math.floor(width / 15) },
      (_, i) =>
        `<path d="M${x + 8 + i * 15} ${476 + length} v${54 + (i % 3) * 6}" stroke="${shade(colour, -10)}" stroke-width="7" stroke-linecap="round"/>`,
    ).join('')
    return `${fringe}<rect x="${x}" y="430" width="${width}" height="${50 + length}" rx="12" fill="${colour}"/>${bars}<rect x="${x}" y="430" width="${width}" height="${50 + length}" rx="12" fill="url(#knit)"/>`
  }
  const wrap =
    'M270 360 C270 210 730 210 730 360 C730 520 640 560 500 560 C360 560 270 520 270 360Z M360 350 C380 410 620 410 640 350 C620 290 380 290 360 350Z'
  return `<defs>${stitches('knit', colour)}</defs>${shadow(500, 1130, 300)}${tail(540, 180, 430)}<rect x="540" y="430" width="180" height="480" fill="#000" opacity=".1"/>${tail(340, 190, 530)}
    <path d="${wrap}" fill-rule="evenodd" fill="${shade(colour, -5)}"/><path d="${wrap}" fill-rule="evenodd" fill="url(#knit)"/><path d="M300 440 C360 540 640 540 700 440" stroke="#0000001c" stroke-width="16" fill="none"/><path d="M290 380 C350 470 650 470 710 380" stroke="#ffffff2e" stroke-width="12" fill="none"/>`
}

/** With a turned-up brim and a bobble. */
export function beanie({ colour, second }) {
  const crown = 'M250 760 C240 420 380 330 500 330 C620 330 760 420 750 760Z'
  const tufts = Array.from({ length: 26 }, (_, i) => {
    const angle = (Math.PI * 2 * i) / 26
    return `<path d="M500 250 L${500 + 104 * Math.cos(angle)} ${250 + 104 * Math.sin(angle)}" stroke="${i % 2 ? second : shade(second, 14)}" stroke-width="24" stroke-linecap="round"/>`
  })
  return `<defs>${stitches('knit', colour, 32)}${rib('rib', colour)}<clipPath id="crown"><path d="${crown}"/></clipPath></defs>${shadow(500, 978, 330)}<path d="${crown}" fill="${colour}"/><g clip-path="url(#crown)"><rect x="200" y="560" width="600" height="34" fill="${second}"/><rect x="200" y="620" width="600" height="34" fill="${second}"/><rect x="200" y="300" width="600" height="480" fill="url(#knit)"/></g>${tufts.join('')}<circle cx="500" cy="250" r="70" fill="${second}"/><rect x="222" y="720" width="556" height="210" rx="44" fill="url(#rib)"/><rect x="222" y="720" width="556" height="40" rx="20" fill="#fff" opacity=".12"/>`
}

/** A pair, side by side. */
export function mittens({ colour, second }) {
  const hand = 'M270 560 C260 380 300 300 370 300 C440 300 470 380 464 560 L460 800 H286Z'
  const thumb = 'M452 640 C500 590 520 540 548 520 C590 500 610 540 596 580 C570 650 520 710 458 750Z'
  const flake = Array.from(
    { length: 6 },
    (_, i) =>
      `<g transform="rotate(${i * 60} 370 500)"><path d="M370 500 V430 M370 450 l-16 -16 M370 450 l16 -16" stroke="${second}" stroke-width="11" stroke-linecap="round" fill="none"/></g>`,
  ).join('')
  const one = `<path d="${thumb}" fill="${shade(colour, -8)}"/><path d="${hand}" fill="${colour}"/><path d="${hand}" fill="url(#knit)"/>${flake}<rect x="276" y="640" width="186" height="22" fill="${second}"/><rect x="262" y="790" width="220" height="170" rx="26" fill="url(#rib)"/>`
  return `<defs>${stitches('knit', colour)}${rib('rib', colour)}</defs>${shadow(500, 1090, 340)}<g transform="translate(-70 60) rotate(-6 370 700)">${one}</g><g transform="matrix(-1 0 0 1 1070 60) rotate(-6 370 700)">${one}</g>`
}

/** Folded over a basket's edge of sorts: a stack with a fringe. */
export function blanket({ colour, second }) {
  const fold = (y, tone) =>
    `<rect x="180" y="${y}" width="640" height="150" rx="70" fill="${tone}"/><rect x="180" y="${y}" width="640" height="150" rx="70" fill="url(#knit)"/>`
  const checks = [280, 400, 520, 640]
    .map((x) => `<rect x="${x}" y="420" width="46" height="590" fill="${second}" opacity=".8"/>`)
    .join('')
  const fringe = Array.from(
    { length: 22 },
    (_, i) =>
      `<path d="M${248 + i * 24} 1000 v${58 + (i % 3) * 7}" stroke="${shade(colour, -12)}" stroke-width="9" stroke-linecap="round"/>`,
  ).join('')
  return `<defs>${stitches('knit', colour, 34)}</defs>${shadow(500, 1090, 420)}${fold(880, shade(colour, -14))}${fold(750, shade(colour, -8))}${fold(620, colour)}${fringe}<path d="M230 440 C230 400 260 380 300 380 H700 C740 380 770 400 770 440 V1010 H230Z" fill="${shade(colour, 8)}"/><clipPath id="over"><path d="M230 440 C230 400 260 380 300 380 H700 C740 380 770 400 770 440 V1010 H230Z"/></clipPath><g clip-path="url(#over)">${checks}${[520, 680, 840].map((y) => `<rect x="230" y="${y}" width="540" height="46" fill="${second}" opacity=".55"/>`).join('')}<rect x="230" y="380" width="540" height="640" fill="url(#knit)"/></g>`
}
