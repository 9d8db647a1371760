import { shade, shadow } from './scene.mjs'

/** A tote of canvas with a print: `sun`, `leaves` or `waves`. */
export function tote({ colour, second, print }) {
  const rays = Array.from(
    { length: 12 },
    (_, i) =>
      `<rect x="490" y="560" width="20" height="56" rx="10" fill="${second}" transform="rotate(${i * 30} 500 730)"/>`,
  ).join('')
  const prints = {
    sun: `<circle cx="500" cy="730" r="92" fill="${second}"/>${rays}`,
    leaves: [-40, 0, 40]
      .map(
        (turn) =>
          `<g transform="rotate(${turn} 500 880)"><path d="M500 560 C560 640 560 760 500 860 C440 760 440 640 500 560Z" fill="${second}"/><path d="M500 600 V880" stroke="${colour}" stroke-width="7"/></g>`,
      )
      .join(''),
    waves: [620, 690, 760, 830]
      .map(
        (y) =>
          `<path d="M340 ${y} q40 -50 80 0 t80 0 t80 0 t80 0" fill="none" stroke="${second}" stroke-width="22" stroke-linecap="round"/>`,
      )
      .join(''),
  }
  const handle = (dx, tone) =>
    `<path d="M${370 + dx} 470 C${360 + dx} 120 ${640 - dx} 120 ${630 - dx} 470" fill="none" stroke="${tone}" stroke-width="34"/>`
  return `${shadow(500, 1098, 360)}${handle(34, shade(colour, -22))}<path d="M250 440 H750 L800 1080 C800 1100 790 1104 770 1104 H230 C210 1104 200 1100 200 1080Z" fill="${colour}"/><path d="M640 440 H750 L800 1080 C800 1100 790 1104 770 1104 H690 C700 900 690 640 640 440Z" fill="#000" opacity=".07"/>${prints[print]}<path d="M250 440 H750 L754 492 H246Z" fill="${shade(colour, -10)}"/>${handle(0, shade(colour, -6))}<path d="M348 500 h44 M608 500 h44" stroke="${shade(colour, -30)}" stroke-width="6"/>`
}

/** A small leather bag with a flap. */
export function crossbody({ colour, second }) {
  return `${shadow(500, 1078, 380)}<path d="M250 640 C180 240 400 130 500 130 C600 130 820 240 750 640" fill="none" stroke="${shade(colour, -12)}" stroke-width="26"/><rect x="200" y="560" width="600" height="510" rx="80" fill="${shade(colour, -14)}"/><rect x="200" y="548" width="600" height="500" rx="80" fill="${colour}"/><path d="M200 640 C200 570 240 540 290 540 H710 C760 540 800 570 800 640 V700 C800 820 660 880 500 880 C340 880 200 820 200 700Z" fill="${shade(colour, 10)}"/><path d="M222 690 C230 796 360 856 500 856 C640 856 770 796 778 690" fill="none" stroke="#ffffff88" stroke-width="5" stroke-dasharray="16 12"/><rect x="446" y="810" width="108" height="120" rx="22" fill="${second}"/><rect x="480" y="846" width="40" height="48" rx="12" fill="${shade(second, -34)}"/><circle cx="250" cy="616" r="24" fill="${second}"/><circle cx="750" cy="616" r="24" fill="${second}"/>`
}

/** Stoneware with a dipped glaze. */
export function mug({ colour, second }) {
  const cup = 'M270 470 H680 V900 C680 990 630 1030 560 1030 H390 C320 1030 270 990 270 900Z'
  const speckles = Array.from(
    { length: 46 },
    (_, i) =>
      `<circle cx="${290 + ((i * 97) % 380)}" cy="${700 + ((i * 61) % 310)}" r="${2 + (i % 3)}" fill="${shade(colour, -34)}" opacity=".5"/>`,
  ).join('')
  const steam = [400, 475, 550]
    .map(
      (x, i) =>
        `<path d="M${x} ${390 - i * 10} c-40 -60 40 -90 0 -150 c-30 -50 20 -70 10 -100" fill="none" stroke="#fff" stroke-width="16" stroke-linecap="round" opacity=".5"/>`,
    )
    .join('')
  return `<defs><clipPath id="cup"><path d="${cup}"/></clipPath></defs>${shadow(490, 1036, 330)}<path d="M670 570 C820 540 850 880 660 860" fill="none" stroke="${second}" stroke-width="52" stroke-linecap="round"/><path d="${cup}" fill="${colour}"/><g clip-path="url(#cup)">${speckles}<path d="M270 470 H680 V680 C640 740 600 660 550 710 C500 760 460 670 400 720 C350 760 310 690 270 720Z" fill="${second}"/><path d="M590 470 H680 V1030 H560 C620 900 620 640 590 470Z" fill="#000" opacity=".08"/><rect x="306" y="500" width="22" height="420" rx="11" fill="#fff" opacity=".3"/></g><ellipse cx="475" cy="470" rx="205" ry="46" fill="${shade(second, 18)}"/><ellipse cx="475" cy="474" rx="176" ry="34" fill="#5b3a26"/>${steam}`
}

/** In a glass, lit. */
export function candle({ colour, second }) {
  return `<defs><radialGradient id="glow"><stop offset="0" stop-color="#ffe6a8" stop-opacity=".95"/><stop offset="1" stop-color="#ffe6a8" stop-opacity="0"/></radialGradient></defs>${shadow(500, 1066, 330)}<circle cx="500" cy="380" r="300" fill="url(#glow)"/><path d="M290 560 H710 V1000 C710 1040 690 1060 650 1060 H350 C310 1060 290 1040 290 1000Z" fill="${colour}"/><ellipse cx="500" cy="560" rx="210" ry="44" fill="${shade(colour, 24)}"/><ellipse cx="500" cy="566" rx="176" ry="32" fill="#fff4dc"/><path d="M500 566 V470" stroke="#4a3a30" stroke-width="12" stroke-linecap="round"/><path d="M500 290 C570 380 560 480 500 484 C440 480 430 380 500 290Z" fill="#f7a93b"/><path d="M500 360 C536 410 530 470 500 474 C470 470 464 410 500 360Z" fill="#fff0b8"/><rect x="370" y="690" width="260" height="250" rx="18" fill="${second}"/><path d="M420 760 H580 M440 804 H560 M460 880 H540" stroke="${shade(colour, -30)}" stroke-width="11" stroke-linecap="round"/><path d="M640 590 C660 700 660 900 640 1020" stroke="#fff" stroke-width="18" opacity=".35" stroke-linecap="round" fill="none"/>`
}
