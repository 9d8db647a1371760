import { shade, shadow } from './scene.mjs'

const metals = {
  gold: ['#f6dd9a', '#d9a441', '#a06f1e'],
  silver: ['#f7f8fa', '#b9c0c9', '#7d8691'],
  rose: ['#fbdccb', '#d99a7c', '#a5654b'],
}

/** A gradient that makes metal of a stroke or a fill. */
function metal(name) {
  const [light, mid, dark] = metals[name]
  return `<linearGradient id="metal" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${light}"/><stop offset=".45" stop-color="${mid}"/><stop offset=".7" stop-color="${light}"/><stop offset="1" stop-color="${dark}"/></linearGradient>`
}

function gem([x, y], r, colour) {
  const points = Array.from({ length: 8 }, (_, i) => {
    const angle = (Math.PI / 4) * i + Math.PI / 8
    return [x + r * Math.cos(angle), y + r * Math.sin(angle)]
  })
  const facets = points.map(([px, py], i) => {
    const [qx, qy] = points[(i + 1) % 8]
    return `<path d="M${x} ${y} L${px} ${py} L${qx} ${qy} Z" fill="${shade(colour, [30, 12, -8, -20, -26, -14, 4, 22][i])}"/>`
  })
  const table = points.map(([px, py]) => `${x + (px - x) * 0.5},${y + (py - y) * 0.5}`).join(' ')
  return `${facets.join('')}<polygon points="${table}" fill="${shade(colour, 38)}" opacity=".85"/>`
}

function pearl(x, y, r) {
  return `<circle cx="${x}" cy="${y}" r="${r}" fill="#efe6dc"/><circle cx="${x + r * 0.12}" cy="${y + r * 0.14}" r="${r * 0.8}" fill="#faf6f0"/><circle cx="${x - r * 0.3}" cy="${y - r * 0.34}" r="${r * 0.24}" fill="#fff"/>`
}

function leaf(x, y, size) {
  return `<g transform="translate(${x} ${y}) scale(${size})"><path d="M0 -10 C70 30 62 130 0 190 C-62 130 -70 30 0 -10Z" fill="url(#metal)"/><path d="M0 10 V170 M0 60 L30 34 M0 60 L-30 34 M0 105 L34 76 M0 105 L-34 76" stroke="#00000040" stroke-width="5" fill="none"/></g>`
}

function moon(x, y, r) {
  return `<path d="M${x + r * 0.35} ${y - r * 0.94} A${r} ${r} 0 1 0 ${x + r * 0.35} ${y + r * 0.94} A${r * 0.78} ${r * 0.78} 0 1 1 ${x + r * 0.35} ${y - r * 0.94}Z" fill="url(#metal)"/>`
}

const charms = {
  gem: (x, y, stone) => `<circle cx="${x}" cy="${y}" r="64" fill="url(#metal)"/>${gem([x, y], 52, stone)}`,
  leaf: (x, y) => leaf(x, y - 50, 0.95),
  moon: (x, y) => moon(x, y, 68),
  disc: (x, y, stone) =>
    `<circle cx="${x}" cy="${y}" r="70" fill="url(#metal)"/><circle cx="${x}" cy="${y}" r="54" fill="none" stroke="#0000002e" stroke-width="4"/>${gem([x, y], 18, stone)}`,
}

/** On a bust. `charm`: gem, leaf, moon, disc or pearls. */
export function necklace({ metal: name, charm, stone = '#3d7f78', bust = '#efe4d8' }) {
  const chain = 'M352 318 C372 640 450 800 500 812 C550 800 628 640 648 318'
  const pearls = Array.from({ length: 21 }, (_, i) => {
    const t = i / 20
    const angle = Math.PI * (1 - t)
    return pearl(500 + 165 * Math.cos(angle), 430 + 330 * Math.sin(angle) ** 0.9, 22 + 9 * Math.sin(Math.PI * t))
  })
  const body = `<path d="M392 150 C392 120 608 120 608 150 C604 290 622 340 740 400 C850 460 870 640 850 820 C830 960 760 1040 700 1090 H300 C240 1040 170 960 150 820 C130 640 150 460 260 400 C378 340 396 290 392 150Z" fill="${bust}"/><path d="M500 128 C575 128 608 135 608 150 C604 290 622 340 740 400 C850 460 870 640 850 820 C830 960 760 1040 700 1090 H560 C660 860 640 480 500 128Z" fill="#000" opacity=".05"/><ellipse cx="500" cy="148" rx="108" ry="24" fill="${shade(bust, -8)}"/>`
  const links = `<path d="${chain}" fill="none" stroke="#00000022" stroke-width="12" transform="translate(6 8)"/><path d="${chain}" fill="none" stroke="url(#metal)" stroke-width="13" stroke-dasharray="15 6" stroke-linecap="round"/>`
  const worn =
    charm === 'pearls'
      ? pearls.join('')
      : `${links}<circle cx="500" cy="822" r="15" fill="none" stroke="url(#metal)" stroke-width="8"/>${charms[charm](500, 896, stone)}`
  return `<defs>${metal(name)}</defs>${shadow(500, 1100, 330)}${body}${worn}`
}

/** Lying open on a stone. `top`: gem, signet, twist or stack. */
export function ring({ metal: name, top, stone = '#b4485a', plinth = '#e5d8cb' }) {
  const block = `${shadow(500, 1122, 380)}<path d="M190 930 H810 V1100 A40 40 0 0 1 770 1128 H230 A40 40 0 0 1 190 1100Z" fill="${shade(plinth, -9)}"/><ellipse cx="500" cy="930" rx="310" ry="62" fill="${plinth}"/>${shadow(500, 934, 190)}`
  const band = ([x, y], r, width) =>
    `<circle cx="${x}" cy="${y}" r="${r}" fill="none" stroke="url(#metal)" stroke-width="${width}"/><circle cx="${x}" cy="${y}" r="${r - width / 2 + 5}" fill="none" stroke="#0000002a" stroke-width="8"/><path d="M${x - r * 0.82} ${y - r * 0.5} A${r} ${r} 0 0 1 ${x - r * 0.3} ${y - r * 0.93}" stroke="#fff" stroke-width="${width / 5}" stroke-linecap="round" fill="none" opacity=".75"/>`
  const tops = {
    gem: `${band([500, 690], 220, 48)}<path d="M420 440 L460 500 H540 L580 440 Z" fill="url(#metal)"/>${gem([500, 402], 104, stone)}`,
    signet: `${band([500, 690], 220, 54)}<rect x="392" y="396" width="216" height="130" rx="62" fill="url(#metal)"/><rect x="416" y="418" width="168" height="86" rx="42" fill="none" stroke="#0000002e" stroke-width="5"/><path d="M500 436 V488 M474 462 H526" stroke="#00000050" stroke-width="7" stroke-linecap="round"/>`,
    twist: `${band([500, 690], 220, 40)}<circle cx="500" cy="690" r="220" fill="none" stroke="#0000002e" stroke-width="40" stroke-dasharray="7 37"/>${gem([418, 486], 24, stone)}${gem([500, 464], 30, stone)}${gem([582, 486], 24, stone)}`,
    stack: `${band([400, 700], 205, 24)}${band([500, 690], 215, 34)}${band([606, 704], 200, 22)}${gem([500, 466], 34, stone)}`,
  }
  return `<defs>${metal(name)}</defs>${block}${tops[top]}`
}

/** A pair on its card. `drop`: hoop, gem, leaf, pearl or moon. Links lean by a pixel: a gradient needs a box with a width. */
export function earrings({ metal: name, drop, stone = '#4b6ea8', card = '#fbf7f1' }) {
  const one = {
    hoop: (x) =>
      `<circle cx="${x}" cy="700" r="118" fill="none" stroke="url(#metal)" stroke-width="30"/><path d="M${x - 96} 640 A118 118 0 0 1 ${x - 30} 588" stroke="#fff" stroke-width="7" stroke-linecap="round" fill="none" opacity=".8"/>`,
    gem: (x) =>
      `<path d="M${x} 560 L${x + 1} 660" stroke="url(#metal)" stroke-width="9"/><path d="M${x} 640 L${x + 66} 760 A66 66 0 1 1 ${x - 66} 760Z" fill="url(#metal)"/>${gem([x, 774], 48, stone)}`,
    leaf: (x) => leaf(x, 590, 1.15),
    pearl: (x) =>
      `<path d="M${x} 560 L${x + 1} 680" stroke="url(#metal)" stroke-width="8" stroke-dasharray="12 5"/>${pearl(x, 744, 64)}`,
    moon: (x) => `<path d="M${x} 560 L${x + 1} 650" stroke="url(#metal)" stroke-width="8"/>${moon(x, 730, 78)}`,
  }[drop]
  const pair = [360, 640].map(
    (x) =>
      `<g transform="translate(8 12)" opacity=".14"><circle cx="${x}" cy="560" r="22"/></g>${one(x)}<circle cx="${x}" cy="556" r="24" fill="url(#metal)"/><circle cx="${x - 7}" cy="549" r="7" fill="#fff" opacity=".8"/>`,
  )
  return `<defs>${metal(name)}</defs>${shadow(500, 1060, 330)}<rect x="190" y="300" width="620" height="750" rx="34" fill="${shade(card, -10)}" transform="translate(10 12)"/><rect x="190" y="300" width="620" height="750" rx="34" fill="${card}"/><circle cx="500" cy="372" r="24" fill="${shade(card, -16)}"/><path d="M430 958 H570 M460 988 H540" stroke="${shade(card, -22)}" stroke-width="8" stroke-linecap="round"/>${pair.join('')}`
}

/** Around a cushion. `links`: chain, beads or cuff. */
export function bracelet({ metal: name, links, stone = '#7a9a6a', cushion = '#e9dccf' }) {
  const pillow = `${shadow(500, 1080, 400)}<path d="M170 560 C170 480 260 470 330 480 H670 C740 470 830 480 830 560 V940 C830 1040 740 1040 670 1030 H330 C260 1040 170 1040 170 940Z" fill="${cushion}"/><path d="M660 480 C740 470 830 480 830 560 V940 C830 1040 740 1040 660 1030 C720 860 720 650 660 480Z" fill="#000" opacity=".06"/>`
  const beads = Array.from({ length: 13 }, (_, i) => {
    const x = 196 + i * 50.7
    const y = 730 + 56 * Math.sin((Math.PI * i) / 12)
    const r = 30
    return i % 4 === 2
      ? gem([x, y], r, stone)
      : `<circle cx="${x}" cy="${y}" r="${r}" fill="${shade(stone, i % 2 ? 14 : -6)}"/><circle cx="${x - 9}" cy="${y - 10}" r="7" fill="#fff" opacity=".7"/>`
  })
  const curve = 'M170 726 C300 812 700 812 830 726'
  const worn = {
    chain: `<path d="${curve}" fill="none" stroke="#0000001f" stroke-width="44" transform="translate(0 12)"/><path d="${curve}" fill="none" stroke="url(#metal)" stroke-width="42" stroke-dasharray="40 12"/><path d="${curve}" fill="none" stroke="${cushion}" stroke-width="16" stroke-dasharray="22 30" stroke-dashoffset="-9"/>`,
    beads: beads.join(''),
    cuff: `<path d="M170 676 C300 770 700 770 830 676 V800 C700 894 300 894 170 800Z" fill="url(#metal)"/><path d="M170 706 C300 800 700 800 830 706 M170 770 C300 864 700 864 830 770" fill="none" stroke="#00000026" stroke-width="6"/>${gem([500, 812], 34, stone)}`,
  }
  return `<defs>${metal(name)}</defs>${pillow}${worn[links]}`
}
