import { tote, crossbody, mug, candle } from './home.mjs'
import { bracelet, earrings, necklace, ring } from './jewellery.mjs'
import { beanie, blanket, mittens, scarf, sweater } from './knits.mjs'

/** Wall, arch and table of a picture. */
const rooms = {
  sand: { wall: '#efe3d3', arch: '#e6d3bd', table: '#d9c0a3' },
  sage: { wall: '#dfe7dc', arch: '#cbd8c8', table: '#b3c4b0' },
  mist: { wall: '#dfe8ee', arch: '#cbd9e3', table: '#b2c5d3' },
  blush: { wall: '#f5e1da', arch: '#eccfc4', table: '#dcb5a6' },
  plum: { wall: '#e9dfe8', arch: '#d9c9d8', table: '#c0abc0' },
  dusk: { wall: '#3c4654', arch: '#4b5768', table: '#2e3641' },
  moss: { wall: '#46524a', arch: '#55645a', table: '#374139' },
  butter: { wall: '#f7ecc9', arch: '#efdea8', table: '#e0c884' },
}

const front = { view: 'front' }
const hung = { view: 'front', table: false }
const near = (at, zoom, turn = 0) => ({ view: 'near', x: at[0], y: at[1], zoom, turn })
/** One product's pictures: what it is, and for each picture the room and the view. */
const one = (slug, content, ...pictures) =>
  pictures.map(([room, view], index) => ({ name: `${slug}-${index + 1}`, content, room: rooms[room], view }))

const knitNear = near([500, 520], 1.75, -6)
const wornNear = near([500, 820], 1.9)

/** Every sample picture. Names are what the sample data asks for: SLUG-NUMBER. */
export const pictures = [
  ...one('fern-pendant', necklace({ metal: 'gold', charm: 'leaf' }), ['sage', front], ['sand', wornNear]),
  ...one(
    'tidal-pearls',
    necklace({ metal: 'silver', charm: 'pearls', bust: '#cfd9e0' }),
    ['mist', front],
    ['dusk', near([500, 640], 1.7)],
  ),
  ...one(
    'harvest-moon-necklace',
    necklace({ metal: 'gold', charm: 'moon', bust: '#d8ccd9' }),
    ['plum', front],
    ['dusk', wornNear],
  ),
  ...one(
    'garnet-locket',
    necklace({ metal: 'rose', charm: 'gem', stone: '#a3263c' }),
    ['blush', front],
    ['sand', wornNear],
    ['dusk', near([500, 700], 1.35, 4)],
  ),
  ...one('signet-ring', ring({ metal: 'gold', top: 'signet' }), ['sand', front], ['moss', near([500, 560], 1.6)]),
  ...one(
    'dahlia-ring',
    ring({ metal: 'rose', top: 'gem', stone: '#c2436d' }),
    ['blush', front],
    ['plum', near([500, 500], 1.7, 8)],
  ),
  ...one('lagoon-trio-ring', ring({ metal: 'silver', top: 'twist', stone: '#2f8f9d', plinth: '#d3dde0' }), [
    'mist',
    front,
  ]),
  ...one(
    'stacking-rings',
    ring({ metal: 'gold', top: 'stack', stone: '#e9efe9' }),
    ['butter', front],
    ['sand', near([500, 640], 1.4, -6)],
  ),
  ...one('everyday-hoops', earrings({ metal: 'gold', drop: 'hoop' }), ['sage', front], ['sand', near([500, 680], 1.6)]),
  ...one(
    'rain-drop-earrings',
    earrings({ metal: 'silver', drop: 'gem', stone: '#3f6fb5' }),
    ['mist', front],
    ['dusk', near([500, 700], 1.55)],
  ),
  ...one('willow-leaf-earrings', earrings({ metal: 'rose', drop: 'leaf', card: '#eef2ea' }), ['sage', front]),
  ...one(
    'olive-bead-bracelet',
    bracelet({ metal: 'gold', links: 'beads', stone: '#8a9a4e' }),
    ['butter', front],
    ['moss', near([500, 760], 1.5)],
  ),
  ...one('wide-cuff', bracelet({ metal: 'silver', links: 'cuff', stone: '#d9822b', cushion: '#cbd3da' }), [
    'mist',
    front,
  ]),
  ...one(
    'harbour-fairisle',
    sweater({ colour: '#2f4a63', second: '#f0e6d2', pattern: 'fairisle' }),
    ['mist', hung],
    ['sand', knitNear],
    ['dusk', hung],
  ),
  ...one(
    'oat-cable-sweater',
    sweater({ colour: '#e2d2b4', pattern: 'cable', neck: 'roll' }),
    ['sage', hung],
    ['moss', knitNear],
  ),
  ...one(
    'breton-knit',
    sweater({ colour: '#f2ede2', second: '#31506e', pattern: 'stripes' }),
    ['blush', hung],
    ['mist', knitNear],
  ),
  ...one('rust-block-jumper', sweater({ colour: '#b9552f', second: '#e8a76f', pattern: 'block' }), ['butter', hung]),
  ...one(
    'heather-cardigan',
    sweater({ colour: '#8c6f9c', open: true }),
    ['plum', hung],
    ['sand', near([500, 640], 1.7, 5)],
  ),
  ...one(
    'long-loch-scarf',
    scarf({ colour: '#2f6b5e', second: '#f1c75b', pattern: 'stripes' }),
    ['sage', hung],
    ['butter', near([480, 760], 1.7, 6)],
  ),
  ...one('tartan-scarf', scarf({ colour: '#a83a3a', second: '#24405c', pattern: 'tartan' }), ['sand', hung]),
  ...one(
    'bobble-beanie',
    beanie({ colour: '#c4483f', second: '#f4ead6' }),
    ['mist', front],
    ['dusk', near([500, 420], 1.45)],
  ),
  ...one('snowfall-mittens', mittens({ colour: '#3d5f8f', second: '#f4f1ea' }), ['blush', front]),
  ...one(
    'field-tote',
    tote({ colour: '#ecdfc6', second: '#c9672f', print: 'sun' }),
    ['sage', front],
    ['blush', near([500, 740], 1.6, -5)],
  ),
  ...one(
    'saddle-crossbody',
    crossbody({ colour: '#a4633a', second: '#e3bb5e' }),
    ['butter', front],
    ['sand', near([500, 800], 1.5)],
  ),
  ...one('dipped-mug', mug({ colour: '#e6ddcf', second: '#4e7a78' }), ['sand', front], ['sage', near([480, 740], 1.5)]),
  ...one('hearth-candle', candle({ colour: '#c98f6b', second: '#fbf3e4' }), ['moss', front], ['dusk', front]),
  ...one(
    'croft-blanket',
    blanket({ colour: '#d7c4a3', second: '#5f7d6a' }),
    ['plum', front],
    ['sage', near([500, 680], 1.6, 4)],
  ),
]
